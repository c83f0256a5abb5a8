from collections.abc import Iterator

import pytest

from coproduce.core.findings import (
    Finding,
    Override,
    Refused,
    Strength,
    all_rules,
    refuse,
    rule,
    settle,
    warn,
)
from coproduce.core.findings import refuse_unless_named as named


def test_a_refusal_cannot_be_overridden() -> None:
    with pytest.raises(Refused) as refused:
        settle([refuse("R02", "No amount.")], Override("I know better"))
    assert refused.value.findings[0].rule == "R02"


def test_a_named_person_may_go_on_with_a_reason_and_the_finding_stays() -> None:
    kept = settle([named("R01", "Share first.")], Override("The board asked for it today."))
    assert [finding.rule for finding in kept] == ["R01"]


@pytest.mark.parametrize("override", [None, Override(""), Override("   ")])
def test_without_a_reason_there_is_no_override(override: Override | None) -> None:
    with pytest.raises(Refused):
        settle([named("R01", "Share first.")], override)


def test_a_warning_stops_nobody_and_stays_on_the_record() -> None:
    assert settle([warn("R03", "List what was dropped.")])[0].as_record()["strength"] == "warn"


def test_a_rule_may_speak_only_under_its_own_number() -> None:
    @rule("R999", when="always", strength=Strength.WARN)
    def muddled() -> Iterator[Finding]:
        yield warn("R998", "Not mine.")

    try:
        with pytest.raises(ValueError, match="R998"):
            list(muddled())
    finally:
        from coproduce.core import findings

        findings._rules.pop("R999")


def test_the_registry_is_in_the_order_of_the_numbers() -> None:
    numbers = [int(one.id.removeprefix("R")) for one in all_rules()]
    assert numbers == sorted(numbers)
    assert {1, 2, 3, 4, 5, 6} <= set(numbers)
