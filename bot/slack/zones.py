"""Whose clocks count: a person's timezone from their Slack profile where that may be read, else the one they chose last."""

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.desk import Desk
from bot.store.people import Person
from bot.tips.calendar import is_zone


async def zone_of(desk: Desk, client: AsyncWebClient, person: Person) -> str:
    """Return the timezone of `person`; empty where nobody knows it."""
    return await _profile_zone(client, person) or await desk.last_zone(person)


async def _profile_zone(client: AsyncWebClient, person: Person) -> str:
    try:
        answer = await client.users_info(user=person.user)
    except SlackApiError:
        return ""  # an optional scope; without it the person chooses
    zone = str((answer["user"] or {}).get("tz") or "")
    return zone if is_zone(zone) else ""
