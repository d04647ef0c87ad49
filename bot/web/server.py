"""The HTTP server: listens until it is told to stop, and ends without dropping a request that it took."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from socket import AF_INET, AF_INET6, create_server, socket

import uvicorn
from starlette.applications import Starlette

from bot.slack.running import SETTLE_SECONDS

log = logging.getLogger(__name__)


class NoAddressError(Exception):
    """There is no listening where we were told to; the message says why."""


class Server(uvicorn.Server):
    """Uvicorn that leaves signals to its owner: its own handling ends the process before accepted work is done."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin to listen, and say where: with port 0 the system picks one."""
        await super().startup(sockets)
        for listening in sockets or ():
            log.info("listening", extra={"port": listening.getsockname()[1]})


async def listen(web: Starlette, host: str, port: int) -> None:
    """Serve `web` until it is cancelled; raise NoAddressError where it can't listen there."""
    config = uvicorn.Config(web, log_config=None, access_log=False, timeout_graceful_shutdown=SETTLE_SECONDS)
    server = Server(config)
    try:
        address = create_server((host, port), family=AF_INET6 if ":" in host else AF_INET, backlog=config.backlog)
    except OSError as error:
        raise NoAddressError(f"can't listen on {host}:{port}: {(error.strerror or 'unknown reason').lower()}") from None
    serving = asyncio.create_task(server.serve([address]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
