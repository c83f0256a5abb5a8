"""A text as a Word file, and a Word file that comes back: shown first, stored when somebody has confirmed it."""

from dataclasses import astuple
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from coproduce.capabilities.people import queries as people
from coproduce.capabilities.projects.queries import Visit
from coproduce.core.access import NotThere, Purpose
from coproduce.core.findings import Refused, refuse

from .. import operations, queries
from ..forms import ME, NOBODY, SOMEONE_ELSE, WordChangesForm, WordFileForm
from ..models import Document
from ..operations import Taken
from ..operations.word import LOST
from ..queries import Sheet
from ..rules.word.pictures import TYPES, type_of
from ..rules.word.writing import written
from ..terms import SUGGESTION
from .common import page_of
from .word_lists import Bundle, base_texts, bundled, line_of, look_into

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_TOKEN = 5_000_000
_SALT = "drafting.word"
# What somebody may have put in, and would miss in the list.
UNSEEN = {"macros", "formatting", "drawing", "textbox", "embedded", "equation", "symbol"}


@require_GET
def current_file(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """The text as it stands with its suggestions, or (`?plain=yes`) by itself."""
    _visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    sheet = queries.sheet_of(document, with_suggestions=request.GET.get("plain") != "yes")
    return _file(sheet, f"{document.code}.docx")


@require_GET
def version_file(request: HttpRequest, project_id: UUID, version_id: UUID) -> HttpResponse:
    """A version with what was suggested on it and the answers, or by itself."""
    _visit, version = queries.version_for(request.user, project_id, version_id, Purpose.READ)
    plain = request.GET.get("plain") == "yes"
    sheet = queries.sheet_of(version.document, version, with_suggestions=not plain)
    return _file(sheet, f"{version.document.code}-{version}.docx")


def _file(sheet: Sheet, name: str) -> HttpResponse:
    document = sheet.document
    first, _dash, rest = document.language.partition("-")
    content = written(
        sheet.plan, title=document.title, when=sheet.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"), facts=sheet.facts,
        language=f"{first}-{rest.upper()}" if rest else first, pictures=queries.pictures_of(document),
    )  # fmt: skip
    answer = HttpResponse(content, content_type=MEDIA)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_GET
def picture(request: HttpRequest, project_id: UUID, document_id: UUID, name: str) -> HttpResponse:
    """A picture of the text, to those who may read it."""
    _visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ)
    content = queries.picture(document.pk, name)
    if content is None or not type_of(content):
        raise NotThere
    return HttpResponse(content, content_type=TYPES[type_of(content)])


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, project_id: UUID, document_id: UUID) -> HttpResponse:
    """First the file, then the list of what is in it; only what is confirmed there is stored."""
    purpose = Purpose.CONTRIBUTE if request.method == "POST" else Purpose.READ
    visit, document = queries.document_for(request.user, project_id, document_id, purpose, SUGGESTION)
    if "token" in request.POST:
        return _confirmed(request, visit, document)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            bundle = _looked_into(document, form.cleaned_data["file"])
        except Refused as refused:
            form.refuse(refused)
        else:
            return _list(request, visit, document, bundle)
    return render(request, "drafting/word_in.html", _page(visit, document, form=form))


def _page(visit: Visit, document: Document, **more: Any) -> dict[str, Any]:
    return page_of(visit, document, "word", may_suggest=visit.may(SUGGESTION, Purpose.CONTRIBUTE), **more)


def _looked_into(document: Document, file: Any) -> Bundle:
    content = file.read()
    package = operations.read_word(file.name or "", content)
    origin = queries.origin_of(document, package.properties, lambda: base_texts(package))
    if origin is None:
        words = _("This file was not made from this document, and has too little in common with it.")
        raise Refused(refuse("C17", words, subject="file"))
    return look_into(package, origin, sha256(content).hexdigest())


def _list(
    request: HttpRequest,
    visit: Visit,
    document: Document,
    bundle: Bundle,
    form: WordChangesForm | None = None,
) -> HttpResponse:
    token = signing.dumps([str(document.pk), astuple(bundle)], salt=_SALT, compress=True)
    if len(token) > LONGEST_TOKEN:
        empty = WordFileForm()
        words = _("There are more changes in this file than one page can list. Split it into several files.")
        messages.error(request, words)
        return render(request, "drafting/word_in.html", _page(visit, document, form=empty))
    form = form or _form(request, visit, bundle, None, {"token": token})
    lost = [LOST[code] for code in bundle.left_out if code in UNSEEN]
    page = page_of(visit, document, "word", form=form, bundle=bundle, lost=lost)
    return render(request, "drafting/word_confirm.html", page)


def _form(
    request: HttpRequest, visit: Visit, bundle: Bundle, data: Any, initial: dict[str, Any] | None = None
) -> WordChangesForm:
    seats = list(people.seats_of(visit.project.pk))
    may = visit.may(SUGGESTION, Purpose.RUN)
    own = {seat.person.shown_name.casefold(): str(seat.person_id) for seat in seats}
    me = request.user.shown_name.casefold()  # type: ignore[union-attr]
    names = [(name, _label(name), _proposed(name, own, me, may=may)) for name in bundle.names]
    return WordChangesForm(
        data, initial=initial, found=_lines(bundle), names=names,
        people=[(str(seat.person_id), f"{seat.code} {seat.person.shown_name}") for seat in seats],
        may_speak_for_others=may,
    )  # fmt: skip


def _lines(bundle: Bundle) -> list[tuple[str, str]]:
    pairs = zip(bundle.found, bundle.sections, strict=True)
    return [(str(number), line_of(one, section)) for number, (one, section) in enumerate(pairs)]


def _label(name: str) -> str:
    if not name:
        return _("Changes without a name, because tracking was off: whose are they?")
    return _("In the file: “%(name)s”. Who is that?") % {"name": name}


def _proposed(name: str, own: dict[str, str], me: str, *, may: bool) -> str:
    """What is most likely, to be confirmed: oneself, somebody with that name, or somebody new."""
    wanted = name.casefold()
    if not name or wanted == me:
        return ME
    return (own.get(wanted) or SOMEONE_ELSE) if may else ""


def _confirmed(request: HttpRequest, visit: Visit, document: Document) -> HttpResponse:
    bundle = _opened(request, document)
    form = _form(request, visit, bundle, request.POST)
    if form.is_valid():
        try:
            made = operations.bring_in_word(
                by=request.user, project_id=document.project_id, document_id=document.pk,
                taken=_taken(request, bundle, form.cleaned_data), base_seq=bundle.base_seq, sha256=bundle.sha256,
                key=form.key,
            )  # fmt: skip
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("drafting:word_upload", document.project_id, document.pk, made.pk)
    return _list(request, visit, document, bundle, form)


def _opened(request: HttpRequest, document: Document) -> Bundle:
    """What the page itself put into the form; anything else is no form of ours."""
    try:
        id, rows = signing.loads(request.POST["token"], salt=_SALT)
    except signing.BadSignature:
        raise NotThere from None
    if id != str(document.pk):
        raise NotThere
    return bundled(rows)


def _taken(request: HttpRequest, bundle: Bundle, typed: dict[str, Any]) -> list[Taken]:
    kept = {int(number) for number in typed["take"]}
    whose = {name: (typed[f"who_{n}"], typed.get(f"name_{n}", "")) for n, name in enumerate(bundle.names)}
    made = []
    for number, one in enumerate(bundle.found):
        who, name = whose[one.author]
        if number not in kept or who == NOBODY:
            continue
        if who == SOMEONE_ELSE:
            made.append(Taken(one, None, name))
        else:
            made.append(Taken(one, request.user.pk if who == ME else UUID(who)))
    return made


@require_GET
def upload(request: HttpRequest, project_id: UUID, document_id: UUID, upload_id: UUID) -> HttpResponse:
    """What came of a file that was brought in."""
    visit, document = queries.document_for(request.user, project_id, document_id, Purpose.READ, SUGGESTION)
    found = queries.upload_in(document.pk, upload_id)
    if found is None:
        raise NotThere
    origins = queries.brought_by(found)
    words = ngettext("%(n)d suggestion from a Word file", "%(n)d suggestions from a Word file", len(origins))
    page = page_of(
        visit, document, "word", upload=found, origins=origins, heading=words % {"n": len(origins)}
    )
    return render(request, "drafting/word_upload.html", page)
