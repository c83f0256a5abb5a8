from django.urls import path

from .views import letters, reading, running

app_name = "review"

_ALL = "projects/<uuid:project_id>/reviews/"
_ONE = f"{_ALL}<uuid:review_id>/"
_LETTER = f"{_ALL}letters/<uuid:letter_id>/"

urlpatterns = [
    path(_ALL, reading.reviews, name="reviews"),
    path(f"{_ALL}open/<uuid:sign_off_id>/", running.open_review, name="open"),
    path(_ONE, reading.review, name="review"),
    path(f"{_ONE}write/", running.write, name="write"),
    path(f"{_ONE}say/", running.say, name="say"),
    path(f"{_ONE}close/", running.close, name="close"),
    path(f"{_ONE}report/", reading.public, name="public"),
    path(f"{_ONE}letters/", letters.letters, name="letters"),
    path(f"{_ONE}letters/send/", letters.send_letters, name="send_letters"),
    path(f"{_ONE}letters/print/", letters.print_letters, name="print_letters"),
    path(f"{_ONE}letters/handed-over/", letters.hand_over, name="hand_over"),
    path(_LETTER, letters.letter, name="letter"),
    path(f"{_LETTER}again/", letters.letter_again, name="letter_again"),
]
