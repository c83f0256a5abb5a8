from django.urls import path

from .views import public, publishing, statements

app_name = "feedback"

_PAGE = "projects/<uuid:project_id>/you-said-we-did/"
_STATEMENTS = f"{_PAGE}statements/"
_DOCUMENT = f"{_PAGE}<uuid:document_id>/"

urlpatterns = [
    path(_PAGE, public.page, name="page"),
    path(f"{_PAGE}data.csv", public.open_data, {"kind": "csv"}, name="csv"),
    path(f"{_PAGE}data.json", public.open_data, {"kind": "json"}, name="json"),
    path(_STATEMENTS, statements.statements, name="statements"),
    path(f"{_STATEMENTS}<uuid:statement_id>/", statements.edit_statement, name="edit_statement"),
    path(f"{_STATEMENTS}<uuid:statement_id>/remove/", statements.remove_statement, name="remove_statement"),
    path(f"{_DOCUMENT}new/", statements.new_statement, name="new_statement"),
    path(f"{_DOCUMENT}settings/", publishing.settings, name="settings"),
    path(f"{_DOCUMENT}preview/", publishing.preview, name="preview"),
    path(f"{_DOCUMENT}publish/", publishing.publish, name="publish"),
]
