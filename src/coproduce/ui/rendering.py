"""How a bound form field looks: each Django widget as its GOV.UK component."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .components import component
from .fields import DateBoxes
from .wording import foreign_errors

# Widget attributes that mean something to us; the rest go on the element as they are.
_OWN_ATTRIBUTES = {
    "id", "class", "type", "rows", "width", "prefix", "suffix", "hints", "legend_class", "label_class",
    "autocomplete", "inputmode", "placeholder", "required", "maxlength", "minlength", "aria-describedby",
    "aria-invalid", "step", "min", "max", "cols", "autofocus",
}  # fmt: skip


def field_html(field: BoundField) -> SafeString:
    """One field with its label, hint and error."""
    widget = field.field.widget
    if field.is_hidden:
        return mark_safe(str(field))  # noqa: S308
    for kind, draw in _DRAWN:
        if isinstance(widget, kind):
            return draw(field)
    return _input(field)


def summary_html(forms_with_errors: Iterable[forms.BaseForm]) -> SafeString:
    """The box at the top that lists what to put right, each with a link to its field."""
    errors = [error for form in forms_with_errors for error in _error_list(form)]
    if not errors:
        return SafeString("")
    return component("error-summary", {"titleText": _("There is a problem"), "errorList": errors})


def _error_list(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for error in _said(form, NON_FIELD_ERRORS):
        yield {"text": error}
    for field in form:
        link = {} if field.is_hidden else {"href": f"#{_first_id(field)}"}
        for error in errors_of(field):
            yield {"text": error} | link
    for row in getattr(form, "all_rows", ()):
        yield from _error_list(row)


def errors_of(field: BoundField) -> list[str]:
    """What is wrong with a field, in our words."""
    return _said(field.form, field.name, str(field.label))


def _said(form: forms.BaseForm, name: str, label: str = "") -> list[str]:
    if getattr(form, "speaks_plainly", False):
        return [str(error) for error in form.errors.get(name, ())]
    return foreign_errors(form, name, label)


def _first_id(field: BoundField) -> str:
    return f"{_id(field)}-day" if isinstance(field.field.widget, DateBoxes) else _id(field)


def _id(field: BoundField) -> str:
    return str(field.field.widget.attrs.get("id") or field.auto_id or field.html_name)


def _common(field: BoundField) -> dict[str, Any]:
    attrs = field.field.widget.attrs
    params: dict[str, Any] = {
        "name": field.html_name,
        "id": _id(field),
        "disabled": field.field.disabled,
        "classes": _classes(attrs),
        "attributes": {key: _attribute(value) for key, value in attrs.items() if key not in _OWN_ATTRIBUTES},
    }
    if field.help_text:
        params["hint"] = {"text": str(field.help_text)}
    if field.errors:
        params["errorMessage"] = {"text": " ".join(errors_of(field))}
        params["errorMessage"]["visuallyHiddenText"] = _("Error")
    return params


def _classes(attrs: dict[str, Any]) -> str:
    width = f"govuk-input--width-{attrs['width']}" if attrs.get("width") else ""
    return " ".join(filter(None, [attrs.get("class", ""), width]))


def _attribute(value: Any) -> Any:
    return {"value": True, "optional": True} if value is True else value


def _label(field: BoundField) -> dict[str, Any]:
    classes = field.field.widget.attrs.get("label_class", "")
    return {"text": _label_text(field), "classes": f"govuk-label--s {classes}".strip()}


def _fieldset(field: BoundField) -> dict[str, Any]:
    classes = field.field.widget.attrs.get("legend_class", "govuk-fieldset__legend--s")
    return {"legend": {"text": _label_text(field), "classes": classes}}


def _label_text(field: BoundField) -> str:
    """The label; fields that may be left empty say so, unless the label already does."""
    label = str(field.label or field.name)
    # A form may leave it to a rule to ask for a field; `rule_required` names those.
    needed = field.field.required or field.name in getattr(field.form, "rule_required", ())
    optional = not needed and getattr(field.form, "mark_optional", False)
    return label if not optional or "(" in label else _("%(label)s (optional)") % {"label": label}


def _value(field: BoundField) -> str:
    shown = field.field.widget.format_value(field.value())
    return "" if shown is None else str(shown)


def _input(field: BoundField) -> SafeString:
    widget, params = field.field.widget, _common(field)
    kind = getattr(widget, "input_type", "text")
    attrs = widget.attrs
    params |= {
        "label": _label(field),
        "type": "text" if kind in ("number", "date", "datetime-local") else kind,
        # A password is never sent back to the page.
        "value": None if kind == "password" else _value(field),
        "autocomplete": attrs.get("autocomplete") or {"email": "email"}.get(kind),
        "inputmode": attrs.get("inputmode") or _inputmode(field, kind),
    }
    for affix in ("prefix", "suffix"):
        if attrs.get(affix):
            params[affix] = {"text": str(attrs[affix])}
    if kind in ("email", "url"):
        params["spellcheck"] = False
    return component("input", params)


def _inputmode(field: BoundField, kind: str) -> str | None:
    if kind != "number":
        return None
    return "decimal" if isinstance(field.field, forms.DecimalField | forms.FloatField) else "numeric"


def _textarea(field: BoundField) -> SafeString:
    rows = str(field.field.widget.attrs.get("rows", 5))
    return component(
        "textarea", _common(field) | {"label": _label(field), "rows": rows, "value": _value(field)}
    )


def _select(field: BoundField) -> SafeString:
    params = _common(field) | {"label": _label(field), "items": [_option(item) for item in _items(field)]}
    if field.field.widget.allow_multiple_selected:
        params["attributes"]["multiple"] = {"value": True, "optional": True}
    return component("select", params)


def _option(item: dict[str, Any]) -> dict[str, Any]:
    dashes = item["value"] == "" and set(item["text"]) <= {"-"}
    return item | {"selected": item["checked"], "text": _("Choose one") if dashes else item["text"]}


def _items(field: BoundField) -> list[dict[str, Any]]:
    hints = field.field.widget.attrs.get("hints", {})
    items = []
    for part in field.subwidgets:
        value = str(part.data["value"] if part.data["value"] is not None else "")
        item: dict[str, Any] = {
            "value": value,
            "text": str(part.data["label"]),
            "checked": part.data["selected"],
        }
        if hints.get(value):
            item["hint"] = {"text": str(hints[value])}
        items.append(item)
    return items


def _radios(field: BoundField) -> SafeString:
    return component("radios", _choices(field))


def _checkboxes(field: BoundField) -> SafeString:
    return component("checkboxes", _choices(field))


def _choices(field: BoundField) -> dict[str, Any]:
    params = _common(field) | {"idPrefix": _id(field), "fieldset": _fieldset(field), "items": _items(field)}
    del params["id"]
    return params


def _one_tick(field: BoundField) -> SafeString:
    params = _common(field)
    hint = {"hint": params.pop("hint")} if "hint" in params else {}
    item = {
        "value": "on",
        "text": str(field.label),
        "checked": bool(field.value()),
        "disabled": params["disabled"],
    }
    params |= {"idPrefix": params.pop("id"), "items": [item | hint]}
    return component("checkboxes", params)


def _date(field: BoundField) -> SafeString:
    widget = field.field.widget
    value = field.value()
    values = value if isinstance(value, list) else widget.decompress(value)
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    params = _common(field) | {"fieldset": _fieldset(field)}
    params["items"] = [
        {
            "name": f"{field.html_name}_{part}",
            "id": f"{_id(field)}-{part}",
            "label": labels[part],
            "value": typed,
            "classes": _box_classes(part, typed, bool(field.errors)),
            "autocomplete": f"bday-{part}" if widget.attrs.get("autocomplete") == "bday" else None,
        }
        for part, typed in zip(widget.parts, values, strict=True)
    ]
    return component("date-input", params)


def _box_classes(part: str, typed: str, error: bool) -> str:
    # A box with words in it is made wide enough to read them.
    width = "10" if len(typed) > 4 else {"year": "4"}.get(part, "2")
    return f"govuk-input--width-{width}" + (" govuk-input--error" if error else "")


def _file(field: BoundField) -> SafeString:
    return component("file-upload", _common(field) | {"label": _label(field)})


_DRAWN: list[tuple[type[forms.Widget], Callable[[BoundField], SafeString]]] = [
    (DateBoxes, _date),
    (forms.Textarea, _textarea),
    # Tick boxes first: to Django they are a kind of radio button.
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _one_tick),
    (forms.Select, _select),
    (forms.FileInput, _file),
]
