from django.urls import path

from .views import (
    attributing,
    behind,
    comparing,
    deciding,
    fairness,
    figures,
    lineage,
    linking,
    reading,
    suggesting,
    versions,
)

app_name = "drafting"

_PROJECT = "projects/<uuid:project_id>/documents/"
_DOCUMENT = _PROJECT + "<uuid:document_id>/"
_BLOCK = _DOCUMENT + "blocks/<int:block>/"
_SUGGESTION = "projects/<uuid:project_id>/suggestions/<uuid:suggestion_id>/"

urlpatterns = [
    path(_PROJECT, reading.documents, name="documents"),
    path(_PROJECT + "new/", reading.new_document, name="new_document"),
    path(_DOCUMENT, reading.document, name="document"),
    path(_DOCUMENT + "words/", attributing.words, name="words"),
    path(_BLOCK + "change/", suggesting.suggest_change, name="suggest_change"),
    path(_BLOCK + "after/", suggesting.suggest_after, name="suggest_after"),
    path(_DOCUMENT + "suggest/", suggesting.suggest_words, name="suggest_words"),
    path(_DOCUMENT + "suggest/on-behalf/", suggesting.suggest_on_behalf, name="suggest_on_behalf"),
    path(_DOCUMENT + "suggestions/", suggesting.suggestions, name="suggestions"),
    path(_DOCUMENT + "suggestions/figures/", figures.figures, name="figures"),
    path(_DOCUMENT + "suggestions/behind/", behind.behind, name="behind"),
    path(_DOCUMENT + "suggestions/fairness/", fairness.fairness, name="fairness"),
    path(_SUGGESTION, deciding.suggestion, name="suggestion"),
    path(_SUGGESTION + "decide/", deciding.decide, name="decide"),
    path(_SUGGESTION + "withdraw/", suggesting.withdraw, name="withdraw"),
    path(_SUGGESTION + "barriers/", linking.link_barriers, name="link_barriers"),
    path(_DOCUMENT + "versions/", versions.versions, name="versions"),
    path(_DOCUMENT + "versions/new/", versions.publish, name="publish"),
    path("projects/<uuid:project_id>/versions/<uuid:version_id>/", versions.version, name="version"),
    path(_DOCUMENT + "versions/lineage/", lineage.lineage, name="lineage"),
    path(_DOCUMENT + "compare/", comparing.compare, name="compare"),
    path(_DOCUMENT + "log/", versions.log, name="log"),
]
