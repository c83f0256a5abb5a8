"""The printed copy with its numbers, what came back on paper, and the short summary."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.projects import queries as projects
from coproduce.core import clock
from coproduce.core.access import Purpose
from coproduce.core.findings import Refused

from .. import operations, queries
from ..forms import PaperCodeForm, PaperForm, PointsForm, SummaryForm
from ..models import Document, Suggestion
from ..operations import Said
from ..rules import printed as codes
from ..rules.blocks import body
from ..rules.printed import Printed
from ..rules.replay import State
from ..terms import DOCUMENT, SUGGESTION, Channel, Saying, SuggestionKind
from .common import page_of
from .rendering import rendered
from .saying import initial_of, keep
from .suggesting import choices_of, entered


@require_GET
def printed(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """The text of the last version, or as it stands now, with a number beside each passage."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ)
    version = queries.last_version(document.pk)
    of_now = version is None or request.GET.get("of") == "now"
    seq = document.seq if version is None or of_now else version.at_seq
    state = queries.text_at(document, seq)
    numbers = {
        id: codes.number_of(project_id, document.code, seq, place)
        for place, id in enumerate(codes.numbered(state), 1)
    }
    text = rendered([(id, block.text) for id, block in state.alive()], lambda id: _number(numbers[id]))
    page = page_of(
        visit, document, "text", version=None if of_now else version, text=text,
        code=codes.code_of(project_id, document.code, seq), today=clock.today(),
    )  # fmt: skip
    return render(request, "drafting/printed.html", page)


def _number(number: str) -> SafeString:
    words = _("Passage %(number)s") % {"number": number}
    return format_html('<span class="drafting-number">{}</span>', words)


@require_http_methods(["GET", "POST"])
def from_paper(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Enter what came back on paper: the code finds the text, the number the passage, and the page reads it back."""
    visit = projects.visit(request.user, project_id, SUGGESTION, Purpose.RUN)
    asked = PaperCodeForm(request.GET if "code" in request.GET else None)
    found = _passage(project_id, asked) if asked.is_bound and asked.is_valid() else None
    page: dict[str, Any] = {"visit": visit, "section": "drafting", "asked": asked, "form": None}
    if found is None:
        return render(request, "drafting/from_paper.html", page)
    document, state, block, seq = found
    form = PaperForm(request.POST or None, initial={"channel": Channel.PAPER}, **choices_of(project_id))
    if request.method == "POST" and form.is_valid():
        try:
            suggestion = _entered(request, document, seq, block, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            words = _("Suggestion %(ref)s is on the record. You can enter the next one.")
            messages.success(request, words % {"ref": suggestion.ref})
            return redirect("drafting:from_paper", project_id)
    page |= {"form": form, "document": document, "words": body(state.blocks[block].text),
             "version": queries.version_at(document.pk, seq)}  # fmt: skip
    return render(request, "drafting/from_paper.html", page)


def _passage(project_id: UUID, asked: PaperCodeForm) -> tuple[Document, State, int, int] | None:
    """What code and number on the paper stand for; the form says what does not fit."""
    code = codes.read_code(project_id, asked.cleaned_data["code"])
    document = queries.documents_of(project_id).filter(code=code.document).first() if code else None
    if code is None or document is None or code.seq > document.seq:
        asked.add_error("code", _("No printed copy has this code. Look at it once more, letter by letter."))
        return None
    return _numbered(project_id, asked, code, document)


def _numbered(
    project_id: UUID, asked: PaperCodeForm, code: Printed, document: Document
) -> tuple[Document, State, int, int] | None:
    state = queries.text_at(document, code.seq)
    place = codes.read_number(project_id, code, asked.cleaned_data["number"])
    block = codes.passage(state, place) if place else None
    if block is None:
        words = _("No passage of this copy has this number with this letter. Look at it once more.")
        asked.add_error("number", words)
        return None
    return document, state, block, code.seq


def _entered(request: HttpRequest, document: Document, seq: int, block: int, form: PaperForm) -> Suggestion:
    typed = form.said()
    kind, words = typed.pop("kind"), typed.pop("typed")
    del typed["read_back"]
    facts: dict[str, Any] = {
        "block": block,
        "base_seq": seq,
        "page": request.GET.get("number", "").upper()[:20],
    }
    if kind == SuggestionKind.ADD:
        facts["edits"] = queries.new_passage(document, seq, block, words)
    elif kind in (SuggestionKind.CHANGE, SuggestionKind.REMOVE):
        gone = kind == SuggestionKind.REMOVE
        facts["edits"] = queries.typed_edits(document, seq, block, "" if gone else words)
    else:
        facts |= {"kind": kind, "words": words}
    return entered(request, document, form, **facts, **typed)


@require_http_methods(["GET", "POST"])
def summary(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """A few plain questions about the summary, for whoever does not want the whole text."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    may_suggest = visit.may(SUGGESTION, Purpose.CONTRIBUTE)
    if request.method == "POST" and not may_suggest:
        queries.document_for(request.user, project_id, document_id, Purpose.CONTRIBUTE, SUGGESTION)
    points = queries.summary_points(document.pk)
    form = SummaryForm(request.POST or None, points=points, initial=initial_of(request, project_id))
    if request.method == "POST" and "keep" in request.POST:
        kept = keep(request, form, document, Saying.SUMMARY, None)
        if kept:
            return kept
    elif request.method == "POST" and form.is_valid():
        try:
            made = _answered(request, document, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            words = ngettext("Thank you. Your answer is on the record.",
                             "Thank you. Your %(n)d answers are on the record.", len(made))  # fmt: skip
            messages.success(request, words % {"n": len(made)})
            return redirect("drafting:mine", project_id)
    page = page_of(
        visit, document, "text", form=form, points=points, may_suggest=may_suggest,
        may_run=visit.may(DOCUMENT, Purpose.RUN),
    )  # fmt: skip
    return render(request, "drafting/summary.html", page)


def _answered(request: HttpRequest, document: Document, form: SummaryForm) -> list[Suggestion]:
    typed = form.cleaned_data
    said = [Said(one, typed[f"kind_{one.pk}"], typed[f"words_{one.pk}"]) for one in form.points]
    if typed["missing"].strip():
        said.append(Said(None, SuggestionKind.ADD, typed["missing"]))
    made = operations.answer_summary(
        by=request.user, project_id=document.project_id, document_id=document.pk, said=said,
        unnamed=typed["unnamed"], quote_consent=typed["quote_consent"], key=form.key or uuid4(),
    )  # fmt: skip
    about: dict[str, Any] = {"by": request.user, "project_id": document.project_id}
    for one in made:
        operations.note_receipt(**about, suggestion_id=one.pk, way="page")
    if typed["draft"]:
        operations.drop_draft(**about, draft_id=typed["draft"])
    return made


@require_http_methods(["GET", "POST"])
def write_summary(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """The points of the summary, one a line."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.RUN, DOCUMENT)
    lines = "\n".join(point.words for point in queries.summary_points(document.pk))
    form = PointsForm(request.POST or None, initial={"points": lines})
    if request.method == "POST" and form.is_valid():
        operations.write_summary(
            by=request.user, project_id=project_id, document_id=document_id, key=form.key, **form.cleaned_data
        )
        return redirect("drafting:summary", project_id, document_id)
    return render(request, "drafting/write_summary.html", page_of(visit, document, "text", form=form))
