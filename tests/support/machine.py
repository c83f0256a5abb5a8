"""System packages that the tests need: installed when that is allowed, else named plainly."""

import os
import shutil
import subprocess
import sys

from . import office, postgres

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser_program() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _has_postgres() -> bool:
    try:
        postgres.programs()
    except postgres.NotInstalled:
        return False
    return True


def prepare() -> list[str]:
    """Install what is missing; what cannot be installed comes back by its package's name."""
    missing = _missing()
    if missing and shutil.which("apt-get") and _may_install():
        print(f"Installing for the tests: {', '.join(missing)}", flush=True)
        _apt("update", "-qq")
        _apt("install", "-y", "-qq", "--no-install-recommends", *missing)
        missing = _missing()
    if missing:
        print(f"The tests need these system packages, and may not install them: {' '.join(missing)}\n"
              f"On Debian or Ubuntu: sudo apt-get install {' '.join(missing)}", file=sys.stderr)  # fmt: skip
    return missing


def _missing() -> list[str]:
    found = {"chromium": browser_program() is not None, "postgresql": _has_postgres()}
    missing = [name for name, there in found.items() if not there]
    return missing if office.is_installed() else [*missing, "libreoffice-writer", "python3-uno"]


def _sudo() -> list[str]:
    return [] if os.geteuid() == 0 else ["sudo", "-n"]


def _may_install() -> bool:
    if os.geteuid() == 0:
        return True
    return (
        bool(shutil.which("sudo"))
        and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    )


def _apt(*words: str) -> None:
    """The package must not start a server of its own, nor ask anything."""
    environment = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    subprocess.run([*_sudo(), *environment, "apt-get", *words], stdin=subprocess.DEVNULL, check=False)
