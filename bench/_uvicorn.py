"""The same uvicorn for every hub that is compared: uvloop, httptools, no log of requests."""

import importlib
import resource
import sys

import uvicorn

if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    application = importlib.import_module(sys.argv[1]).application
    uvicorn.run(
        application, port=int(sys.argv[2]), log_level="error", access_log=False, backlog=4096, ws="none",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
