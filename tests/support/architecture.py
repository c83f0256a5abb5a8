"""What the order of the house asks beyond imports. Each checker takes a tree and yields what breaks it.

They read the text of the code, so that the same checkers can be shown a bad sample and must find it bad.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ORDER = (
    "accounts",
    "projects",
    "people",
    "questions",
    "rounds",
    "approach",
    "barriers",
    "drafting",
    "plans",
    "voting",
    "insights",
    "labs",
    "live",
    "equality",
    "consultation",
    "feedback",
    "signoff",
    "review",
    "charter",
)
DOORS = {"operations", "queries", "rules", "terms", "events"}
ROOMS = {
    "__init__", "terms", "rules", "events", "models", "queries", "operations", "forms", "views", "urls",
    "streams", "tasks", "admin", "gate_checks", "citable", "apps", "adapter",
    "templates", "static", "tests", "migrations", "management", "templatetags", "locale",
}  # fmt: skip
PURE = {"terms", "rules", "events"}
PURE_PARTS_OF_DJANGO = {("utils", "translation"), ("utils", "functional"), ("utils", "formats")}
ENUMS_OF_DJANGO = {("db", "models", "TextChoices"), ("db", "models", "IntegerChoices")}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
CLOCKS = {"now", "utcnow", "today", "localdate", "localtime"}
CLOCK_OWNERS = {"datetime", "date", "timezone", "dt"}
LARGEST = 600
LONG_FUNCTION = 30


@dataclass(frozen=True)
class Source:
    """One Python file of the product, parsed."""

    path: Path
    root: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def code(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def where(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        """The dotted name, without `__init__`."""
        parts = self.path.relative_to(self.root / "src").with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def capability(self) -> str | None:
        return (
            self.parts[2] if self.parts[:2] == ("coproduce", "capabilities") and len(self.parts) > 2 else None
        )

    @property
    def room(self) -> str | None:
        return self.parts[3] if self.capability and len(self.parts) > 3 else None

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    def imports(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Line and dotted name of each thing imported, relative imports resolved."""
        package = self.parts if self.path.name == "__init__.py" else self.parts[:-1]
        for node in ast.walk(self.code):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, tuple(name.name.split("."))) for name in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else ()
                inside = (*base, *(node.module.split(".") if node.module else ()))
                yield from ((node.lineno, (*inside, name.name)) for name in node.names)

    def calls(self) -> Iterator[tuple[ast.Call, str, str]]:
        """Each call with the last name of what is called and the name before it."""
        for node in ast.walk(self.code):
            if isinstance(node, ast.Call):
                called = node.func
                if isinstance(called, ast.Attribute):
                    owner = called.value
                    before = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
                    yield node, called.attr, before
                elif isinstance(called, ast.Name):
                    yield node, called.id, ""


class Tree:
    """A checkout, or a sample of one."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def sources(self) -> list[Source]:
        return [Source(path, self.root) for path in sorted((self.root / "src").rglob("*.py"))]

    @property
    def product(self) -> list[Source]:
        return [source for source in self.sources if not source.is_test and not source.is_migration]

    @cached_property
    def templates(self) -> list[Path]:
        return [path for path in sorted((self.root / "src").rglob("*.html")) if "templates" in path.parts]

    def capabilities(self) -> list[Path]:
        folder = self.root / "src/coproduce/capabilities"
        return [path for path in sorted(folder.glob("*")) if path.is_dir() and not path.name.startswith("__")]


def others_come_in_by_the_front_door(tree: Tree) -> Iterator[str]:
    """Another capability is used only through its operations, queries, rules, terms and events."""
    for source in tree.product:
        if source.parts[:2] not in {("coproduce", "capabilities"), ("coproduce", "outward")}:
            continue
        for line, name in source.imports():
            other = name[2] if name[:2] == ("coproduce", "capabilities") and len(name) > 2 else None
            if other and other != source.capability and (len(name) < 4 or name[3] not in DOORS):
                yield f"{source.where}:{line} takes {'.'.join(name[2:])}: not a front door"


def foreign_keys_are_quoted_and_one_way(tree: Tree) -> Iterator[str]:
    """Relations name their target in quotes, point down, and leave nothing behind on the other side."""
    for source in tree.product:
        for call, name, _ in source.calls():
            if name in RELATIONS:
                yield from _relation(source, call)


def _relation(source: Source, call: ast.Call) -> Iterator[str]:
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    target = call.args[0] if call.args else given.get("to")
    where = f"{source.where}:{call.lineno}"
    if not (isinstance(target, ast.Constant) and isinstance(target.value, str)):
        yield f"{where} a relation must name its target in quotes"
    elif source.capability and _is_above(target.value.split(".")[0], source.capability):
        yield f"{where} a relation points up, to {target.value}"
    behind = given.get("related_name")
    if not (isinstance(behind, ast.Constant) and behind.value == "+"):
        yield f'{where} a relation needs related_name="+"'


def _is_above(label: str, capability: str) -> bool:
    return label in ORDER and capability in ORDER and ORDER.index(label) > ORDER.index(capability)


def no_reverse_accessors(tree: Tree) -> Iterator[str]:
    """Rows are reached by queries.py, not by what Django hangs on the other side."""
    for source in tree.product:
        for node in ast.walk(source.code):
            if (
                isinstance(node, ast.Attribute)
                and node.attr.endswith("_set")
                and not node.attr.startswith("_")
            ):
                yield f"{source.where}:{node.lineno} uses the reverse accessor {node.attr}"


def words_rules_and_events_are_pure(tree: Tree) -> Iterator[str]:
    """They import nothing of Django but its translation and its enums, and read no clock."""
    for source in tree.product:
        if source.room not in PURE:
            continue
        for line, name in source.imports():
            if _may_not_be_imported_by_what_is_pure(name):
                yield f"{source.where}:{line} imports {'.'.join(name)}"
        for call, name, owner in source.calls():
            if name in CLOCKS and owner in CLOCK_OWNERS | {"clock"}:
                yield f"{source.where}:{call.lineno} reads the clock"


def _may_not_be_imported_by_what_is_pure(name: tuple[str, ...]) -> bool:
    if name[0] == "django":
        return name[1:3] not in PURE_PARTS_OF_DJANGO and name[1:] not in ENUMS_OF_DJANGO
    return name[:3] == ("coproduce", "core", "clock") or name[0] in {"time", "random", "os", "httpx"}


# The clock itself, and the demo, which sets it to the days of its story.
ASK_THE_MACHINE = {"coproduce.core.clock", "coproduce.config.serving"}


def one_clock(tree: Tree) -> Iterator[str]:
    """Only core/clock.py asks the machine for the time, and whoever sets it."""
    for source in tree.product:
        if ".".join(source.parts) in ASK_THE_MACHINE:
            continue
        for call, name, owner in source.calls():
            if name in CLOCKS and owner in CLOCK_OWNERS:
                yield f"{source.where}:{call.lineno} reads the machine's clock; use core.clock"


def files_stand_in_known_rooms(tree: Tree) -> Iterator[str]:
    """A newcomer finds everything where the plan says it is; and no capability is outside the order."""
    for capability in tree.capabilities():
        if capability.name not in ORDER:
            yield f"{capability.name} has no place in the order of capabilities"
        for entry in sorted(capability.iterdir()):
            name = entry.stem if entry.is_file() else entry.name
            if name not in ROOMS | {"__pycache__", "py"}:
                yield f"{capability.name}/{entry.name} is no known room"


def nothing_is_marked_safe(tree: Tree) -> Iterator[str]:
    """Text is escaped everywhere; only ui/ may make markup out of strings."""
    for source in tree.product:
        if source.parts[:2] == ("coproduce", "ui"):
            continue
        for node in ast.walk(source.code):
            if isinstance(node, ast.alias) and node.name in {"mark_safe", "SafeText"}:
                yield f"{source.where}:{node.lineno} marks text as safe"
        for call, name, _ in source.calls():
            if name in {"mark_safe", "SafeString"}:
                yield f"{source.where}:{call.lineno} marks text as safe"
    for path in tree.templates:
        for line, text in _lines(path):
            if re.search(r"\|\s*(safe|safeseq)\b|autoescape\s+off", text):
                yield f"{path.relative_to(tree.root).as_posix()}:{line} marks text as safe"


INLINE = re.compile(
    r"""\sstyle\s*=\s*["'{] | \son[a-z]+\s*=\s*["'{] | <style\b
    | <script(?![^>]*\bsrc\s*=)[^>]*> | javascript:""",
    re.IGNORECASE | re.VERBOSE,
)


# Opened from a disc, where no server sends a policy and one file must bring its looks along.
OPENED_OFFLINE = ("templates/exports/record/", "templates/vote_report/")


def nothing_inline(tree: Tree) -> Iterator[str]:
    """The content security policy has no exceptions, so no template may need one."""
    for path in tree.templates:
        if any(folder in path.as_posix() for folder in OPENED_OFFLINE):
            continue
        for line, text in _lines(path):
            if INLINE.search(text):
                yield f"{path.relative_to(tree.root).as_posix()}:{line} has inline style or script"


def modules_stay_small(tree: Tree) -> Iterator[str]:
    for source in tree.sources:
        lines = source.text.count("\n")
        if lines > LARGEST:
            yield f"{source.where} has {lines} lines, over {LARGEST}"


def functions_stay_short(tree: Tree) -> Iterator[str]:
    """Nineteen of twenty function bodies are under thirty lines."""
    lengths = [(length, where) for source in tree.product for length, where in _functions(source)]
    long = sorted((pair for pair in lengths if pair[0] >= LONG_FUNCTION), reverse=True)
    if len(long) * 20 > len(lengths):
        yield from (f"{where} has {length} lines" for length, where in long)


def _functions(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.code):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.body[0].lineno + 1
            yield length, f"{source.where}:{node.lineno} {node.name}"


WORDS_FOR_LATER = ("TO" + "DO", "FIX" + "ME", "X" * 3)
UNFINISHED = re.compile(rf"\b({'|'.join(WORDS_FOR_LATER)})\b")


def nothing_is_left_unfinished(tree: Tree) -> Iterator[str]:
    for folder in ("src", "tests", "bench", "docs"):
        for path in sorted((tree.root / folder).rglob("*")):
            if path.suffix not in {".py", ".html", ".md", ".css", ".js"} or "static" in path.parts:
                continue
            for line, text in _lines(path):
                if UNFINISHED.search(text):
                    where = path.relative_to(tree.root).as_posix()
                    yield f"{where}:{line} is unfinished: {text.strip()[:60]}"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate(path.read_text(encoding="utf-8").splitlines(), 1)


def rules_without_a_test(ids: list[str], tree: Tree) -> list[str]:
    """Each rule's number must stand in some test."""
    tests = [source.text for source in tree.sources if source.is_test]
    tests += [path.read_text(encoding="utf-8") for path in sorted((tree.root / "tests").rglob("test_*.py"))]
    words = "\n".join(tests)
    return [id for id in ids if not re.search(rf"(?<![A-Za-z0-9]){id}(?!\d)", words)]


CHECKERS = (
    others_come_in_by_the_front_door,
    foreign_keys_are_quoted_and_one_way,
    no_reverse_accessors,
    words_rules_and_events_are_pure,
    one_clock,
    files_stand_in_known_rooms,
    nothing_is_marked_safe,
    nothing_inline,
    modules_stay_small,
    functions_stay_short,
    nothing_is_left_unfinished,
)
