"""`boundary serve` as a process of its own, with its log to wait on."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any


class Served:
    """A running `boundary serve`, with the lines of its log."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []

    async def said(self, what: str) -> dict[str, Any]:
        """Wait for a line of the log that says `what`."""
        assert self.process.stderr
        async with asyncio.timeout(60):
            while raw := await self.process.stderr.readline():
                self.lines.append(raw.decode())
                if f'"what": "{what}"' in self.lines[-1]:
                    held: dict[str, Any] = json.loads(self.lines[-1])
                    return held
        raise AssertionError("".join(self.lines))

    async def ended(self, within: float = 30) -> int:
        """Wait until it has ended by itself; return its exit code."""
        assert self.process.stderr
        async with asyncio.timeout(within):
            self.lines += [raw.decode() async for raw in self.process.stderr]
            return await self.process.wait()


@asynccontextmanager
async def served(environment: dict[str, str]) -> AsyncIterator[Served]:
    """Start it in the folder PWD of `environment`; it is ended with the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "serve", env=environment, stderr=asyncio.subprocess.PIPE, cwd=environment["PWD"]
    )
    try:
        yield Served(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
