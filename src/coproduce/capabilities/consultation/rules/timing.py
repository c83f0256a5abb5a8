"""How long people have, and what falls into that time: R74, R75, R76."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from coproduce.core.findings import Finding, Strength, refuse, refuse_unless_named, rule, warn

from ..terms import LEAD_DAYS, LEAST_DAYS, USUAL_DAYS, PeriodKind


class HasDates(Protocol):
    @property
    def opens_on(self) -> date: ...
    @property
    def closes_on(self) -> date: ...
    @property
    def days(self) -> int: ...
    @property
    def why_short(self) -> str: ...
    @property
    def mitigation(self) -> str: ...


class HasOrder(Protocol):
    @property
    def opens_on(self) -> date: ...
    @property
    def closes_on(self) -> date: ...
    @property
    def late_until(self) -> date | None: ...
    @property
    def decides_on(self) -> date | None: ...
    @property
    def publishes_on(self) -> date | None: ...
    @property
    def reviews_on(self) -> date | None: ...


class HasPeriod(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


@rule("R74", when=_("A consultation is open for less than 14 days"), strength=Strength.REFUSE_UNLESS_NAMED)
def a_consultation_is_long_enough(consultation: HasDates) -> Iterator[Finding]:
    """Only when it is urgent; who approves it is named, and the reason is published."""
    if consultation.days < LEAST_DAYS:
        words = ngettext(
            "People have only %(days)d day. Give them 14 days or more, or say in writing why it is urgent.",
            "People have only %(days)d days. Give them 14 days or more, or say in writing why it is urgent.",
            consultation.days,
        )
        yield refuse_unless_named("R74", words % {"days": consultation.days}, "closes_on")


@rule("R75", when=_("A consultation is open for 14 to 83 days"), strength=Strength.WARN)
def a_consultation_takes_the_usual_time(consultation: HasDates) -> Iterator[Finding]:
    """Twelve weeks is what practice asks for; no law sets the number."""
    if LEAST_DAYS <= consultation.days < USUAL_DAYS:
        words = _("People have %(days)d days. The usual time is 84 days, which is 12 weeks.")
        yield warn(
            "R75",
            _with_answer(words % {"days": consultation.days}, consultation.why_short, _SAY_WHY),
            "why_short",
        )


@rule(
    "R76",
    when=_("A consultation overlaps a holiday, a school holiday or a pre-election period"),
    strength=Strength.WARN,
)
def busy_times_are_answered(
    consultation: HasDates, holidays: Collection[date], periods: Iterable[HasPeriod]
) -> Iterator[Finding]:
    """It goes on; what is done about it stands beside the warning."""
    during = [day for day in sorted(holidays) if consultation.opens_on <= day <= consultation.closes_on]
    if during:
        days = ", ".join(date_format(day, "j F") for day in during)
        yield _busy(_("Public holidays fall into it: %(days)s.") % {"days": days}, consultation)
    for period in periods:
        if period.starts_on <= consultation.closes_on and period.ends_on >= consultation.opens_on:
            yield _busy(_OVERLAPS[PeriodKind(period.kind)] % _of(period), consultation)


_SAY_WHY = _("Say why it is shorter.")
_SAY_WHAT = _("Say what you do about it.")
_OVERLAPS = {
    PeriodKind.SCHOOL_HOLIDAY: _("It overlaps a school holiday: %(name)s, %(from)s to %(to)s."),
    PeriodKind.PRE_ELECTION: _("It overlaps a pre-election period: %(name)s, %(from)s to %(to)s."),
    PeriodKind.OTHER: _("It overlaps a time to avoid: %(name)s, %(from)s to %(to)s."),
}


def _busy(words: str, consultation: HasDates) -> Finding:
    return warn("R76", _with_answer(words, consultation.mitigation, _SAY_WHAT), "mitigation")


def _of(period: HasPeriod) -> dict[str, str]:
    days = {"from": date_format(period.starts_on, "j F Y"), "to": date_format(period.ends_on, "j F Y")}
    return {"name": period.name, **days}


def _with_answer(words: str, answer: str, ask: object) -> str:
    """The warning, and what was written about it; or the request to write something."""
    return f"{words} {answer.strip() or ask}"


def people_are_told_early(lead_days: int | None) -> Iterator[Finding]:
    """C16: people need one to three months to plan for it."""
    if lead_days is None:
        yield warn("C16", _("Write down when people were first told that this is coming."), "told_on")
    elif lead_days < LEAD_DAYS:
        words = ngettext(
            "People were told only %(days)d day before it opens. One to three months is realistic.",
            "People were told only %(days)d days before it opens. One to three months is realistic.",
            lead_days,
        )
        yield warn("C16", words % {"days": lead_days}, "told_on")


def dates_stand_in_order(consultation: HasOrder) -> Iterator[Finding]:
    """C16: a decision before the end of the asking is no consultation."""
    closes = consultation.closes_on
    if closes <= consultation.opens_on:
        yield refuse("C16", _("It must close after it opens."), "closes_on")
    if consultation.late_until and consultation.late_until < closes:
        yield refuse("C16", _("Late replies cannot end before the closing date."), "late_until")
    if consultation.decides_on and consultation.decides_on <= closes:
        yield refuse("C16", _("The decision must come after the closing date."), "decides_on")
    if consultation.publishes_on and consultation.publishes_on < closes:
        yield refuse("C16", _("The report cannot be published before the closing date."), "publishes_on")
    if (
        consultation.reviews_on
        and consultation.publishes_on
        and consultation.reviews_on < consultation.publishes_on
    ):
        yield refuse("C16", _("The review comes after the report."), "reviews_on")


def length_in_words(days: int) -> str:
    """“84 days (12 weeks)”."""
    words = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    if days < 7:
        return words
    weeks, left = divmod(days, 7)
    said = ngettext("%(weeks)d week", "%(weeks)d weeks", weeks) % {"weeks": weeks}
    if left:
        said = _("%(weeks)s and %(left)s") % {
            "weeks": said, "left": ngettext("%(days)d day", "%(days)d days", left) % {"days": left},
        }  # fmt: skip
    return f"{words} ({said})"
