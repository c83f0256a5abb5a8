"""The text of a Word file as if every tracked change in it were accepted, for a first import."""

from collections.abc import Iterator, Sequence

from .parts import Flow, Kind, Package, Para, Row, Run


def accepted(package: Package) -> tuple[Flow, list[Para]]:
    """Body and footnotes without what was taken out."""
    flow: Flow = []
    for unit in _joined(package.flow):
        if isinstance(unit, Row):
            if unit.gone is None:
                flow.append(Row([[_para(para) for para in cell] for cell in unit.cells], unit.table))
        else:
            flow.append(unit)
    return list(_code_as_one(flow)), [_para(note) for note in package.notes]


def has_changes(package: Package) -> bool:
    return any(unit.ins or unit.gone for unit in package.flow) or any(
        run.ins or run.gone for unit in package.flow for para in _paras(unit) for run in para.runs
    )


def _paras(unit: Para | Row) -> Iterator[Para]:
    return unit.paras() if isinstance(unit, Row) else iter((unit,))


def _joined(flow: Sequence[Para | Row]) -> Iterator[Para | Row]:
    """A paragraph whose end was taken out goes on in the next one."""
    held: list[Run] = []
    for unit in flow:
        if isinstance(unit, Row):
            if held:
                yield Para(runs=held)
                held = []
            yield unit
            continue
        para = _para(unit)
        para.runs = [*held, *para.runs]
        held = para.runs if unit.gone else []
        if not unit.gone:
            yield para
    if held:
        yield Para(runs=held)


def _para(para: Para) -> Para:
    runs = [run._replace(ins=None) for run in para.runs if run.gone is None]
    return Para(para.kind, para.level, para.ordered, para.number, runs, label=para.label)


def _code_as_one(flow: Flow) -> Iterator[Para | Row]:
    """Lines of code are a paragraph each in most files."""
    held: Para | None = None
    for unit in flow:
        if isinstance(unit, Para) and unit.kind == Kind.CODE and "\n" not in unit.text:
            if held is None:
                held = unit
            else:
                held.runs = [*held.runs, Run("\n"), *unit.runs]
            continue
        if held:
            yield held
        held = None
        yield unit
    if held:
        yield held
