"""The command line: an interface that others script against. Django is set up only once its folder is known."""

import json
import os
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from rich.console import Console

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="The data folder (default: COPRODUCE_HOME, or .coproduce in your home folder).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
_OUT = click.Path(path_type=Path, dir_okay=False)
console = Console(stderr=True)


@click.group()
@click.version_option(package_name="coproduce")
def main() -> None:
    """Coproduce: the system of record for co-production in public services."""


@main.command()
@home_option
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--reset", is_flag=True, help="Throw the demo's data away and make it again.")
def demo(home: Path | None, port: int, no_browser: bool, reset: bool) -> None:
    """Serve the example project “Home After Hospital”. Sends nothing to anybody."""
    from . import serving

    folder = (home or Path.home() / ".coproduce-demo").absolute()
    if reset or serving.demo_is_half_made(folder):
        serving.forget_demo(folder)
    prepare(folder, demo=True)
    from .demo import seed

    serving.migrate(say)
    if seed.make(say):
        say("The example project is ready.")
    serving.live_in_the_demos_time(folder)
    serving.run(port=port, path="/", open_browser=not no_browser, say=say)


@main.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def serve(home: Path | None, host: str, port: int, no_browser: bool) -> None:
    """Serve this installation. The first run prints a link that makes you its administrator."""
    prepare(home)
    from . import serving

    serving.refuse_open_door(host)
    serving.migrate(say)
    path = serving.claim_path() or "/"
    if path != "/":
        say(f"Nobody looks after this installation yet. Open this link once: http://{host}:{port}{path}")
    serving.run(host=host, port=port, path=path, open_browser=not no_browser, say=say)


@main.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8001, show_default=True)
def hub(home: Path | None, host: str, port: int) -> None:
    """Serve only the streams of live pages, beside any number of web processes on PostgreSQL."""
    prepare(home)
    from . import serving

    serving.run_hub(host=host, port=port, say=say)


@main.command()
@home_option
def worker(home: Path | None) -> None:
    """Do only what is due: for an installation whose web processes run with COPRODUCE_WORKER=off."""
    prepare(home)
    from . import worker as task_worker

    task_worker.run_alone(say)


@main.group(name="import")
def import_() -> None:
    """Bring documents and their history in."""


@import_.command(name="history")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@home_option
@json_option
def import_history(folder: Path, home: Path | None, as_json: bool) -> None:
    """Import the dated versions of one document from FOLDER. Prints the project's id."""
    prepare(home)
    from django.db import transaction

    from coproduce.capabilities.accounts.operations import command_line
    from coproduce.capabilities.drafting.operations.folders import BadFolder
    from coproduce.capabilities.drafting.operations.history import import_history as bring_in

    from . import serving

    serving.migrate(say)
    try:
        with transaction.atomic():
            project_id = bring_in(by=command_line(), folder=folder)
    except BadFolder as bad:
        raise click.ClickException(str(bad)) from None
    tell({"project": str(project_id)} if as_json else str(project_id))


@import_.command(name="suggestions")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--base",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The text that all of them started from.",
)
@home_option
@json_option
def import_suggestions(folder: Path, base: Path, home: Path | None, as_json: bool) -> None:
    """Import what people made of one text: the edited texts in FOLDER, and who wrote each, when, in one CSV file.

    Each text becomes small suggestions. Prints the project's id.
    """
    prepare(home)
    from django.db import transaction

    from coproduce.capabilities.accounts.operations import command_line
    from coproduce.capabilities.drafting.operations.folders import BadFolder
    from coproduce.capabilities.drafting.operations.gathering import import_suggestions as bring_in

    from . import serving

    serving.migrate(say)
    try:
        with transaction.atomic():
            found = bring_in(by=command_line(), folder=folder, base=base)
    except BadFolder as bad:
        raise click.ClickException(str(bad)) from None
    refs = [one.ref for one in found.suggestions]
    say(f"Suggestions in this folder: {len(refs)}. Pairs of open ones that overlap: {len(found.overlaps)}.")
    answer = {"project": str(found.project_id), "suggestions": refs, "overlaps": found.overlaps}
    tell(answer if as_json else answer["project"])


@import_.command(name="votes")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--project", type=click.UUID, help="The project to bring them into (default: one of their own)."
)
@click.option(
    "--by", "email", help="With --project: the e-mail address of a facilitator of it, who answers for this."
)
@click.option(
    "--groups",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV file participant,group, in place of the folder's groups.csv.",
)
@home_option
@json_option
def import_votes(
    folder: Path,
    project: UUID | None,
    email: str | None,
    groups: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """Import the votes in FOLDER, a set of files as Polis exports it, as a closed ballot. Prints its id."""
    prepare(home)
    from django.db import transaction

    from coproduce.core.access import NotThere
    from coproduce.core.findings import Refused
    from coproduce.outward.vote_files.bringing import import_votes as bring_in
    from coproduce_engine.opinion.polis_files import BadFile

    from . import serving

    serving.migrate(say)
    if project:
        _known(project)
    try:
        with transaction.atomic():
            made = bring_in(by=_who(project, email), folder=folder, project_id=project, groups=groups)
    except NotThere:
        raise click.ClickException("Only a facilitator of the project can bring votes into it.") from None
    except (BadFile, Refused) as bad:
        raise click.ClickException(str(bad)) from None
    for note in made.notes:
        say(note)
    tell({"project": str(made.project_id), "ballot": str(made.ballot_id)} if as_json else str(made.ballot_id))


@main.group()
def export() -> None:
    """Take the record, the texts or the votes out."""


@export.command(name="record")
@click.argument("project", type=click.UUID)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@home_option
@json_option
def export_record(project: UUID, file: Path, home: Path | None, as_json: bool) -> None:
    """Write the whole dated story of PROJECT to FILE, a pack that opens in any browser."""
    prepare(home)
    from coproduce.outward.exports.record import export_record as write

    _known(project)
    write(project, file)
    tell({"file": str(file)} if as_json else f"Written: {file}")


@export.command(name="versions")
@click.argument("project", type=click.UUID)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@home_option
@json_option
def export_versions(project: UUID, folder: Path, home: Path | None, as_json: bool) -> None:
    """Write the text of each version of PROJECT's documents to FOLDER, in order."""
    prepare(home)
    from coproduce.capabilities.drafting.operations.exporting import export_versions as write

    _known(project)
    written = [str(file) for file in write(project, folder)]
    tell({"files": written} if as_json else f"Versions written: {len(written)}")


@export.command(name="votes")
@click.argument("project", type=click.UUID)
@click.argument("ballot", type=click.UUID)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@home_option
@json_option
def export_votes(project: UUID, ballot: UUID, folder: Path, home: Path | None, as_json: bool) -> None:
    """Write the votes of a closed BALLOT of PROJECT to FOLDER, as CSV files for other programs. They name nobody."""
    prepare(home)
    from coproduce.core.access import NotThere
    from coproduce.outward.vote_files.taking import write_votes

    try:
        written = [str(file) for file in write_votes(project, ballot, folder)]
    except NotThere:
        raise click.ClickException(f"There is no closed ballot {ballot} in the project {project}.") from None
    except FileExistsError as there:
        raise click.ClickException(str(there)) from None
    tell({"files": written} if as_json else f"Files written: {len(written)}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--groups",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A CSV file participant,group: which stakeholder group each person belongs to.",
)
@click.option("--json", "json_file", type=_OUT, help="Write all results for other programs to this file.")
@click.option("--html", "html_file", type=_OUT, help="Write a report of one page to this file.")
@click.option(
    "--method",
    type=click.Choice(["available-case", "polis"]),
    default="available-case",
    show_default=True,
    help="How the votes that are missing are dealt with; “polis” as Polis does it.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Fixes all that is drawn."
)
@click.option(
    "--small-number",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="Nothing of a group with fewer people is shown by itself.",
)
@click.option(
    "--attribution", default="", help="What whoever shows these data must say; printed in the report."
)
@click.option("--overwrite", is_flag=True, help="Write over files that are there.")
def analyse(
    folder: Path,
    groups: Path | None,
    json_file: Path | None,
    html_file: Path | None,
    method: str,
    seed: int,
    small_number: int,
    attribution: str,
    overwrite: bool,
) -> None:
    """Say what people agree on: the votes in FOLDER, a set of files as Polis exports it.

    Needs no project and no data folder. Prints a summary; writes nothing but the files that you name.
    """
    from .analysing import Wanted, run

    wanted = Wanted(folder, groups, json_file, html_file, method, seed, small_number, attribution, overwrite)
    for line in run(wanted, console):
        tell(line)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def verify(file: Path, as_json: bool) -> None:
    """Check a record. Needs no database. Exits with 0 whole, 1 broken, 2 not a record."""
    from coproduce.outward.exports.verify import run_verify

    report = run_verify(file)
    if as_json:
        tell(report.as_json())
    else:
        tell(report.summary)
        for problem in report.problems:
            tell(f"{problem.where}: {problem.what}")
    sys.exit(report.exit_code)


@main.command()
@home_option
def backup(home: Path | None) -> None:
    """Copy the database to a dated file and check the copy."""
    prepare(home)
    from .backup import BackupRefused
    from .backup import backup as copy

    try:
        tell(f"Checked copy: {copy(_home())}")
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@home_option
@click.confirmation_option(prompt="This puts the copy in the place of today's database. Go on?")
def restore(file: Path, home: Path | None) -> None:
    """Put a checked copy back. Today's database is kept beside it."""
    prepare(home)
    from .backup import BackupRefused
    from .backup import restore as put_back

    try:
        put_back(file, _home())
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    tell("Restored. Start the server again.")


@main.command()
@home_option
def doctor(home: Path | None) -> None:
    """Check the database, its settings and the ledger, and say what to do next."""
    prepare(home)
    from .health import doctor as examine

    healthy = True
    for well, sentence in examine():
        healthy = healthy and well
        tell(f"{'Good' if well else 'BAD '}  {sentence}")
    sys.exit(0 if healthy else 1)


@main.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's own commands."""
    prepare(None)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["coproduce manage", *arguments])


def prepare(home: Path | None, *, demo: bool = False) -> None:
    """Say where the data lies, then set Django up."""
    if home is not None:
        os.environ["COPRODUCE_HOME"] = str(home.absolute())
    if demo:
        os.environ["COPRODUCE_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()


def say(words: str) -> None:
    """Progress, on standard error, so that standard output holds only the answer."""
    console.print(words, markup=False, highlight=False, soft_wrap=True)


def tell(answer: Any) -> None:
    click.echo(answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False))


def _home() -> Path:
    from django.conf import settings

    return Path(settings.COPRODUCE_HOME)


def _who(project: UUID | None, email: str | None) -> Any:
    """In a project of its own the command line leads; in another one somebody answers for it."""
    from coproduce.capabilities.accounts import operations, queries

    if project is None:
        return operations.command_line()
    person = queries.person_by_email(email) if email else None
    if person is None:
        raise click.ClickException("Say with --by which facilitator of the project brings the votes in.")
    return person


def _known(project: UUID) -> None:
    from coproduce.capabilities.projects.queries import project_exists

    if not project_exists(project):
        raise click.ClickException(f"There is no project {project} in this data folder.")
