"""What the figures of a round cost: memory of the libraries, processor time of the tests on the summary page."""

import subprocess
import sys
from functools import partial

import numpy as np

from bench._house import figure, processor_ms
from coproduce_engine.shift import mean_shift
from coproduce_engine.spread import spread_change

TOLD = "; print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS')))"
LIBRARIES = (("Python alone", "pass"), ("with NumPy", "import numpy"), ("with SciPy", "import scipy.stats"))


def main() -> None:
    for words, loaded in LIBRARIES:
        done = subprocess.run(
            [sys.executable, "-c", loaded + TOLD], capture_output=True, text=True, check=True
        )
        figure(f"memory, {words}", int(done.stdout) / 1024, "MiB")
    for people in (8, 16, 24, 200, 5_000):
        _tests_of(people)


def _tests_of(people: int) -> None:
    chance = np.random.default_rng(1)
    before = chance.integers(-3, 4, people)
    after = np.clip(before + chance.integers(-1, 2, people), -3, 3)
    for words, test in (("spread", spread_change), ("mean move", mean_shift)):
        figure(
            f"{words}: test and interval, {people} people", processor_ms(partial(test, before, after, seed=1))
        )


if __name__ == "__main__":
    main()
