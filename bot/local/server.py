"""The local Slack as a process of ours: started on a free port, and gone when we are."""

import asyncio
import json
import re
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.local.obtain import UnavailableError

SECONDS_TO_START = 20
SECONDS_TO_END = 5
# What it tells clients to come back to; it listens on every address of the machine and has no setting for that.
HOST = "127.0.0.1"
_ADDRESS = re.compile(rb"Web UI:\s+(http://\S+)")


@dataclass(frozen=True)
class LocalSlack:
    """A running local Slack: where its page is, and a way to wait for its end."""

    url: str
    process: Process

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"


@asynccontextmanager
async def local_slack(program: Path, config: Mapping[str, Any]) -> AsyncIterator[LocalSlack]:
    """Run `program` with `config`; raise UnavailableError where it does not start."""
    with tempfile.TemporaryDirectory(prefix="local-slack-") as folder:
        path = Path(folder) / "workspace.json"
        path.write_text(json.dumps(config), "utf-8")
        process = await _start(program, path)
        try:
            yield LocalSlack(await _address(process), process)
        finally:
            await _end(process)


async def _start(program: Path, config: Path) -> Process:
    options = ["--config", str(config), "--port", "0", "--base-host", HOST, "--files-dir", str(config.parent / "files")]
    try:
        # A group of its own: Ctrl-C at the terminal is for us, and we end it when the app has said goodbye.
        return await asyncio.create_subprocess_exec(
            program, *options, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, process_group=0
        )
    except OSError as error:
        raise UnavailableError(f"it does not run here ({(error.strerror or 'unknown reason').lower()})") from None


async def _address(process: Process) -> str:
    assert process.stdout is not None
    try:
        async with asyncio.timeout(SECONDS_TO_START):
            async for line in process.stdout:
                if found := _ADDRESS.search(line):
                    return found[1].decode()
            raise UnavailableError(f"it ended at once with exit code {await process.wait()}")
    except TimeoutError:
        raise UnavailableError(f"it did not start within {SECONDS_TO_START} seconds") from None


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        # Reads what is left as well, so that a full pipe can't keep it from ending.
        await asyncio.wait_for(process.communicate(), SECONDS_TO_END)
    except TimeoutError:
        process.kill()
        await process.wait()
