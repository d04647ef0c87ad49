"""The HTTP door: what Slack signed is acted on once; everything else is turned away before anybody reads it."""

import asyncio
import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import httpx
import pytest

from bot.blocks import voice
from bot.web.door import MOST_BYTES
from tests.slack.person import settled, signed_headers
from tests.slack.stand_in import StandInSlack

FORM = "application/x-www-form-urlencoded"


def command(slack: StandInSlack, text: str = "help") -> str:
    form = {"command": "/boundary", "text": text, "user_id": "U1", "team_id": "T1", "channel_id": "C1"}
    return urlencode(form | {"trigger_id": "t", "response_url": f"{slack.url}/response/1"})


async def post(http: httpx.AsyncClient, body: str | bytes, headers: dict[str, str]) -> httpx.Response:
    response = await http.post("/slack/events", content=body, headers={"content-type": FORM} | headers)
    await settled()
    return response


async def test_what_slack_signed_is_acted_on(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    body = command(slack)

    assert (await post(http, body, signed_headers(body))).status_code == 200
    assert len(slack.calls("response")) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda h: h | {"x-slack-signature": h["x-slack-signature"][:-1] + "x"},
        lambda h: h | {"x-slack-request-timestamp": str(int(h["x-slack-request-timestamp"]) + 1)},
        lambda h: h | {"x-slack-request-timestamp": "yesterday"},
        lambda h: h | {"x-slack-request-timestamp": ""},
        lambda h: {k: v for k, v in h.items() if k != "x-slack-signature"},
        lambda h: {k: v for k, v in h.items() if k != "x-slack-request-timestamp"},
        lambda h: {},
    ],
    ids=["signature", "time moved", "no time", "empty time", "unsigned", "undated", "bare"],
)
async def test_what_is_not_signed_by_slack_is_turned_away(http: httpx.AsyncClient, slack: StandInSlack, spoil) -> None:  # type: ignore[no-untyped-def]
    body = command(slack)

    assert (await post(http, body, spoil(signed_headers(body)))).status_code == 401
    assert not slack.transcript


async def test_a_body_that_was_changed_on_the_way_is_turned_away(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    body = command(slack)

    assert (await post(http, body.replace("U1", "U2"), signed_headers(body))).status_code == 401
    assert not slack.transcript


async def test_another_apps_secret_is_turned_away(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    body = command(slack)

    assert (await post(http, body, signed_headers(body, secret="another"))).status_code == 401


@pytest.mark.parametrize(("age", "status"), [(290, 200), (310, 401), (-310, 401)])
async def test_a_request_lives_five_minutes(
    http: httpx.AsyncClient, slack: StandInSlack, age: int, status: int
) -> None:
    body = command(slack)

    assert (await post(http, body, signed_headers(body, age=age))).status_code == status


async def test_the_very_same_request_acts_once(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    body = command(slack)
    headers = signed_headers(body)

    answers = [await post(http, body, headers) for _ in range(3)]

    assert [a.status_code for a in answers] == [200, 200, 200]
    assert len(slack.calls("response")) == 1


async def test_the_very_same_request_at_the_same_moment_acts_once(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    body = command(slack)
    headers = signed_headers(body)

    await asyncio.gather(*(post(http, body, headers) for _ in range(5)))

    assert len(slack.calls("response")) == 1


async def test_the_same_words_signed_anew_are_another_request(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    body = command(slack)

    for age in (1, 2):
        await post(http, body, signed_headers(body, age=age))

    assert len(slack.calls("response")) == 2


@pytest.mark.parametrize("is_counted", [True, False], ids=["with content-length", "chunked"])
async def test_a_body_larger_than_slack_sends_is_not_read(http: httpx.AsyncClient, is_counted: bool) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 100_000
            yield b"x" * 100_000

    body = b"x" * 10_000_000 if is_counted else chunks()
    response = await http.post("/slack/events", content=body, headers={"content-type": FORM})

    assert response.status_code == 413
    assert is_counted or sent <= MOST_BYTES + 200_000


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("{not json", "application/json"),
        ("[1, 2]", "application/json"),
        ("5", "application/json"),
        ("null", "application/json"),
        ("payload=%7Bnot+json", FORM),
        ("payload=[]", FORM),
        ("payload=null", FORM),
        ("[" * 5_000, "application/json"),
        ('{"type": "event_callback", "event": "x", "team_id": 5}', "application/json"),
        ('{"type": "event_callback", "authorizations": 5}', "application/json"),
        ('{"type": "view_submission", "team": "x", "user": []}', "application/json"),
    ],
)
async def test_junk_under_a_good_signature_is_refused_without_an_error(
    http: httpx.AsyncClient, slack: StandInSlack, body: str, content_type: str
) -> None:
    response = await post(http, body, signed_headers(body) | {"content-type": content_type})

    assert response.status_code in {200, 400}
    assert not [name for name, _ in slack.transcript if name != "auth.test"]


async def test_bytes_that_are_no_text_are_refused(http: httpx.AsyncClient) -> None:
    assert (await post(http, b"\xff\xfe\x00", {"x-slack-signature": "v0=1"})).status_code == 401


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", ""])
async def test_another_content_type_does_nothing_or_the_same(
    http: httpx.AsyncClient, slack: StandInSlack, content_type: str
) -> None:
    body = command(slack)

    response = await post(http, body, signed_headers(body) | {"content-type": content_type})

    assert response.status_code in {200, 400}
    assert len(slack.calls("response")) <= 1


async def test_slacks_check_of_the_certificate_is_answered(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    body = urlencode({"ssl_check": "1", "token": "x"})

    assert (await post(http, body, signed_headers(body))).status_code == 200
    assert not slack.transcript


async def test_slacks_question_about_the_address_is_answered(http: httpx.AsyncClient) -> None:
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "3eZbrw1a"})
    response = await post(http, body, signed_headers(body) | {"content-type": "application/json"})

    assert response.status_code == 200 and "3eZbrw1a" in response.text


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_posts_are_listened_to(http: httpx.AsyncClient, method: str) -> None:
    assert (await http.request(method, "/slack/events")).status_code == 405


async def test_slack_out_of_reach_is_told_in_our_own_words(http: httpx.AsyncClient, slack: StandInSlack) -> None:
    slack.fail("auth.test", status=500)
    body = command(slack)

    answer = await post(http, body, signed_headers(body))

    assert answer.status_code == 200 and voice.SLACK_AWAY in answer.text
