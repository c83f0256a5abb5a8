"""Which tests stay together on one worker: those that share something dear, such as a seeded demo."""

import re
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = re.compile(
    r"config/demo/tests/|/reliability/|accessibility/test_every_page|/journeys/|test_architecture"
)


class Sharing(LoadScopeScheduling):
    """A file of these at a time, the largest first; everything else test by test, to fill the gaps."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        return file if TOGETHER.search(file) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    return Sharing(config, log)
