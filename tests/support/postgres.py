"""A real PostgreSQL cluster of our own: own folder, own port, own password, gone when the run ends."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

USER = "coproduce"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "log_min_messages": "warning",
    "timezone": "UTC",
}


class NotInstalled(RuntimeError):
    """PostgreSQL's server programs are not on this machine."""


@dataclass(frozen=True)
class Cluster:
    folder: Path
    port: int
    password: str
    process: "subprocess.Popen[bytes]"

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database and give its address."""
        import psycopg

        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"')  # type: ignore[call-overload]
        return self.url(database)

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def programs() -> Path:
    """The folder that holds initdb and postgres, the newest if there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise NotInstalled("PostgreSQL is not installed here. On Debian or Ubuntu: apt-get install postgresql")


def start(folder: Path, **settings: str) -> Cluster:
    """Make a cluster in a new folder and wait until it answers; `settings` are PostgreSQL's own."""
    folder.mkdir(mode=0o700)
    password = secrets.token_urlsafe(18)
    (folder / "password").write_text(password)
    _give_to_its_user(folder)
    subprocess.run(
        [*_as_its_user(), programs() / "initdb", "--pgdata", folder / "data", "--username", USER,
         "--pwfile", folder / "password", "--auth", "scram-sha-256", "--data-checksums",
         "--encoding", "UTF8", "--locale", "C.UTF-8"],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip
    port = free_port()
    process = _serve(folder, port, settings)
    cluster = Cluster(folder, port, password, process)
    _wait_until_it_answers(cluster)
    return cluster


def _serve(folder: Path, port: int, settings: dict[str, str]) -> "subprocess.Popen[bytes]":
    options = {**SETTINGS, **settings, "port": str(port), "unix_socket_directories": str(folder)}
    given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*_as_its_user(), programs() / "postgres", "-D", folder / "data", *given],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder, start_new_session=True,
        )  # fmt: skip


def _wait_until_it_answers(cluster: Cluster) -> None:
    import psycopg

    deadline = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(cluster.url(), connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if cluster.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start:\n{cluster.log()}") from None
            time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _its_user() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def _as_its_user() -> list[str]:
    """PostgreSQL refuses to run as root; and it must not outlive tests that were killed."""
    tied = ["setpriv", "--pdeathsig", "INT"] if shutil.which("setpriv") else []
    if os.geteuid() != 0:
        return [*tied, "--"] if tied else []
    group = str(pwd.getpwnam(_its_user()).pw_gid)
    return ["setpriv", f"--reuid={_its_user()}", f"--regid={group}", "--clear-groups", *tied[1:], "--"]


def _give_to_its_user(folder: Path) -> None:
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, _its_user())
