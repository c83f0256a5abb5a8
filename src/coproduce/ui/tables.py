"""Lists: searched, filtered, sorted, paged, and given out as CSV and Excel."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from coproduce.core.text import BadText, clean

from .sheets import as_csv, as_excel
from .values import shown

Words = str | Promise
Rows = Any  # a QuerySet or a sequence: whatever comes in is what `search` and `apply` get and give back
PAGE_SIZE = 50
MOST_COLUMNS = 6
MOST_FILTERS = 2
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Column:
    """One column; `value` is an attribute path ("owner.name") or a callable, `sort` an ORM field or a key."""

    key: str
    heading: Words
    value: str | Callable[[Any], Any] = ""
    sort: str | Callable[[Any], Any] | None = None
    link: Callable[[Any], str] | None = None
    numeric: bool = False

    def of(self, row: Any) -> Any:
        if callable(self.value):
            return self.value(row)
        for step in (self.value or self.key).split("."):
            row = row.get(step) if isinstance(row, Mapping) else getattr(row, step, None)
            row = row() if callable(row) else row
        return row


@dataclass(frozen=True)
class Filter:
    """A choice above the list; `apply(rows, value)` gives the rows that stay."""

    name: str
    label: Words
    choices: Sequence[tuple[str, Words]]
    apply: Callable[[Rows, str], Rows]


@dataclass(frozen=True)
class Table:
    """A list and everything that may be asked of it. Two queries a page: the count and the rows."""

    rows: Rows
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    search: Callable[[Rows, str], Rows] | None = None
    search_label: Words = ""
    caption: Words = ""
    empty: Words = ""
    name: str = "list"
    order: str = ""
    page_size: int = PAGE_SIZE
    context_name: str = field(default="table", kw_only=True)

    def respond(
        self, request: HttpRequest, template: str, context: Mapping[str, Any] | None = None
    ) -> HttpResponse:
        """The page with `{% table table %}` in it, or the file when `?format=csv` or `?format=xlsx` was asked for."""
        page = self.page(request.GET)
        wanted = request.GET.get("format")
        if wanted == "csv":
            return as_csv(self.name, page.headings, page.all_values())
        if wanted == "xlsx":
            return as_excel(self.name, page.headings, page.all_values())
        return render(request, template, {**(context or {}), self.context_name: page})

    def page(self, query: QueryDict) -> "TablePage":
        return TablePage(self, query)


@dataclass(frozen=True)
class Cell:
    text: Any
    href: str = ""
    numeric: bool = False
    heading: Words = ""


@dataclass(frozen=True)
class Heading:
    text: Words
    numeric: bool
    href: str
    direction: str


class TablePage:
    """One page of a list, as the address asks for it."""

    def __init__(self, table: Table, query: QueryDict) -> None:
        self.table, self.query = table, query
        self.q = searched_words(query.get("q", "")) if table.search else ""

    @cached_property
    def rows(self) -> Rows:
        """Every row that was asked for, in order."""
        rows = self.table.rows
        if self.q and self.table.search:
            rows = self.table.search(rows, self.q)
        for one, value in self.chosen:
            rows = one.apply(rows, value)
        return self._in_order(rows)

    @cached_property
    def chosen(self) -> list[tuple[Filter, str]]:
        asked = [(one, self.query.get(one.name, "")) for one in self.table.filters]
        return [
            (one, value) for one, value in asked if value in {str(key) for key, _words in one.choices} - {""}
        ]

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.chosen)

    @cached_property
    def page(self) -> Page[Any]:
        return Paginator(self.rows, self.table.page_size).get_page(self.query.get("page"))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def is_wide(self) -> bool:
        """Whether there are more columns than a page can hold side by side."""
        return len(self.table.columns) > MOST_COLUMNS

    @property
    def folds_filters(self) -> bool:
        """Whether the filters would push the list off a phone's screen."""
        return len(self.table.filters) > MOST_FILTERS

    @property
    def has_search(self) -> bool:
        return self.table.search is not None

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to search or choose from."""
        return bool(self.table.search or self.table.filters)

    @property
    def headings(self) -> list[str]:
        return [str(column.heading) for column in self.table.columns]

    def all_values(self) -> list[list[Any]]:
        return [[column.of(row) for column in self.table.columns] for row in self.rows]

    def cells(self) -> list[list[Cell]]:
        return [[_cell(column, row) for column in self.table.columns] for row in self.page.object_list]

    def sortable_headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.table.columns]

    def selects(self) -> list[dict[str, Any]]:
        """The filters as select boxes."""
        return [self._select(one) for one in self.table.filters]

    def pages(self) -> dict[str, Any] | None:
        """The links to other pages, for the pagination component."""
        if self.page.paginator.num_pages == 1:
            return None
        params: dict[str, Any] = {"landmarkLabel": _("Pages of this list"), "items": self._numbers()}
        if self.page.has_previous():
            params["previous"] = self._step(self.page.previous_page_number(), _("Previous"))
        if self.page.has_next():
            params["next"] = self._step(self.page.next_page_number(), _("Next"))
        return params

    @property
    def clear_href(self) -> str:
        return self._href(q=None, page=None, **dict.fromkeys((one.name for one in self.table.filters), None))

    @property
    def csv_href(self) -> str:
        return self._href(page=None, format="csv")

    @property
    def excel_href(self) -> str:
        return self._href(page=None, format="xlsx")

    @property
    def sort(self) -> str:
        """The key of the column in order, with a minus when it runs downwards; the list's own when none is named."""
        asked = (self.query.get("sort", ""), self.table.order)
        return next((one for one in asked if one.removeprefix("-") in self._sorts), "")

    @cached_property
    def _sorts(self) -> dict[str, str | Callable[[Any], Any]]:
        return {column.key: column.sort for column in self.table.columns if column.sort}

    def _in_order(self, rows: Rows) -> Rows:
        if not self.sort:
            return rows
        by, downwards = self._sorts[self.sort.removeprefix("-")], self.sort.startswith("-")
        if isinstance(rows, QuerySet) and isinstance(by, str):
            # Databases differ on where nothing stands; here it is always last.
            order = F(by).desc(nulls_last=True) if downwards else F(by).asc(nulls_last=True)
            return rows.order_by(order, "pk")
        key = Column("", "", by).of if isinstance(by, str) else by
        return sorted(rows, key=lambda row: _sortable(key(row)), reverse=downwards)

    def _heading(self, column: Column) -> Heading:
        if not column.sort:
            return Heading(column.heading, column.numeric, "", "")
        upwards = self.sort == column.key
        direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.sort, "none")
        href = self._href(sort=f"-{column.key}" if upwards else column.key, page=None)
        return Heading(column.heading, column.numeric, href, direction)

    def _select(self, one: Filter) -> dict[str, Any]:
        value = {each.name: value for each, value in self.chosen}.get(one.name, "")
        choices = [("", _("All")), *((str(key), str(words)) for key, words in one.choices if str(key))]
        items = [{"value": key, "text": words, "selected": key == value} for key, words in choices]
        return {"name": one.name, "id": f"filter-{one.name}", "label": {"text": one.label}, "items": items}

    def _numbers(self) -> list[dict[str, Any]]:
        found = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [self._number(number) for number in found]

    def _number(self, number: int | str) -> dict[str, Any]:
        if not isinstance(number, int):
            return {"ellipsis": True}
        words = _("Page %(number)s") % {"number": number}
        return {
            "number": number,
            "href": self._href(page=number),
            "current": number == self.page.number,
            "visuallyHiddenText": words,
        }

    def _step(self, number: int, words: str) -> dict[str, Any]:
        return {"href": self._href(page=number), "text": words}

    def _href(self, **changes: Any) -> str:
        query = self.query.copy()
        query.pop("format", None)
        for key, value in changes.items():
            if value is None:
                query.pop(key, None)
            else:
                query[key] = str(value)
        return f"?{query.urlencode()}"


def searched_words(typed: str) -> str:
    """What was searched for; words that no text can hold find nothing, so they are not asked of the database."""
    try:
        return clean(typed[:LONGEST_SEARCH]).strip()
    except BadText:
        return ""


def _cell(column: Column, row: Any) -> Cell:
    href = column.link(row) if column.link else ""
    return Cell(shown(column.of(row)), href, column.numeric, column.heading)


def _sortable(value: Any) -> tuple[bool, Any]:
    """Rows without a value come last; words are put in order without regard to capitals."""
    return (
        value is None or value == "",
        value.casefold() if isinstance(value, str) else value or 0,
    )
