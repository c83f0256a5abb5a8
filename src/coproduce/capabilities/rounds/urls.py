from django.urls import path

from .views import answering, paper, preparing, quick, reading, running, second, verifying

app_name = "rounds"

_ROUNDS = "projects/<uuid:project_id>/rounds/"
_ROUND = f"{_ROUNDS}<uuid:round_id>/"
_SOMEONE = f"{_ROUND}on-behalf/<uuid:invitation_id>/"

urlpatterns = [
    path(_ROUNDS, running.rounds, name="rounds"),
    path(f"{_ROUNDS}new/", running.new_round, name="new_round"),
    path(_ROUND, running.one_round, name="round"),
    path(f"{_ROUND}edit/", running.edit_round, name="edit_round"),
    path(f"{_ROUND}people/", running.invite, name="invite"),
    path(f"{_ROUND}open/", running.open_round, name="open_round"),
    path(f"{_ROUND}more-time/", running.more_time, name="more_time"),
    path(f"{_ROUND}seal/", running.seal_round, name="seal_round"),
    path(f"{_ROUND}languages/", preparing.languages, name="languages"),
    path(f"{_ROUND}languages/<str:tag>/", preparing.language, name="language"),
    path(f"{_ROUND}paper/", paper.paper, name="paper"),
    path(f"{_ROUND}paper/each/", paper.paper_for_each, name="paper_for_each"),
    path(f"{_ROUND}quick/", quick.quick_entry, name="quick_entry"),
    path(f"{_ROUND}answer/", answering.answer, name="answer"),
    path(f"{_ROUND}answer/thank-you/", answering.receipt, name="receipt"),
    path(f"{_ROUND}on-behalf/", answering.on_behalf, name="on_behalf"),
    path(_SOMEONE, answering.enter_answer, name="enter_answer"),
    path(f"{_SOMEONE}thank-you/", answering.entered, name="entered"),
    path(f"{_SOMEONE}supporter/", preparing.supporter, name="supporter"),
    path(f"{_SOMEONE}second/", second.enter_second, name="enter_second"),
    path(f"{_ROUND}second/", second.second_answer, name="second_answer"),
    path(f"{_ROUND}summary/", reading.summary, name="summary"),
    path(f"{_ROUND}answers/", reading.answers, name="answers"),
    path(f"{_ROUND}answers/to-print/", reading.reading_pack, name="reading_pack"),
    path(f"{_ROUND}receipts/", reading.receipts, name="receipts"),
    path(f"{_ROUND}evidence/", verifying.evidence, name="evidence"),
    path(f"{_ROUND}sealing-sheet/", verifying.sealing_sheet, name="sealing_sheet"),
    path("verify/", verifying.verify, name="verify"),
]
