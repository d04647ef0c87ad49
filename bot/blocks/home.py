"""App Home and the preferences: useful before anything is set up."""

from collections.abc import Sequence

from bot.blocks import voice
from bot.blocks.elements import (
    Block,
    actions,
    button,
    context,
    divider,
    field,
    header,
    modal,
    options,
    section,
    select,
)
from bot.blocks.principles import principle_menu
from bot.blocks.tip import tip_blocks
from bot.blocks.words import cut, escaped
from bot.coach.model import Pair, Playbooks, Tip
from bot.coach.preferences import Preferences


def home_view(
    playbooks: Playbooks,
    held: Preferences,
    tip: tuple[Tip, Pair] | None,
    snoozed_day: str,
    weekly: Sequence[Block] = (),
) -> Block:
    """Return App Home.

    `snoozed_day` is the day until which the person wants quiet, or empty; `weekly` is how they take the tip, or the offer of
    one: at first use, the hint that there is such a thing.
    """
    blocks = [
        header(voice.HOME_TITLE),
        section(voice.HOME_ABOUT),
        actions(
            "home",
            button(voice.HOME_CHECK, "draft_open", style="primary"),
            button(voice.HOME_PREFERENCES, "preferences_open"),
        ),
        section(voice.HOME_DOORS),
        context(voice.HOME_NOT),
        context(_state(held, snoozed_day)),
        *weekly,
    ]
    if tip is not None:
        blocks += [divider(), header(voice.TIP_TITLE), *tip_blocks(*tip)]
    blocks += [divider(), header(voice.HOME_PRINCIPLES), section(voice.PRINCIPLES_INTRO), principle_menu(playbooks)]
    return {
        "type": "home",
        "blocks": [*blocks, divider(), header(voice.PRIVACY_TITLE), section("\n".join(voice.PRIVACY))],
    }


def _state(held: Preferences, snoozed_day: str) -> str:
    muted = len(held.principles) + len(held.marks) + len(held.people)
    return voice.STATE_LINE.format(
        profession=escaped(held.profession, 120) or voice.NO_PROFESSION,
        least=voice.LEAST[str(held.least)],
        muted=voice.MUTED_COUNT.format(count=muted) if muted else "",
        snooze=voice.SNOOZE_UNTIL.format(day=snoozed_day) if snoozed_day else "",
    )


def preferences_view(playbooks: Playbooks, held: Preferences, snoozed_day: str) -> Block:
    """Return the preferences as a modal; `snoozed_day` as 2026-12-31, or empty."""
    profession: Block = {"type": "plain_text_input", "action_id": "text", "max_length": 120}
    if held.profession:
        profession["initial_value"] = held.profession[:120]
    day: Block = {"type": "datepicker", "action_id": "chosen"}
    if snoozed_day:
        day["initial_date"] = snoozed_day
    muted: Block = {"type": "multi_static_select", "action_id": "chosen", "options": options(_titles(playbooks))}
    chosen = {key: words for key, words in _titles(playbooks).items() if key in held.principles}
    if chosen:
        muted["initial_options"] = options(chosen)
    people: Block = {"type": "multi_users_select", "action_id": "chosen"}
    if held.people:
        people["initial_users"] = sorted(held.people)
    blocks = [
        field("profession", voice.PROFESSION_LABEL, profession, voice.PROFESSION_HINT),
        field("least", voice.LEAST_LABEL, select("chosen", voice.LEAST, str(held.least)), optional=False),
        field("snooze", voice.SNOOZE_LABEL, day),
        field("muted_principles", voice.MUTED_PRINCIPLES_LABEL, muted),
        field("muted_people", voice.MUTED_PEOPLE_LABEL, people),
    ]
    if held.marks:
        clear = {
            "type": "checkboxes",
            "action_id": "chosen",
            "options": options({"clear": voice.MARKS_CLEAR.format(count=len(held.marks))}),
        }
        blocks.append(field("marks", voice.MARKS_LABEL, clear))
    return modal("preferences", voice.PREFERENCES_TITLE, blocks, voice.SAVE)


def _titles(playbooks: Playbooks) -> dict[str, str]:
    return {p.id: cut(p.title, 75) for p in playbooks.principles[:100]}
