"""Starting the embedded server: migrate, then one uvicorn process with the hub and Django on threads."""

import os
import secrets
import shutil
import socket
import threading
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from coproduce.core import clock

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
Say = Callable[[str], None]


# The day after the example's sign-off: what the story promised for later has not been missed yet.
DEMO_DAY = datetime(2025, 10, 16, 9, tzinfo=UTC)
DEMO_MARK = "demo-began"
# Lies in the data folder while the story is being told; a demo that was stopped half made is made anew.
UNFINISHED = "demo-unfinished"


def demo_is_half_made(folder: Path) -> bool:
    return (folder / UNFINISHED).exists()


def forget_demo(folder: Path) -> None:
    """Remove the demo's data folder, and nothing that is not one."""
    is_demo = (folder / DEMO_MARK).exists() or demo_is_half_made(folder)
    if folder.exists() and not is_demo and any(folder.iterdir()):
        raise click.ClickException(f"{folder} does not hold the demo. Nothing was removed.")
    shutil.rmtree(folder, ignore_errors=True)


def live_in_the_demos_time(folder: Path) -> None:
    """Time goes on from the day after the sign-off, counted from when the demo was made."""
    mark = folder / DEMO_MARK
    if not mark.exists():
        mark.write_text(datetime.now(UTC).isoformat())
    clock.shift_to(DEMO_DAY + (datetime.now(UTC) - datetime.fromisoformat(mark.read_text())))


def migrate(say: Say) -> None:
    """Bring the database up to this version, after a checked copy of what is there."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not pending:
        return
    if executor.loader.applied_migrations:
        _copy_first(say)
    call_command("migrate", interactive=False, verbosity=0)
    say("The database is up to date.")


def _copy_first(say: Say) -> None:
    from django.conf import settings

    from .backup import backup

    say(f"Checked copy before the change: {backup(Path(settings.COPRODUCE_HOME))}")


def refuse_open_door(host: str) -> None:
    """A public address needs the names that the installation answers to."""
    if host not in LOOPBACK and not os.environ.get("COPRODUCE_HOSTS"):
        raise click.ClickException(
            "To serve on a public address, set COPRODUCE_HOSTS to the names people will use, for example "
            "COPRODUCE_HOSTS=coproduce.example.org, and COPRODUCE_HTTPS=1 behind an HTTPS proxy."
        )


def claim_path() -> str:
    """The address that claims this installation once, or nothing when it is claimed."""
    from coproduce.capabilities.accounts.queries import is_claimed
    from coproduce.capabilities.accounts.views import claim_file

    if is_claimed():
        return ""
    if not claim_file().exists():
        claim_file().touch(mode=0o600)
        claim_file().write_text(secrets.token_urlsafe(24))
    return f"/claim/{claim_file().read_text().strip()}/"


def run(*, port: int, path: str, open_browser: bool, say: Say, host: str = "127.0.0.1") -> None:
    """Serve until stopped: pages, and the streams of open pages."""
    _refuse_taken_port(host, port)
    from . import worker
    from .asgi import application, hub
    from .live.notices import Listener, is_postgresql
    from .live.serving import serve

    address = f"http://{host}:{port}/"
    say(f"Coproduce is at {address}  (stop with Ctrl+C)")
    if open_browser:
        threading.Timer(1, webbrowser.open, [f"http://{host}:{port}{path}"]).start()
    if is_postgresql():
        Listener(hub).start()
    worker.start()
    serve(application, hub, host=host, port=port)


def run_hub(*, host: str, port: int, say: Say) -> None:
    """Serve only the streams, fed by the database, in front of any number of web processes."""
    _refuse_taken_port(host, port)
    from .live.notices import Listener, is_postgresql
    from .live.serving import hub_from_environment, serve
    from .live.streams import Streams, not_there

    if not is_postgresql():
        raise click.ClickException(
            "A hub in a process of its own needs PostgreSQL, which carries what is new between the processes. "
            "With SQLite, `coproduce serve` has the hub in it."
        )
    say(f"The hub is at http://{host}:{port}/live/stream/  (stop with Ctrl+C)")
    hub = hub_from_environment()
    Listener(hub).start()
    serve(Streams(hub, not_there), hub, host=host, port=port)


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise click.ClickException(f"Port {port} is in use. Choose another with --port.") from None
