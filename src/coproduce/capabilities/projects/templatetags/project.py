from typing import Any
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from coproduce.capabilities.projects import queries
from coproduce.ui.navigation import project_banners as banners_of
from coproduce.ui.navigation import project_items
from coproduce.ui.navigation import public_banners as public_banners_of
from coproduce.ui.templatetags.govuk import findings

register = template.Library()


@register.filter
def project_pages(visit: Any) -> list[dict[str, Any]]:
    return [
        {
            "label": item.label,
            "section": item.section,
            "href": reverse(item.url_name, args=[visit.project.pk]),
        }
        for item in project_items(visit)
    ]


@register.simple_tag
def project_banners(visit: Any) -> SafeString:
    return findings(banners_of(visit))


@register.simple_tag
def public_banners(project_id: UUID) -> SafeString:
    """{% public_banners visit.project.pk %}: on every page of a project that needs no account."""
    return findings(public_banners_of(project_id))


@register.inclusion_tag("projects/_open_to_change.html")
def open_to_change(visit: Any) -> dict[str, Any]:
    """What people can change, in reach on every page of the project (C1)."""
    return {"open": queries.open_to_change(visit.project.pk), "project_id": visit.project.pk}


@register.filter
def may(visit: Any, kind_and_purpose: str) -> bool:
    """{% if visit|may:"rounds.round run" %}"""
    kind, purpose = kind_and_purpose.split()
    return bool(visit.may(kind, purpose))
