"""Template tags and filters of the house."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coproduce.core.clock import LONDON
from coproduce.core.findings import Finding, Strength

from .. import service_links
from ..components import component, nested
from ..forms import Form, RowGroup
from ..plots import Plot
from ..rendering import errors_of, field_html, summary_html
from ..tables import TablePage
from ..values import shown

register = template.Library()


@register.simple_tag
def govuk(name: str, params: Mapping[str, Any] | None = None, /, **more: Any) -> SafeString:
    """`{% govuk "button" text=_("Save") attributes__data_x="1" %}`: two underscores go one level in."""
    return component(name, {**(params or {}), **nested(more)})


@register.simple_tag
def submit(text: Any, /, **more: Any) -> SafeString:
    """The button that sends the form; it cannot be pressed twice by mistake."""
    return component("button", {"text": text, "preventDoubleClick": True, **nested(more)})


@register.simple_tag
def tag(text: Any, colour: str = "") -> SafeString:
    """A small label; the words carry the meaning, the colour only helps."""
    return component("tag", {"text": text, "classes": f"govuk-tag--{colour}" if colour else ""})


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field of a form: `{% field form.name %}`."""
    return field_html(bound)


@register.simple_tag
def request_key() -> SafeString:
    """The key of a form that is only a button, so that pressing it twice counts once."""
    return SafeString(Form()["request_key"])


@register.simple_tag
def rows(group: RowGroup) -> SafeString:
    """The repeating rows of a form, with “Add another”: `{% rows form.row_groups.0 %}`."""
    words = {
        "group": group,
        "add_name": group.add_name,
        "add_text": _("Add another: %(label)s") % {"label": group.rows.label},
    }
    return render_to_string("ui/forms/rows.html", words)


@register.simple_tag
def relabelled(bound: BoundField, label: Any, help_text: Any = "") -> SafeString:
    """A field of a form that is not ours, under a label of ours."""
    bound.label, bound.help_text = label, help_text
    return field_html(bound)


@register.simple_tag
def email_box(form: BaseForm | None) -> SafeString:
    """The box for an email address, of whichever form brings it: allauth names it in two ways."""
    bound = next((form[name] for name in ("email", "login") if form and name in form.fields), None)
    if bound:
        bound.label = _("Email address")
    errors = " ".join(errors_of(bound)) if bound else ""
    params = {
        "id": "id_email",
        "name": "email",
        "type": "email",
        "label": {"text": _("Email address"), "classes": "govuk-label--s"},
        "value": (bound.value() or None) if bound else None,
        "autocomplete": "email",
        "spellcheck": False,
    }
    return component("input", params | ({"errorMessage": {"text": errors}} if errors else {}))


@register.simple_tag(takes_context=True)
def page_errors(context: template.Context) -> SafeString:
    """One error summary for every form of the page."""
    found = _forms_with_errors(context)
    for form in found:
        form.summary_shown = True  # type: ignore[attr-defined]
    return summary_html(found)


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """The error summary of one form, unless the page has shown it already."""
    shown = getattr(form, "summary_shown", False) or not form.is_bound
    return SafeString("") if shown else summary_html([form])


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """“Error: ” before the title of a page that has something to put right."""
    return _("Error: ") if _forms_with_errors(context) else ""


def _forms_with_errors(context: template.Context) -> list[BaseForm]:
    values: Iterable[Any] = context.flatten().values()
    found = {id(value): value for value in values if isinstance(value, BaseForm)}
    return [form for form in found.values() if form.is_bound and not form.is_valid() and _says(form)]


def _says(form: BaseForm) -> bool:
    return any(one.errors for one in (form, *getattr(form, "all_rows", ())))


@register.filter
def paragraphs(text: Any) -> SafeString:
    """What a person wrote: escaped, a paragraph for each blank line, line ends kept."""
    parts = [part.strip("\n") for part in str(text or "").replace("\r\n", "\n").split("\n\n")]
    lines = (mark_safe(escape(part).replace("\n", "<br>")) for part in parts if part.strip())  # noqa: S308
    return format_html_join("\n", '<p class="govuk-body" dir="auto">{}</p>', ((line,) for line in lines))


@register.filter
def name(person: Any) -> SafeString:
    """A person's name, kept apart from the direction of the text around it."""
    if person is None:
        return SafeString("")
    shown = getattr(person, "display_name", None) or getattr(person, "name", None) or person
    return format_html("<bdi>{}</bdi>", shown() if callable(shown) else shown)


@register.filter
def day(moment: date | datetime | None) -> str:
    """“6 March 2025”, by the clock of the United Kingdom."""
    if not moment:
        return ""
    if isinstance(moment, datetime):
        moment = (
            (moment if timezone.is_aware(moment) else moment.replace(tzinfo=LONDON)).astimezone(LONDON).date()
        )
    return date_format(moment, "j F Y")


@register.filter
def moment(when: datetime | None) -> str:
    """“6 March 2025 at 2:30pm”, by the clock of the United Kingdom."""
    if not when:
        return ""
    local = when.astimezone(LONDON)
    clock = f"{local.hour % 12 or 12}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"
    return _("%(day)s at %(clock)s") % {"day": day(local), "clock": clock}


@register.filter
def iso(when: datetime | None) -> str:
    """For scripts: the moment in a spelling that every browser reads."""
    return when.isoformat() if when else ""


@register.filter
def pounds(amount: Decimal | float | None) -> str:
    """“£420,000”, with pence only where there are some."""
    if amount is None or amount == "":
        return ""
    number = Decimal(str(amount)).quantize(Decimal("0.01"))
    shown = f"{abs(number):,.2f}".removesuffix(".00")
    return f"{'−' if number < 0 else ''}£{shown}"


@register.simple_tag
def empty_state(title: Any, text: Any = "", action_text: Any = "", action_href: str = "") -> SafeString:
    """What stands where a list will be: what it is for, and the first thing to do."""
    words = {"title": title, "text": text, "action_text": action_text, "action_href": action_href}
    return render_to_string("ui/_empty_state.html", words)


@register.simple_tag
def findings(found: Iterable[Finding]) -> SafeString:
    """What the rules found, each with its number and its strength in words."""
    return render_to_string(
        "ui/_findings.html", {"findings": [(one, *_strength(one.strength)) for one in found]}
    )


def _strength(strength: str) -> tuple[str, str]:
    return {
        Strength.REFUSE: (_("Not allowed"), "red"),
        Strength.REFUSE_UNLESS_NAMED: (_("Needs a written reason"), "orange"),
        Strength.WARN: (_("Warning"), "yellow"),
        Strength.SHOW: (_("To note"), "teal"),
    }[Strength(strength)]


@register.simple_tag
def summary_rows(rows: Sequence[Sequence[Any]], /, **more: Any) -> SafeString:
    """Pairs of words: `[(key, value)]` or `[(key, value, link_text, href)]`."""
    return component("summary-list", {"rows": [_summary_row(*row) for row in rows], **nested(more)})


def _summary_row(key: Any, value: Any, link_text: Any = "", href: str = "") -> dict[str, Any]:
    said = shown(value)
    kind = "html" if isinstance(said, SafeString) else "text"
    row: dict[str, Any] = {"key": {"text": key}, "value": {kind: said}}
    if href:
        row["actions"] = {
            "items": [{"href": href, "text": link_text or _("Change"), "visuallyHiddenText": key}]
        }
    return row


@register.simple_tag
def notification(message: Message) -> SafeString:
    """A message of Django's, as a banner."""
    good = message.level_tag == "success"
    params = {
        "text": message.message,
        "type": "success" if good else None,
        "titleText": _("Done") if good else _("Important"),
        "titleId": f"message-{id(message)}",
        # Only what needs the reader's eye takes the focus.
        "disableAutoFocus": True,
    }
    return component("notification-banner", params)


@register.simple_tag(takes_context=True)
def service_navigation(context: template.Context) -> SafeString:
    """The links at the top of the page."""
    request = context.get("request")
    links = service_links.links(context.get("user"), request.path) if request else []
    if not links:
        return SafeString("")
    words = {
        "navigationLabel": _("Main"),
        "menuButtonText": _("Menu"),
        "menuButtonLabel": _("Show or hide the menu"),
    }
    return component("service-navigation", {"navigation": links, **words})


@register.simple_tag
def page_at(path: str) -> str:
    """The path when there is a page, or nothing: nothing links to a page that is not there."""
    return path if service_links.page_exists(path) else ""


@register.simple_tag
def plot(picture: Plot) -> SafeString:
    """A figure with its sentence and its table."""
    return render_to_string("ui/_plot.html", {"plot": picture})


@register.simple_tag
def table(page: TablePage) -> SafeString:
    """A list of a page: search, filters, rows, pages and downloads."""
    return render_to_string("ui/_table.html", {"table": page})
