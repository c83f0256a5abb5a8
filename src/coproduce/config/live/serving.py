"""One uvicorn process in front of it all, which ends its streams when it is told to stop."""

import logging
import os
import socket
import sys

import uvicorn

from .hub import Hub
from .streams import Application

# Longer than a phone waits between two answers: a socket closed under it costs a request.
KEEP_ALIVE_SECONDS = 75
# A phone that went out of reach acknowledges nothing; the kernel would keep its stream for a quarter of an hour.
UNANSWERED_MILLISECONDS = 60_000
# A thread that holds a lock of the database takes its turn again after each answer from there, and everybody waits
# for that lock. With Python's own five milliseconds a turn costs more than the work that is done in it.
SWITCH_SECONDS = 0.000_5


def hub_from_environment() -> Hub:
    """A hub with the limits of this installation; a hall full of phones may share one address."""
    return Hub(
        most_per_topic=int(os.environ.get("COPRODUCE_STREAMS_PER_TOPIC", "5000")),
        most_per_address=int(os.environ.get("COPRODUCE_STREAMS_PER_ADDRESS", "2000")),
    )


def serve(application: Application, hub: Hub, *, host: str, port: int) -> None:
    """Serve until stopped."""
    allow_many_sockets()
    sys.setswitchinterval(SWITCH_SECONDS)
    config = uvicorn.Config(
        application, host=host, port=port, timeout_keep_alive=KEEP_ALIVE_SECONDS, log_level=logging.WARNING,
        access_log=False, lifespan="on", server_header=False, backlog=4096, ws="none",
    )  # fmt: skip
    door = config.bind_socket()
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNANSWERED_MILLISECONDS)
    Server(config, hub).run(sockets=[door])


class Server(uvicorn.Server):
    """uvicorn waits for every answer to end, and a stream does not end by itself."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._hub.end()
        await super().shutdown(sockets)


def allow_many_sockets() -> None:
    """Each stream is an open file: take as many as the system allows."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
