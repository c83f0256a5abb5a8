"""An empty installation to measure in, and the two ways to measure: processor time and the clock on the wall."""

import statistics
import time
from collections.abc import Callable


def set_up() -> None:
    """Call first: Django with an empty, migrated database in this run's own folder."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def processor_ms(work: Callable[[], object], times: int = 9) -> float:
    """Milliseconds of processor time that the work takes, the middle of several runs after a warm-up."""
    return _middle(work, times, time.process_time)


def wall_ms(work: Callable[[], object], times: int = 9) -> float:
    """Milliseconds that somebody waits, the middle of several runs after a warm-up."""
    return _middle(work, times, time.perf_counter)


def figure(words: str, value: float, unit: str = "ms") -> None:
    print(f"  {words:<70} {value:>9,.1f} {unit}", flush=True)


def _middle(work: Callable[[], object], times: int, clock: Callable[[], float]) -> float:
    work()
    taken = []
    for _ in range(times):
        started = clock()
        work()
        taken.append((clock() - started) * 1000)
    return statistics.median(taken)
