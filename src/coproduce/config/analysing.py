"""`coproduce analyse`: a folder of votes in, a summary and two files out. No installation is read or made."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from coproduce_engine.opinion.conversation import Conversation


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    folder: Path
    groups: Path | None
    json_file: Path | None
    html_file: Path | None
    method: str
    seed: int
    small_number: int
    attribution: str
    may_replace: bool

    @property
    def files(self) -> list[Path]:
        return [file for file in (self.json_file, self.html_file) if file]


def run(wanted: Wanted, console: Console) -> Sequence[str]:
    """The lines of the summary; files are written at the end, whole or not at all."""
    from coproduce.outward.vote_report.alone import stand_alone

    stand_alone()
    from coproduce.outward.vote_report import saving
    from coproduce_engine.opinion.polis_files import BadFile

    try:
        for file in wanted.files:
            saving.look(file, may_replace=wanted.may_replace)
        with _steps(console) as progress:
            return _run(wanted, progress)
    except (BadFile, saving.IsThere, OSError) as bad:
        raise click.ClickException(str(bad)) from None


def _run(wanted: Wanted, progress: Progress) -> Sequence[str]:
    from coproduce.outward.vote_report import as_json, found, page, saving, summary
    from coproduce_engine.opinion.polis_files import read

    steps = ["Reading the files", "Looking for what people share", "Writing it down"]
    bar = progress.add_task(steps[0], total=len(steps))
    conversation = found.with_attribution(read(wanted.folder, groups=wanted.groups), wanted.attribution)
    _something_to_say(conversation)
    progress.update(bar, advance=1, description=steps[1])
    result = found.find(
        conversation, method=wanted.method, seed=wanted.seed, small_number=wanted.small_number
    )
    progress.update(bar, advance=1, description=steps[2])
    if wanted.json_file:
        saving.save(
            wanted.json_file, json.dumps(as_json.as_data(result), ensure_ascii=False, indent=1) + "\n"
        )
    if wanted.html_file:
        saving.save(wanted.html_file, page.as_html(result))
    lines = [*summary.lines(result)]
    progress.update(bar, advance=1)
    return [*lines, *([""] if wanted.files else []), *(f"Written: {file}" for file in wanted.files)]


def _something_to_say(conversation: "Conversation") -> None:
    if not conversation.votes.count:
        raise click.ClickException("There is not one vote in these files, so nothing can be said.")


def _steps(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
