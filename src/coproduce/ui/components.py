"""GOV.UK Frontend components, made by the Jinja macros that are held to the official fixtures."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

_environment = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    autoescape=True,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)


def component(name: str, params: Mapping[str, Any]) -> SafeString:
    """The component `name` ("button", "date-input") as safe HTML; every `text` in it is escaped."""
    return mark_safe(str(_macro(name)(_plain(params))).strip())  # noqa: S308


def nested(params: Mapping[str, Any]) -> dict[str, Any]:
    """`{"label__text": "Name"}` as `{"label": {"text": "Name"}}`; HTML attributes are spelled with hyphens."""
    result: dict[str, Any] = {}
    for key, value in params.items():
        *path, last = key.split("__")
        place = result
        for step in path:
            place = place.setdefault(step, {})
        place[last.replace("_", "-") if path and path[-1] == "attributes" else last] = value
    return result


@cache
def _macro(name: str) -> Any:
    words = "".join(word.capitalize() for word in name.split("-"))
    template = _environment.get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    return getattr(template.module, f"govuk{words}")


def _plain(value: Any) -> Any:
    """Translated words as text, and Django's safe strings as Jinja's."""
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, SafeString):
        return Markup(value)  # noqa: S704
    return value
