"""What a delivery says: the right tip for the right reader, and reminders."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.app import build_desk
from bot.coach.schedule import Schedule, week_of
from bot.coach.tips import Shown, tip_called
from bot.settings import Settings
from bot.store.database import Database
from bot.store.deliveries import Deliveries
from bot.store.people import Person
from bot.store.subscriptions import Subscriptions
from bot.store.vault import UnreadableError, Vault
from bot.tips.calendar import due_after
from bot.tips.letters import Letters
from tests.blocks.slack_rules import faults_of_message
from tests.tips.conftest import ANA, MONDAY_NINE

SCHEDULE = Schedule(0, 540, "Europe/Berlin")
BEFORE, WEEK = MONDAY_NINE - 3_600, 7 * 86_400
KEY = Fernet.generate_key().decode()


@pytest.fixture
def letters(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Letters:
    cache: Path = tmp_path_factory.getbasetemp() / "letters-cache"
    desk = build_desk(Settings(cache=cache), database)
    return Letters(lambda: desk.playbooks, desk.professions_of, desk.people, desk.readers, Vault([KEY]))


async def test_the_tip_of_a_person_is_in_their_profession_and_says_what_it_was(
    letters: Letters, database: Database, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, BEFORE)
    await deliveries.plan(MONDAY_NINE)
    (delivery,) = await deliveries.ready("T1", MONDAY_NINE)

    letter = await letters.write(delivery, MONDAY_NINE)

    assert letter and letter.tip_id and letter.text.startswith("Tip of the week: ")
    assert not faults_of_message({"text": letter.text, "blocks": letter.blocks})


async def test_a_year_of_tips_has_no_repeats_asks_every_fourth_and_recalls(
    letters: Letters, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, BEFORE)
    written = []
    for week in range(30):
        now = MONDAY_NINE + week * WEEK + 3_700
        await deliveries.plan(now)
        (delivery,) = await deliveries.ready("T1", now)
        letter = await letters.write(delivery, now)
        assert letter and not faults_of_message({"text": letter.text, "blocks": letter.blocks})
        claimed = await deliveries.claim(delivery, now, letter.tip_id, letter.recalled)
        assert claimed and await deliveries.sent(claimed, now, "D9", "1.0")
        written.append(letter)

    assert len({letter.tip_id for letter in written}) == 30
    assert ["tip_answer" in str(letter.blocks) for letter in written[:8]] == 2 * [*3 * [False], True]
    assert [letter.recalled for letter in written[3:]] == [letter.tip_id for letter in written[:-3]]
    asks = ["tips_monthly" in str(letter.blocks) for letter in written[:8]]
    assert asks == [False, False, False, True, False, False, True, False]


async def test_what_gave_trouble_decides_the_next_tip(
    letters: Letters, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, BEFORE)
    await letters._readers.struggled(ANA, ["D Discretion"], BEFORE)
    await deliveries.plan(MONDAY_NINE)
    (delivery,) = await deliveries.ready("T1", MONDAY_NINE)

    letter = await letters.write(delivery, MONDAY_NINE)

    playbooks = letters._playbooks()
    found = tip_called(playbooks, letter.tip_id) if letter else None
    assert found and playbooks.principle(found[0]).family == "D Discretion"


async def test_who_muted_everything_gets_no_letter(
    letters: Letters, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    await subscriptions.subscribe(ANA, ANA.user, SCHEDULE, BEFORE)
    await letters._people.mute(ANA, "principle", [p.id for p in letters._playbooks().principles])
    await deliveries.plan(MONDAY_NINE)
    (delivery,) = await deliveries.ready("T1", MONDAY_NINE)

    assert await letters.write(delivery, MONDAY_NINE) is None


async def test_a_reminder_says_what_the_person_left_for_themselves(
    letters: Letters, database: Database, deliveries: Deliveries
) -> None:
    keyed = Subscriptions(database, Vault([KEY]), due_after)
    await keyed.remind(ANA, MONDAY_NINE, "UTC", BEFORE, "ring <!here> Sam")
    await keyed.remind(Person("T1", "U2"), MONDAY_NINE, "UTC", BEFORE)
    await deliveries.plan(MONDAY_NINE)
    noted, bare = await deliveries.ready("T1", MONDAY_NINE)

    said = [await letters.write(delivery, MONDAY_NINE) for delivery in (noted, bare)]

    assert "Sam" in str(said[0].blocks) and "<!here>" not in str(said[0].blocks) and not said[0].tip_id
    assert "draft" in str(said[1].blocks)


async def test_a_reminder_whose_key_is_gone_is_told(
    letters: Letters, database: Database, deliveries: Deliveries
) -> None:
    other = Subscriptions(database, Vault([Fernet.generate_key().decode()]), due_after)
    await other.remind(ANA, MONDAY_NINE, "UTC", BEFORE, "ring Sam")
    await deliveries.plan(MONDAY_NINE)
    (delivery,) = await deliveries.ready("T1", MONDAY_NINE)

    with pytest.raises(UnreadableError):
        await letters.write(delivery, MONDAY_NINE)


async def test_the_tip_of_a_channel_has_its_own_past(
    letters: Letters, subscriptions: Subscriptions, deliveries: Deliveries
) -> None:
    await subscriptions.subscribe(ANA, "C1", SCHEDULE, BEFORE)
    await deliveries.plan(MONDAY_NINE)
    (delivery,) = await deliveries.ready("T1", MONDAY_NINE)
    letter = await letters.write(delivery, MONDAY_NINE)
    claimed = await deliveries.claim(delivery, MONDAY_NINE, letter.tip_id)
    await deliveries.sent(claimed, MONDAY_NINE, "C1", "1.0")

    assert (await letters._readers.reader(ANA, "C1")).shown == (Shown(letter.tip_id, week_of(MONDAY_NINE)),)
    assert (await letters._readers.reader(ANA)).shown == ()
