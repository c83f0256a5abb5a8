from datetime import date

from coproduce.capabilities.drafting.rules.figures import Fact, Share, figures_of


def fact(group: str = "Carers", outcome: str = "accepted", decided: int = 5, **more: object) -> Fact:
    plain = Fact(
        "add", "1. Why", group, more.pop("author", object()), date(2025, 8, 4), date(2025, 9, 2), outcome, "",
        date(2025, 9, decided) if outcome else None, "0.4" if outcome == "accepted" else "",
    )  # fmt: skip
    return plain._replace(**more)  # type: ignore[arg-type]


def test_taken_in_is_counted_of_all_that_were_made_group_by_group() -> None:
    facts = [
        fact(),
        fact(outcome="in_part", reason_code="COST"),
        fact(outcome=""),
        fact("Staff", "declined", reason_code="LAW"),
    ]

    found = figures_of(facts, ["Staff", "Carers", "Nobody"], "england")

    assert found.taken_in == Share("", 2, 4)
    assert found.by_group == [Share("Staff", 0, 1), Share("Carers", 2, 3)]
    assert [one.percent for one in found.by_group] == [0.0, 66.7]
    assert found.outcomes == {"accepted": 1, "in_part": 1, "declined": 1}
    assert dict(found.reasons) == {"COST": 1, "LAW": 1}
    assert found.versions == [("0.4", 1)]
    assert found.people == 4


def test_answers_are_on_time_up_to_the_promised_day() -> None:
    found = figures_of(
        [fact(decided=1), fact(decided=2), fact(decided=3), fact(decided=4, due_on=None)], [], "england"
    )

    assert found.on_time == Share("", 2, 3)
    # From 4 August: 1 September is the 19th working day after it, and 25 August is a bank holiday.
    assert found.median_days == 20.5


def test_without_suggestions_there_is_nothing_to_divide_by() -> None:
    found = figures_of([], [], "england")
    assert (found.total, found.taken_in.percent, found.median_days) == (0, None, None)
