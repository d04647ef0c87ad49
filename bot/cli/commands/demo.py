"""`boundary demo`: the app in a Slack on this machine, to click through or as a tour; without one, reviews at the terminal."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.at_terminal import show_drafts
from bot.cli.inputs import Folders, fail, forget_proxies, open_coach, read_settings
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.local.passing import LocalWorkspace
    from bot.local.tour import Scene

FETCHING = "Getting the local Slack from npm, once (90 MB on disk) ..."
WITHOUT = "No local Slack, since {reason}; so here are reviews at the terminal.\n"
WELCOME = """
Boundary Coach is at work in a Slack of your own:  {url}

  1. Open that page. You are Ana, a designer ("Act as", top right); Sam, friend and client, reads #menu-with-sam too.
  2. There, type   /boundary check {draft}
     Only you see the answer. Press [Use this wording]: a window opens with the new draft; [Check again] reviews it.
  3. Type   /boundary   alone for an empty window, and   /boundary help   for the rest.
  4. Under Direct messages, Ana Costa is the talk between you and the app: paste any draft, and open the thread.
  5. Under Apps, Boundary Coach is its Home: tip of the week, what it looks for, preferences.
  6. Type   /boundary tips   and choose a day and time, or   /boundary remind ring Sam tomorrow 9:00 ; then press Enter
     here: time moves on to what is due next, and it arrives under Direct messages. Again for the one after that.

Unlike in Slack: there are no message shortcuts; buttons inside a window do nothing; whoever you act as sees your answers;
the window of the weekly tip shows no menus for time and zone, and takes 9:00 in Lisbon.
The page asks for no password and listens on every address of this machine. Ctrl-C ends it, and nothing is kept.
"""
NOTHING_DUE = "Nothing is due: type   /boundary tips   in the local Slack first."
NOW_IT_IS = "Now it is {now:%A %d %B %Y, %H:%M} UTC in there."
DONE = "\nThe tour got all that it should. At a terminal, boundary demo lets you click through the same Slack yourself."


def command(
    playbooks: Folders = None,
    terminal: Annotated[
        bool, typer.Option("--terminal", help="Only show reviews of a few bundled drafts, without a Slack.")
    ] = False,
) -> None:
    """Run the app in a Slack on this machine until Ctrl-C; without a terminal, or with CI=true, drive a tour through it."""
    if terminal:
        show_drafts(open_coach(playbooks))
        return
    from bot.local.obtain import UnavailableError

    coach, settings = open_coach(playbooks), read_settings()
    try:
        _run(replace(settings, playbooks=(*settings.playbooks, *(playbooks or ()))))
    except UnavailableError as reason:
        typer.echo(WITHOUT.format(reason=reason), err=True)
        show_drafts(coach)


def _run(settings: Settings) -> None:
    from bot.app import until_stopped
    from bot.logs import set_up

    program = _program(settings)
    forget_proxies()
    set_up("WARNING")
    is_watched = not settings.ci and sys.stdin.isatty() and sys.stdout.isatty()
    stopped = asyncio.run(until_stopped(_demo(settings, program, is_watched)))
    if stopped and not is_watched:
        raise fail("told to stop before the tour was over")
    if stopped:
        typer.echo("\nEnded; nothing was kept.")


def _program(settings: Settings) -> Path:
    import platform

    from bot.local.obtain import UnavailableError, fetch, held, package_for

    package = package_for(platform.system(), platform.machine())
    if settings.cache is None:
        raise UnavailableError("there is no folder to keep it in (neither HOME nor XDG_CACHE_HOME is set)")
    program = held(settings.cache, package)
    if program is None:
        typer.echo(FETCHING, err=True)
        program = fetch(settings.cache, package)
    return program


async def _demo(settings: Settings, program: Path, is_watched: bool) -> None:
    from bot.app import local_workspace
    from bot.local.tour import DRAFT

    async with local_workspace(settings, program) as local:
        if not is_watched:
            await _show_tour(local)
            return
        typer.echo(WELCOME.format(url=local.slack.url, draft=DRAFT))
        async with _time_moved_by_enter(local):
            raise fail(f"the local Slack ended by itself, with exit code {await local.slack.process.wait()}")


@asynccontextmanager
async def _time_moved_by_enter(local: "LocalWorkspace") -> AsyncIterator[None]:
    """Move time on to what is due next whenever Enter is pressed."""
    loop, pressed = asyncio.get_running_loop(), asyncio.Event()

    def read() -> None:
        if os.read(sys.stdin.fileno(), 1_024):
            pressed.set()
        else:
            loop.remove_reader(sys.stdin)  # the terminal is gone

    loop.add_reader(sys.stdin, read)
    moving = asyncio.create_task(_move_on(local, pressed))
    try:
        yield
    finally:
        loop.remove_reader(sys.stdin)
        moving.cancel()
        await asyncio.wait({moving})


async def _move_on(local: "LocalWorkspace", pressed: asyncio.Event) -> None:
    while True:
        await pressed.wait()
        pressed.clear()
        due = await local.move_on()
        typer.echo(NOTHING_DUE if due is None else NOW_IT_IS.format(now=local.utc_now()))


async def _show_tour(local: "LocalWorkspace") -> None:
    from bot.local.page import NotSeenError, opened_page
    from bot.local.tour import tour
    from bot.local.workspace import ANA

    async with opened_page(local.slack.url, ANA) as page:
        try:
            await page.sees_app_online()
            async for scene in tour(page, local.move_on):
                _show(scene)
        except NotSeenError as error:
            raise fail(f"the tour stopped: {error}") from None
    typer.echo(DONE)


def _show(scene: "Scene") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    console.print(Rule(scene.title, style="dim"))
    console.print(Text.assemble(("Ana: ", "bold"), scene.did))
    console.print(Text(f"{scene.who}:", style="bold"))
    console.print(Padding(Text("\n".join(scene.came)), (0, 0, 1, 2)))
