"""The gate of a stage, on the page on which the stage begins."""

from typing import Any

from django import template

from coproduce.capabilities.questions import queries
from coproduce.capabilities.questions.terms import Stage

register = template.Library()


@register.inclusion_tag("questions/_gate.html")
def socratic_gate(visit: Any, stage: str, brief: bool = False) -> dict[str, Any]:
    """{% socratic_gate visit "draft" %}: what the log misses at this stage; one query.

    `brief` where the page lists its findings already.
    """
    gate = queries.gate_at(visit.project.pk, Stage(stage))
    return {"gate": gate, "project_id": visit.project.pk, "brief": brief}
