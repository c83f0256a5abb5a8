"""The words of equality impact assessments and of equality monitoring."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coproduce.core.findings import Words

ASSESSMENT = "equality.assessment"
MONITORING = "equality.monitoring"

SCALE = (1, 2, 3)
MONITOR_WITHIN_MONTHS = 12


class Characteristic(TextChoices):
    """The nine of the Equality Act, the two more of Northern Ireland, and what a place may add."""

    AGE = "age", _("Age")
    DISABILITY = "disability", _("Disability")
    GENDER_REASSIGNMENT = "gender_reassignment", _("Gender reassignment")
    PREGNANCY = "pregnancy", _("Pregnancy and maternity")
    RACE = "race", _("Race")
    RELIGION = "religion", _("Religion or belief")
    SEX = "sex", _("Sex")
    ORIENTATION = "orientation", _("Sexual orientation")
    MARRIAGE = "marriage", _("Marriage and civil partnership")
    POLITICAL_OPINION = "political_opinion", _("Political opinion")
    DEPENDANTS = "dependants", _("People with dependants, and without")
    CARERS = "carers", _("Carers")
    SOCIO_ECONOMIC = "socio_economic", _("Socio-economic disadvantage")
    CARE_EXPERIENCED = "care_experienced", _("Care-experienced people")
    ARMED_FORCES = "armed_forces", _("Armed forces community")
    RURAL = "rural", _("Rural areas")
    DIGITAL = "digital", _("People who are offline")
    HOMELESS = "homeless", _("People without a home")
    LANGUAGE = "language", _("Language")
    MIGRATION = "migration", _("Migration status")
    OTHER = "other", _("Another group")


NINE = (
    Characteristic.AGE, Characteristic.DISABILITY, Characteristic.GENDER_REASSIGNMENT, Characteristic.PREGNANCY,
    Characteristic.RACE, Characteristic.RELIGION, Characteristic.SEX, Characteristic.ORIENTATION,
    Characteristic.MARRIAGE,
)  # fmt: skip
USUAL_ADDITIONS = (
    Characteristic.CARERS, Characteristic.SOCIO_ECONOMIC, Characteristic.CARE_EXPERIENCED,
    Characteristic.ARMED_FORCES, Characteristic.RURAL,
)  # fmt: skip
ADDITIONS = (
    *USUAL_ADDITIONS, Characteristic.DIGITAL, Characteristic.HOMELESS, Characteristic.LANGUAGE,
    Characteristic.MIGRATION,
)  # fmt: skip


@dataclass(frozen=True)
class Profile:
    """What the law of a place asks for: rows that are always there, and those that a project may add."""

    always: tuple[Characteristic, ...]
    additions: tuple[Characteristic, ...]
    usual: tuple[Characteristic, ...]
    duty: Words


_SOCIO = Characteristic.SOCIO_ECONOMIC
_NORTHERN = tuple(
    one for one in NINE if one not in {Characteristic.GENDER_REASSIGNMENT, Characteristic.PREGNANCY}
)
# domain.md 0.1: a socio-economic duty applies to strategic decisions in Wales and Scotland.
_WITH_DUTY = Profile(
    (*NINE, _SOCIO), tuple(one for one in ADDITIONS if one != _SOCIO),
    tuple(one for one in USUAL_ADDITIONS if one != _SOCIO),
    _("Public sector equality duty, section 149; and the socio-economic duty for strategic decisions."),
)  # fmt: skip
_ENGLAND = Profile(
    NINE, ADDITIONS, USUAL_ADDITIONS, _("Public sector equality duty, section 149 of the Equality Act 2010.")
)
PROFILES: dict[str, Profile] = {
    "england": _ENGLAND,
    "wales": _WITH_DUTY,
    "scotland": _WITH_DUTY,
    "northern_ireland": Profile(
        (*_NORTHERN, Characteristic.POLITICAL_OPINION, Characteristic.DEPENDANTS),
        (Characteristic.GENDER_REASSIGNMENT, Characteristic.PREGNANCY, *ADDITIONS),
        (Characteristic.GENDER_REASSIGNMENT, Characteristic.PREGNANCY, *USUAL_ADDITIONS),
        _("Section 75 of the Northern Ireland Act 1998."),
    ),
    "other": Profile(
        NINE, ADDITIONS, USUAL_ADDITIONS, _("The equality law of this place; ask who looks after it here.")
    ),
}  # fmt: skip


def profile_of(jurisdiction: str) -> Profile:
    return PROFILES.get(jurisdiction, _ENGLAND)


def only_discrimination(characteristic: str, jurisdiction: str) -> bool:
    """Marriage and civil partnership is no relevant characteristic for the other two aims of section 149."""
    return characteristic == Characteristic.MARRIAGE and jurisdiction != "northern_ireland"


class Impact(TextChoices):
    POSITIVE = "positive", _("Positive")
    NONE = "none", _("None")
    NEGATIVE = "negative", _("Negative")
    UNKNOWN = "unknown", _("Not known yet")


# These say all there is to say; the other two can both be so, for different people.
ALONE = frozenset({Impact.NONE, Impact.UNKNOWN})


class Aim(TextChoices):
    DISCRIMINATION = "discrimination", _("End discrimination")
    EQUALITY = "equality", _("Advance equality")
    RELATIONS = "relations", _("Good relations")


class Conclusion(TextChoices):
    NO_CHANGE = "no_change", _("No change")
    ADJUST = "adjust", _("Adjust the plan")
    CONTINUE = "continue", _("Continue, with reasons")
    STOP = "stop", _("Stop")


class VersionKind(TextChoices):
    SCREENING = "screening", _("Screening")
    DRAFT = "draft", _("Draft")
    FINAL = "final", _("Final")


class Side(TextChoices):
    """The column of a row that a link stands in."""

    TOLD = "told", _("What people tell us")
    DO = "do", _("What we can do")


class LinkedKind(TextChoices):
    BARRIER = "barriers.barrier", _("Barrier")
    SUGGESTION = "drafting.suggestion", _("Suggestion")
    ACTION = "plans.action", _("Action")
    COMMITMENT = "plans.standingcommitment", _("Standing commitment")


OF_SIDE: dict[Side, tuple[LinkedKind, ...]] = {
    Side.TOLD: (LinkedKind.BARRIER, LinkedKind.SUGGESTION),
    Side.DO: (LinkedKind.ACTION, LinkedKind.COMMITMENT, LinkedKind.SUGGESTION),
}


@dataclass(frozen=True)
class Linked:
    """Something that a row of the assessment leads to."""

    kind: LinkedKind
    id: UUID
    ref: str
    words: str = ""
    href: str = ""
    state: Words = ""

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.id}"
