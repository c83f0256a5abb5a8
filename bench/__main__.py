"""Runs each bench/<name>.py in a process and a data folder of its own; its printed lines are the figures."""

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> int:
    names = [path.stem for path in sorted(HERE.glob("*.py")) if not path.stem.startswith("_")]
    unknown = set(wanted) - set(names)
    if unknown:
        print(f"No such measurement: {', '.join(sorted(unknown))}. There are: {', '.join(names) or 'none'}")
        return 2
    print(f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} processors")
    return max((_measure(name) for name in names if not wanted or name in wanted), default=0)


def _measure(name: str) -> int:
    print(f"\n{name}", flush=True)
    with tempfile.TemporaryDirectory(prefix="coproduce-bench-") as home:
        environment = {
            **os.environ,
            "COPRODUCE_HOME": home,
            "DJANGO_SETTINGS_MODULE": "coproduce.config.settings",
        }
        return subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, env=environment
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
