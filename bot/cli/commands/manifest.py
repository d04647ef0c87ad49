"""`boundary manifest`: the app's manifest, ready to paste where Slack creates apps."""

import json
from typing import Annotated

import typer

from bot.cli.inputs import fail
from bot.manifest import manifest


def command(
    url: Annotated[
        str, typer.Option(help="The public https address of this app; without it the manifest is for Socket Mode.")
    ] = "",
) -> None:
    """Print the manifest: scopes, commands, shortcuts and events, for api.slack.com/apps > Create New App > From a manifest."""
    if url and not url.startswith("https://"):
        raise fail("Slack only talks to https addresses; write --url https://...")
    typer.echo(json.dumps(manifest(url), indent=2))
