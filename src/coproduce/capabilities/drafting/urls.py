from django.urls import path

from .views import (
    attributing,
    behind,
    bundling,
    comparing,
    deciding,
    fairness,
    figures,
    following,
    lineage,
    linking,
    lists,
    printed,
    reading,
    suggesting,
    versions,
    word,
)

app_name = "drafting"

_PROJECT = "projects/<uuid:project_id>/documents/"
_DOCUMENT = _PROJECT + "<uuid:document_id>/"
_BLOCK = _DOCUMENT + "blocks/<int:block>/"
_SUGGESTION = "projects/<uuid:project_id>/suggestions/<uuid:suggestion_id>/"
_BUNDLE = "projects/<uuid:project_id>/bundles/<uuid:bundle_id>/"

urlpatterns = [
    path(_PROJECT, reading.documents, name="documents"),
    path(_PROJECT + "new/", reading.new_document, name="new_document"),
    path(_DOCUMENT, reading.document, name="document"),
    path(_BLOCK, following.passage, name="passage"),
    path(_BLOCK + "say/<slug:saying>/", suggesting.say, name="say"),
    path(_BLOCK + "support/", following.support_passage, name="support_passage"),
    path(_DOCUMENT + "words/", attributing.words, name="words"),
    path(_BLOCK + "change/", suggesting.suggest_change, name="suggest_change"),
    path(_BLOCK + "after/", suggesting.suggest_after, name="suggest_after"),
    path(_DOCUMENT + "suggest/", suggesting.suggest_words, name="suggest_words"),
    path(_DOCUMENT + "suggest/on-behalf/", suggesting.suggest_on_behalf, name="suggest_on_behalf"),
    path(_DOCUMENT + "summary/", printed.summary, name="summary"),
    path(_DOCUMENT + "summary/write/", printed.write_summary, name="write_summary"),
    path(_DOCUMENT + "printed/", printed.printed, name="printed"),
    path("projects/<uuid:project_id>/suggestions/from-paper/", printed.from_paper, name="from_paper"),
    path("projects/<uuid:project_id>/suggestions/mine/", lists.mine, name="mine"),
    path(
        "projects/<uuid:project_id>/suggestions/drafts/<uuid:draft_id>/drop/",
        lists.drop_draft,
        name="drop_draft",
    ),
    path(_DOCUMENT + "suggestions/", lists.suggestions, name="suggestions"),
    path(_DOCUMENT + "queue/", lists.queue, name="queue"),
    path(_DOCUMENT + "alike/", bundling.alike, name="alike"),
    path(_DOCUMENT + "alternatives/", bundling.alternatives, name="alternatives"),
    path(_DOCUMENT + "passed-on/", following.passed_on, name="passed_on"),
    path(_BUNDLE, bundling.bundle, name="bundle"),
    path(_BUNDLE + "decide/", bundling.decide_bundle, name="decide_bundle"),
    path(_DOCUMENT + "suggestions/figures/", figures.figures, name="figures"),
    path(_DOCUMENT + "suggestions/behind/", behind.behind, name="behind"),
    path(_DOCUMENT + "suggestions/fairness/", fairness.fairness, name="fairness"),
    path(_SUGGESTION, deciding.suggestion, name="suggestion"),
    path(_SUGGESTION + "decide/", deciding.decide, name="decide"),
    path(_SUGGESTION + "withdraw/", suggesting.withdraw, name="withdraw"),
    path(_SUGGESTION + "receipt/", suggesting.receipt, name="receipt"),
    path(_SUGGESTION + "support/", following.support, name="support"),
    path(_SUGGESTION + "tell/", following.tell, name="tell"),
    path(_SUGGESTION + "word/", following.react, name="react"),
    path(_SUGGESTION + "reply/", following.reply, name="reply"),
    path(_SUGGESTION + "redact/", following.redact, name="redact"),
    path(_SUGGESTION + "barriers/", linking.link_barriers, name="link_barriers"),
    path(_DOCUMENT + "versions/", versions.versions, name="versions"),
    path(_DOCUMENT + "versions/new/", versions.publish, name="publish"),
    path("projects/<uuid:project_id>/versions/<uuid:version_id>/", versions.version, name="version"),
    path(_DOCUMENT + "word/", word.current_file, name="word"),
    path(_DOCUMENT + "word/in/", word.bring_in, name="word_in"),
    path(_DOCUMENT + "word/in/<uuid:upload_id>/", word.upload, name="word_upload"),
    path(_DOCUMENT + "pictures/<str:name>", word.picture, name="picture"),
    path(
        "projects/<uuid:project_id>/versions/<uuid:version_id>/word/", word.version_file, name="version_word"
    ),
    path(_DOCUMENT + "versions/lineage/", lineage.lineage, name="lineage"),
    path(_DOCUMENT + "compare/", comparing.compare, name="compare"),
    path(_DOCUMENT + "log/", versions.log, name="log"),
]
