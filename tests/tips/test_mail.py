"""What Slack's answers mean, over real HTTP."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.store.deliveries import Delivery
from bot.store.people import Person
from bot.tips.letters import Letter
from bot.tips.mail import (
    Absent,
    InDoubt,
    Limited,
    NotPosted,
    Posted,
    Refused,
    SlackMail,
    Unknowable,
    delivery_session,
    slack_client,
)
from tests.slack.stand_in import StandInSlack, stand_in_slack
from tests.tips.strict_slack import StrictSlack, strict_slack

LETTER = Letter("Tip of the week", [{"type": "divider"}])


def delivery(channel: str = "U1-1", attempt_at: int | None = None, posted_in: str = "") -> Delivery:
    return Delivery(7, 1_796_025_600, Person("T1", "U1"), channel, "tip", attempt_at=attempt_at, posted_in=posted_in)


@pytest.fixture
async def slack() -> AsyncIterator[StandInSlack]:
    async with stand_in_slack() as running:
        yield running


@pytest.fixture
async def strict() -> AsyncIterator[StrictSlack]:
    async with strict_slack(latency=0, refuses_one_in=0) as running:
        yield running


async def post_to(url: str, sent: Delivery | None = None) -> object:
    async with delivery_session() as session:
        client = slack_client("xoxb-1", url, session)

        async def client_of(_team: str) -> AsyncWebClient:
            return client

        return await SlackMail(client_of).post(sent or delivery(), LETTER)


async def find_at(url: str, sought: Delivery) -> object:
    async with delivery_session() as session:
        client = slack_client("xoxb-1", url, session)

        async def client_of(_team: str) -> AsyncWebClient:
            return client

        return await SlackMail(client_of).find(sought)


async def test_a_letter_arrives_whole_and_tagged(slack: StandInSlack) -> None:
    outcome = await post_to(f"{slack.url}/api/")

    sent = slack.last("chat.postMessage")
    assert outcome == Posted("U1-1", "1.000100") and sent["text"] == LETTER.text and sent["blocks"] == LETTER.blocks
    assert sent["metadata"]["event_payload"] == {"delivery": "7:1796025600"}


@pytest.mark.parametrize(
    ("error", "status", "outcome"),
    [
        ("account_inactive", 200, Refused("account_inactive", ends=True)),
        ("is_archived", 200, Refused("is_archived", ends=True)),
        ("not_in_channel", 200, Refused("not_in_channel", ends=True)),
        ("token_revoked", 200, Refused("token_revoked", ends=True)),
        ("user_not_found", 200, Refused("user_not_found", ends=True)),
        ("channel_not_found", 200, Refused("channel_not_found", ends=True)),
        ("invalid_blocks", 200, Refused("invalid_blocks", ends=False)),
        ("invalid_auth", 200, NotPosted("invalid_auth")),
        ("service_unavailable", 200, NotPosted("service_unavailable")),
        ("fatal_error", 200, InDoubt("fatal_error")),
        ("internal_error", 500, InDoubt("internal_error")),
    ],
)
async def test_what_slack_says_is_told_apart(slack: StandInSlack, error: str, status: int, outcome: object) -> None:
    slack.fail("chat.postMessage", error, status)

    assert await post_to(f"{slack.url}/api/") == outcome


async def test_a_limit_says_how_long(slack: StandInSlack) -> None:
    slack.fail("chat.postMessage", "ratelimited", 429, {"Retry-After": "17"})

    assert await post_to(f"{slack.url}/api/") == Limited(17)


async def test_a_page_that_is_no_json_leaves_it_in_doubt(strict: StrictSlack) -> None:
    strict.is_down = True

    assert await post_to(strict.url) == InDoubt("http_503")


async def test_a_connection_that_was_refused_sent_nothing() -> None:
    assert await post_to("http://127.0.0.1:9/") == NotPosted("unreachable")


async def test_a_connection_that_drops_after_the_message_was_taken_is_in_doubt_and_not_repeated(
    strict: StrictSlack,
) -> None:
    strict.drops_one_in = 1

    assert isinstance(await post_to(strict.url), InDoubt)

    assert strict.sent == {delivery().id: 1}


async def test_the_client_as_it_comes_would_send_it_twice(strict: StrictSlack) -> None:
    strict.drops_one_in = 1
    strict._last = {}
    async with delivery_session() as session:
        naive = AsyncWebClient("xoxb-1", base_url=strict.url, session=session)

        async def client_of(_team: str) -> AsyncWebClient:
            strict._last.clear()
            return naive

        strict._limit = lambda to, name: None  # type: ignore[method-assign]
        await SlackMail(client_of).post(delivery(), LETTER)

    assert strict.sent == {delivery().id: 2}


async def test_what_was_sent_is_found_where_it_went(strict: StrictSlack) -> None:
    posted = await post_to(strict.url)
    assert isinstance(posted, Posted)
    at = int(float(posted.ts))

    assert await find_at(strict.url, delivery(attempt_at=at)) == posted
    assert await find_at(strict.url, delivery(attempt_at=at, posted_in=posted.channel)) == posted
    assert await find_at(strict.url, delivery("U2-1", attempt_at=at)) == Absent()
    assert await find_at(strict.url, delivery(attempt_at=at - 1_000)) == Absent()


async def test_a_long_history_is_paged_through(strict: StrictSlack) -> None:
    posted = await post_to(strict.url)
    assert isinstance(posted, Posted)
    other = {"ts": posted.ts, "bot_id": "BBOT", "metadata": {"event_type": "x"}}
    strict._history[posted.channel] += [other] * 40

    assert await find_at(strict.url, delivery(attempt_at=int(float(posted.ts)))) == posted
    strict._history[posted.channel] += [other] * 60
    assert await find_at(strict.url, delivery(attempt_at=int(float(posted.ts)))) == Unknowable()


async def test_without_the_scope_or_without_tags_nothing_can_be_known(strict: StrictSlack) -> None:
    posted = await post_to(strict.url)
    assert isinstance(posted, Posted)
    at = int(float(posted.ts))
    strict._history[posted.channel] = [{"ts": posted.ts, "bot_id": "BBOT"}]

    assert await find_at(strict.url, delivery(attempt_at=at)) == Unknowable()
    strict.knows_history = False
    assert await find_at(strict.url, delivery(attempt_at=at)) == Unknowable()


async def test_a_history_that_is_down_is_asked_again_later(strict: StrictSlack) -> None:
    strict.is_down = True

    assert await find_at(strict.url, delivery(attempt_at=1)) == Limited(60)
    assert await find_at("http://127.0.0.1:9/", delivery(attempt_at=1)) == Limited(60)
