"""Signed slash commands against one `boundary serve` on loopback, with a stand-in for Slack that takes the answers: `make load`.

Prints what it measured and exits non-zero where a promise of the README is broken.
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.slack.person import FORM, SECRET, signed_headers  # noqa: E402 - a script finds its neighbours only now
from tests.slack.serving import Served, served  # noqa: E402

DRAFTS = (
    "check Hi Sam, since you're a friend I'll do it at half price, just don't mention it to the others.",
    "check Morning! Version three of the homepage is in the folder. Comments by Thursday, please.",
    "Hi Kim, here is the quote we talked about. " + "It covers the plan, the planting and the first visit. " * 12,
    "Can you lend me 500 until Friday? I'll take it off your invoice.",
)
MOST_REQUESTS, MOST_RATE = 50_000, 1_000
P99_MS, MOST_GROWTH_MB = 250, 25


@dataclass
class Measured:
    """What came of one run."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0
    memory: list[float] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        return sorted(self.milliseconds)[min(int(len(self.milliseconds) * share), len(self.milliseconds) - 1)]

    def line(self, name: str) -> str:
        return (
            f"{name}: {len(self.milliseconds):,} requests, {len(self.milliseconds) / self.seconds:.0f}/s, acknowledged in "
            f"p50 {self.quantile(0.5):.1f} ms, p99 {self.quantile(0.99):.1f} ms, worst {max(self.milliseconds):.1f} ms, {self.errors} errors"
        )


class Slack:
    """Takes answers and counts them."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: dict[str, int] = {}
        self._news = asyncio.Condition()

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_route("*", "/{kind}/{name}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    async def _answer(self, request: web.Request) -> web.Response:
        await request.read()
        kind, name = request.match_info["kind"], request.match_info["name"]
        called = name if kind == "api" else kind
        async with self._news:
            self.calls[called] = self.calls.get(called, 0) + 1
            self._news.notify_all()
        return web.json_response({"ok": True, "user_id": "UBOT", "bot_id": "B1", "team_id": "T1"})

    async def took(self, answers: int) -> None:
        """Wait until so many answers came, half a minute at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(30), self._news:
                await self._news.wait_for(lambda: self.calls.get("response", 0) >= answers)


class Client:
    """Sends what Slack would."""

    def __init__(self, session: aiohttp.ClientSession, port: int, slack: Slack) -> None:
        self._session, self._slack = session, slack
        self._url = f"http://127.0.0.1:{port}/slack/events"

    async def send(self, number: int, measured: Measured) -> None:
        """Send one command; note how long the acknowledgement took."""
        form = {
            "command": "/boundary",
            "text": DRAFTS[number % len(DRAFTS)],
            "user_id": f"U{number % 200}",
            "team_id": "T1",
            "channel_id": "C1",
            "trigger_id": f"t{number}",
            "response_url": f"{self._slack.url}/response/{number}",
        }
        body = urlencode(form)
        started = time.perf_counter()
        try:
            async with self._session.post(
                self._url, data=body, headers=signed_headers(body) | {"content-type": FORM}
            ) as answer:
                await answer.read()
                measured.errors += answer.status != 200
        except aiohttp.ClientError:
            measured.errors += 1
        measured.milliseconds.append((time.perf_counter() - started) * 1_000)


async def paced(client: Client, pid: int, requests: int, rate: float) -> Measured:
    """Send `requests` at `rate` a second, whether or not the app keeps up."""
    measured, tasks, started = Measured(), set[asyncio.Task[None]](), time.perf_counter()
    for number in range(requests):
        await asyncio.sleep(max(started + number / rate - time.perf_counter(), 0))
        task = asyncio.create_task(client.send(number, measured))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        if number % max(requests // 10, 1) == 0:
            measured.memory.append(memory_mb(pid))
    await asyncio.gather(*tasks)
    measured.seconds = time.perf_counter() - started
    measured.memory.append(memory_mb(pid))
    return measured


async def flat_out(client: Client, requests: int, at_once: int) -> Measured:
    """Send `requests`, `at_once` at any time, as fast as they are acknowledged."""
    measured, numbers, started = Measured(), iter(range(10**6, 10**6 + requests)), time.perf_counter()

    async def sender() -> None:
        for number in numbers:
            await client.send(number, measured)

    await asyncio.gather(*(sender() for _ in range(at_once)))
    measured.seconds = time.perf_counter() - started
    return measured


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process, in megabytes."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1_000


async def run(requests: int, rate: float) -> int:
    """Measure, print, and return the exit code."""
    slack = Slack()
    runner = await slack.start()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": folder,
            "PWD": folder,
            "DATABASE_URL": f"sqlite:///{folder}/load.db",
            "SLACK_API_URL": f"{slack.url}/api/",
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": SECRET,
            "PORT": "0",
        }
        async with served(environment) as app:
            code = await measure(app, slack, requests, rate)
    await runner.cleanup()
    return code


async def measure(app: Served, slack: Slack, requests: int, rate: float) -> int:
    """Run both ways against `app`, tell, and judge."""
    port, pid = (await app.said("listening"))["port"], app.process.pid
    reading = asyncio.create_task(app.ended(within=3_600))  # a log that nobody reads would fill its pipe
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        client = Client(session, port, slack)
        start = memory_mb(pid)
        first = await flat_out(client, 200, 4)  # the first requests fill what is filled once
        steady = await paced(client, pid, requests, rate)
        await slack.took(len(first.milliseconds) + len(steady.milliseconds))
        steady.memory.append(memory_mb(pid))
        print(steady.line(f"paced at {rate:.0f}/s"))
        print("memory (MB): start", f"{start:.0f};", "then", ", ".join(f"{mb:.0f}" for mb in steady.memory))
        fast = await flat_out(client, min(requests, 3_000), 16)
        print(fast.line("16 at a time"))
    app.process.terminate()
    code = await reading
    answered = slack.calls.get("response", 0)
    print(
        f"answers that reached Slack: {answered:,}; auth.test asked {slack.calls.get('auth.test', 0)} times; exit code {code}"
    )
    runs = (first, steady, fast)
    growth = steady.memory[-1] - steady.memory[len(steady.memory) // 2]
    print(f"memory over the second half: {growth:+.1f} MB")
    promises = {
        f"p99 <= {P99_MS} ms": steady.quantile(0.99) <= P99_MS,
        "no error": sum(m.errors for m in runs) == 0,
        "every request answered": answered == sum(len(m.milliseconds) for m in runs),
        "memory flat": growth <= MOST_GROWTH_MB * len(steady.milliseconds) / 20_000 + 2,
        "clean exit": code == 0,
    }
    broken = [promise for promise, kept in promises.items() if not kept]
    print("all promises kept" if not broken else f"broken: {', '.join(broken)}")
    return len(broken)


def main() -> None:
    """Read the bounds and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--rate", type=float, default=100)
    asked = parser.parse_args()
    sys.exit(asyncio.run(run(min(asked.requests, MOST_REQUESTS), min(asked.rate, MOST_RATE))))


if __name__ == "__main__":
    main()
