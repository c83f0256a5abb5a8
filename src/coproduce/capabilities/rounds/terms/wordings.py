"""Our first wording of each kind of round; facilitators change it. Each asks at all three levels (R25)."""

from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

FOCUS_GROUP: dict[str, Words] = {
    "level_1": _("How would this change things for you: what gets better, worse or stays the same?"),
    "level_2": _(
        "How would it change things for people you work or live among? Who would find it easier or harder than you?"
    ),
    "level_3": _("Why do you think those leading this want it? What matters most to them?"),
    "barriers": _("What could get in the way or go wrong, and what makes you think so?"),
}
PREMORTEM: dict[str, Words] = {
    "level_1": _(
        "It is a year from now and this has failed. On your own, write why: what about it did not work for you?"
    ),
    "level_2": _(
        "It is a year from now and this has failed. Write why: what about it did not work for people around you?"
    ),
    "level_3": _(
        "It is a year from now and this has failed. Write why: what did those leading it want, or not see?"
    ),
    "barriers": _(
        "For each reason: how likely is it, how much harm would it do, and what would warn us early?"
    ),
}
BARRIERS_ONLY: dict[str, Words] = {
    "level_1": _("What could get in your own way if this goes ahead?"),
    "level_2": _("What could get in the way of people you work or live among?"),
    "level_3": _("What about the aims of those leading this could get in the way?"),
    "barriers": _(
        "For each barrier: how much does it matter, how easy is it to remove, and what makes you think so?"
    ),
}
RE_RATING: dict[str, Words] = {
    "level_1": _("Now that you have heard the others: how would this change things for you?"),
    "level_2": _("And now: how would it change things for people you work or live among?"),
    "level_3": _("What do you now think those leading this want? What matters most to them?"),
    "barriers": _("Is there anything that could get in the way and that nobody has named yet?"),
}
