"""App Home: useful before anything is set up; the preferences."""

import json

from bot.blocks import voice
from bot.slack.desk import Desk
from bot.store.database import Database
from bot.store.people import Person
from tests.slack.conftest import Clock
from tests.slack.person import SlackPerson
from tests.slack.stand_in import StandInSlack

ANA = Person("T1", "U1")


async def opened(ana: SlackPerson, slack: StandInSlack) -> dict:
    await ana.event({"type": "app_home_opened", "tab": "home", "channel": "D1"})
    return slack.last("views.publish")["view"]


async def test_home_says_what_it_does_and_offers_a_draft_before_any_set_up(
    ana: SlackPerson, slack: StandInSlack
) -> None:
    home = json.dumps(await opened(ana, slack), ensure_ascii=False)

    for line in (voice.HOME_ABOUT, voice.HOME_NOT, voice.HOME_CHECK, voice.TIP_TITLE, *voice.PRIVACY):
        assert json.dumps(line, ensure_ascii=False)[1:-1] in home


async def test_home_works_without_a_database(ana: SlackPerson, slack: StandInSlack, database: Database) -> None:
    await database.downgrade("base")

    assert await opened(ana, slack)


async def test_a_draft_is_checked_from_home(ana: SlackPerson, slack: StandInSlack) -> None:
    await ana.press(await opened(ana, slack), "draft_open")

    assert slack.calls("views.open")


async def test_a_principle_is_read_from_home(ana: SlackPerson, slack: StandInSlack) -> None:
    home = await opened(ana, slack)
    await ana.press(home, "principle_open", {"value": "candour-first"})

    assert slack.last("views.open")["view"]["blocks"][0]["type"] == "header"


async def test_preferences_are_saved_and_shown(ana: SlackPerson, slack: StandInSlack, desk: Desk) -> None:
    await ana.press(await opened(ana, slack), "preferences_open")
    view = slack.last("views.update")["view"]
    chosen = {
        "profession": "lawyer",
        "least": "2",
        "snooze": "2026-12-03",
        "muted_principles": ["candour-first"],
        "muted_people": ["U7"],
    }
    await ana.submit(view, chosen)

    held = await desk.people.preferences(ANA, desk.now)
    assert (held.profession, held.least, held.principles, held.people) == ("lawyer", 2, {"candour-first"}, {"U7"})
    assert desk.snoozed_day(held) == "2026-12-03"
    assert "quiet until 2026-12-03" in json.dumps(slack.last("views.publish"))


async def test_preferences_that_cannot_be_saved_say_so(
    ana: SlackPerson, slack: StandInSlack, database: Database
) -> None:
    await ana.press(await opened(ana, slack), "preferences_open")
    view = slack.last("views.update")["view"]
    await database.downgrade("base")
    answer = await ana.submit(view, {"profession": "lawyer"})

    assert voice.NOT_SAVED in json.dumps(answer.json())


async def test_a_snooze_ends_by_itself(ana: SlackPerson, slack: StandInSlack, desk: Desk, clock: Clock) -> None:
    await desk.people.change(ANA, snoozed_until=desk.start_of("2026-12-03"))
    slip = "Since you're a friend I'll do it at half price, just don't mention it to the others."
    await ana.command(slip)
    during = json.dumps(slack.last("response"))
    clock.move(days=9)
    await ana.command(slip)

    assert "wording_use" not in during and "until 2026-12-03" in during
    assert "wording_use" in json.dumps(slack.last("response"))


async def test_a_small_thing_is_said_once_a_week(
    ana: SlackPerson, slack: StandInSlack, clock: Clock, desk: Desk
) -> None:
    small = await small_slip(desk)
    answers = []
    for _ in range(2):
        await ana.command(f"check {small}")
        answers.append(json.dumps(slack.last("response")))
    clock.move(days=8)
    await ana.command(f"check {small}")

    assert "wording_use" in answers[0] and "wording_use" not in answers[1]
    assert "wording_use" in json.dumps(slack.last("response"))


async def small_slip(desk: Desk) -> str:
    """Return a draft that holds one finding, of severity 1."""
    from bot.coach.model import Draft
    from bot.coach.preferences import DEFAULTS

    for rule in desk.playbooks.rules:
        for flag in rule.examples.flags:
            text = flag.replace("[[", "").replace("]]", "")
            findings = desk.review(Draft(text), DEFAULTS).findings
            if [f.severity for f in findings] == [1]:
                return text
    raise AssertionError("no example of severity 1")
