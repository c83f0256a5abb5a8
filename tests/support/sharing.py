"""Which tests stay together on one worker: those that share something dear, such as a seeded demo."""

import re
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = re.compile(r"/reliability/|accessibility/test_every_page|/journeys/|test_architecture")
# Made once for all of its files.
DEMO = "config/demo/tests/"


class Sharing(LoadScopeScheduling):
    """A file of these at a time, of the demo all files, the largest first; else test by test, to fill the gaps."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::")[0]
        if DEMO in file:
            return DEMO
        return file if TOGETHER.search(file) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    return Sharing(config, log)
