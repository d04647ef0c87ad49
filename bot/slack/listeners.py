"""All listeners of the app, in one list."""

import asyncio

from slack_bolt.async_app import AsyncApp

from bot.slack import errors
from bot.slack.answering import Answering
from bot.slack.command import BoundaryCommand
from bot.slack.desk import Desk
from bot.slack.direct import DirectMessages
from bot.slack.door import DraftModal
from bot.slack.feedback import Feedback
from bot.slack.home import Home
from bot.slack.reminding import Reminding
from bot.slack.subscribing import Subscribing

SECONDS_TO_END = 5


def register(app: AsyncApp, desk: Desk) -> None:
    """Tell `app` about every door, and about the one error handler."""
    modal, home = DraftModal(desk), Home(desk)
    for listener in (
        modal,
        BoundaryCommand(desk, modal),
        DirectMessages(desk),
        home,
        Feedback(desk),
        Subscribing(desk, home),
        Answering(desk),
        Reminding(desk),
    ):
        listener.register(app)
    errors.register(app)


async def listeners_ended() -> None:
    """Wait a few seconds for the listeners at work: Bolt starts each as a task of its own and keeps none of them."""
    ours = "run_ack_function_asynchronously"
    tasks = {task for task in asyncio.all_tasks() if ours in getattr(task.get_coro(), "__qualname__", "")}
    if tasks:
        await asyncio.wait(tasks, timeout=SECONDS_TO_END)
