"""The app's manifest: `manifest.json`, completed for the way in which the app is reached."""

import json
from pathlib import Path
from typing import Any


def manifest(url: str = "") -> dict[str, Any]:
    """Return the app's manifest: for Socket Mode, or for HTTP with the public `url` of this app."""
    inside = Path(__file__).parent / "manifest.json"
    path = inside if inside.is_file() else Path(__file__).parents[1] / "manifest.json"
    held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    held["settings"]["socket_mode_enabled"] = not url
    if url:
        address = f"{url.rstrip('/')}/slack/events"
        held["settings"]["event_subscriptions"]["request_url"] = address
        held["settings"]["interactivity"] |= {"request_url": address, "message_menu_options_url": address}
        for command in held["features"]["slash_commands"]:
            command["url"] = address
    return held
