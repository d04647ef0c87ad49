"""The HTTP server: listens until it is told to stop, and ends without dropping a request that it took."""

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from socket import socket

import uvicorn
from starlette.applications import Starlette

from bot.slack.running import SETTLE_SECONDS

log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """Uvicorn that leaves signals to its owner: its own handling ends the process before accepted work is done."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Begin to listen, and say where: with port 0 the system picks one."""
        await super().startup(sockets)
        for listening in (s for server in self.servers for s in server.sockets):
            log.info("listening", extra={"port": listening.getsockname()[1]})


async def listen(web: Starlette, host: str, port: int, stopped: asyncio.Event) -> None:
    """Serve `web` until `stopped`; requests that were taken are answered first."""
    config = uvicorn.Config(
        web, host=host, port=port, log_config=None, access_log=False, timeout_graceful_shutdown=SETTLE_SECONDS
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    waiting.cancel()
    await serving
