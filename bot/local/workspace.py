"""The people, channels and tokens of the local workspace; nothing here is secret, and nothing of it works anywhere else."""

from typing import Any

ANA = "U01ANA"
SAM = "U02SAM"
APP_NAME = "Boundary Coach"
BOT = "U09COACH"
PRIYA = "U03PRIYA"
TOM = "U04TOM"
TEAM = "T01STUDIO"
WITH_SAM = "C02SAM"
DIRECT = "D01ANA"

BOT_TOKEN = "xoxb-local"  # noqa: S105 - of a workspace that ends with the program
APP_TOKEN = "xapp-local"  # noqa: S105
SIGNING_SECRET = "local-signing-secret"  # noqa: S105

SAM_ASKS = "The menu looks lovely! Since we go back so long: could you do me a friend's price on the rest?"


def workspace(events_to: str = "") -> dict[str, Any]:
    """Return the configuration of the local Slack; with `events_to` it signs and posts there, else it waits for Socket Mode."""
    app = {
        "appId": "A01COACH",
        "botUserId": BOT,
        "botName": APP_NAME,
        "botToken": BOT_TOKEN,
        "appToken": APP_TOKEN,
        "signingSecret": SIGNING_SECRET,
    }
    way = {"mode": "events", "requestUrl": events_to} if events_to else {"mode": "socket"}
    return {
        "workspace": {"name": "Studio Costa", "domain": "studio-costa", "teamId": TEAM},
        "apps": [app | way],
        "users": [
            {"id": ANA, "name": "ana", "real_name": "Ana Costa (designer)", "tz": "Europe/Lisbon"},
            {"id": SAM, "name": "sam", "real_name": "Sam Reed (client, friend)", "tz": "Europe/Lisbon"},
            {"id": PRIYA, "name": "priya", "real_name": "Priya Nair (client)", "tz": "Europe/London"},
            {"id": TOM, "name": "tom", "real_name": "Tom Costa (developer)", "tz": "Europe/Lisbon"},
        ],
        "channels": [
            _channel(WITH_SAM, "menu-with-sam", ANA, SAM),
            _channel("C03PRIYA", "site-with-priya", ANA, PRIYA, TOM),
            _channel("C01STUDIO", "studio", ANA, TOM),
            _channel(DIRECT, "dm-ana", ANA, BOT) | {"is_im": True, "is_channel": False, "is_private": True},
        ],
    }


def _channel(channel_id: str, name: str, *members: str) -> dict[str, Any]:
    return {"id": channel_id, "name": name, "members": list(members)}
