"""The hands of those who keep the action plan."""

from playwright.sync_api import Page

from .test_demo_walkthrough import follow


def type_day(page: Page, day: int, month: int, year: int) -> None:
    for name, number in (("Day", day), ("Month", month), ("Year", year)):
        page.get_by_role("group", name="New date").get_by_label(name, exact=True).fill(str(number))


def move_the_end(page: Page, day: int, month: int, year: int, why: str) -> None:
    follow(page, "Change a date")
    page.get_by_label("End", exact=True).check()
    type_day(page, day, month, year)
    page.get_by_label("Why?").fill(why)
    page.get_by_role("button", name="Change the date").click()
