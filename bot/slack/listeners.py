"""All listeners of the app, in one list."""

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
    desk.running.watch(app)
