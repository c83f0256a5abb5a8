from django.urls import path

from .views import letters, outputs, public, publishing, statements, updates

app_name = "feedback"

_PAGE = "projects/<uuid:project_id>/you-said-we-did/"
_STATEMENTS = f"{_PAGE}statements/"
_STATEMENT = f"{_STATEMENTS}<uuid:statement_id>/"
_DOCUMENT = f"{_PAGE}<uuid:document_id>/"
_LETTERS = f"{_DOCUMENT}letters/"
_LETTER = f"{_PAGE}letters/<uuid:letter_id>/"

urlpatterns = [
    path(_PAGE, public.page, name="page"),
    path(f"{_PAGE}data.csv", public.open_data, {"kind": "csv"}, name="csv"),
    path(f"{_PAGE}data.json", public.open_data, {"kind": "json"}, name="json"),
    path(f"{_PAGE}easy-read/", outputs.easy_read, name="easy_read"),
    path(f"{_PAGE}poster/", outputs.poster, name="poster"),
    path(f"{_PAGE}embed/", outputs.embed, name="embed"),
    path(f"{_PAGE}my-points/", letters.my_letter, name="my_letter"),
    path(_STATEMENTS, statements.statements, name="statements"),
    path(_STATEMENT, statements.edit_statement, name="edit_statement"),
    path(f"{_STATEMENT}remove/", statements.remove_statement, name="remove_statement"),
    path(f"{_STATEMENT}update/", updates.add_update, name="add_update"),
    path(f"{_DOCUMENT}new/", statements.new_statement, name="new_statement"),
    path(f"{_DOCUMENT}settings/", publishing.settings, name="settings"),
    path(f"{_DOCUMENT}preview/", publishing.preview, name="preview"),
    path(f"{_DOCUMENT}publish/", publishing.publish, name="publish"),
    path(_LETTERS, letters.letters, name="letters"),
    path(f"{_LETTERS}send/", letters.send_letters, name="send_letters"),
    path(f"{_LETTERS}print/", letters.print_letters, name="print_letters"),
    path(f"{_LETTERS}handed-over/", letters.hand_over, name="hand_over"),
    path(_LETTER, letters.letter, name="letter"),
    path(f"{_LETTER}again/", letters.letter_again, name="letter_again"),
]
