"""The review of a draft: what is said, what is left unsaid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.choose import choose
from bot.coach.model import Draft, Profession, Rule
from bot.coach.quiet import Quiet, marks_of
from bot.coach.review import Coach, severity_of


def test_a_slip_is_told_with_its_words_a_reason_a_question_and_a_way_out(small_coach) -> None:  # type: ignore[no-untyped-def]
    review = small_coach("Hi Sam, here is a mate price of $400 for you.")
    finding = review.findings[0]

    assert review.outcome == "speaks"
    assert finding.span.text == "mate price"
    assert (finding.principle, finding.rule, finding.severity) == ("fair-price", "friend-price", 2)
    assert finding.why
    assert finding.question
    assert finding.rewrite == "I keep one price, $400 for all."


def test_the_rewrite_falls_back_where_the_draft_names_no_amount(small_coach) -> None:  # type: ignore[no-untyped-def]
    review = small_coach("Here is a mate price.")

    assert review.findings[0].rewrite == "I keep one price, my usual fee for all."


def test_words_that_make_it_fine_turn_the_finding_into_praise(small_coach) -> None:  # type: ignore[no-untyped-def]
    review = small_coach("Here is the mate price. It is the same as everyone pays.")

    assert review.outcome == "well-handled"
    assert review.praise[0].say == "You named the rule."
    assert review.praise[0].span.text == "the same as everyone pays"


@pytest.mark.parametrize(
    "text",
    [
        "I can't do a mate price.",
        "He asked: 'a mate price'",
        "> a mate price",
        "```a mate price```",
        "A mate rate for all members.",
    ],
)
def test_refusals_quotations_and_exceptions_are_silent(small_coach, text: str) -> None:  # type: ignore[no-untyped-def]
    assert not small_coach(text).findings


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing here is in your own words"),
        ("   \n ", "nothing here is in your own words"),
        ("> quoted only\n```code```", "nothing here is in your own words"),
        ("🙂🙂", "nothing here is in your own words"),
        ("x" * 12_001, "too long: 12,001 characters"),
        ("Guten Tag, die Pläne sind fertig und liegen bei, wir sprechen am Freitag.", "German"),
        ("Bonjour, je vous envoie la facture comme convenu, à bientôt au bureau.", "French"),
        ("こんにちは、請求書をお送りします。よろしくお願いします。", "Japanese"),
        ("שלום, החשבונית מצורפת כאן, נדבר ביום ראשון בבוקר", "Hebrew"),
        ("mate price\x00", "this is not text"),
    ],
)
def test_what_cannot_be_judged_is_said_and_never_called_fine(small_coach, text: str, reason: str) -> None:  # type: ignore[no-untyped-def]
    review = small_coach(text)

    assert review.outcome == "could-not-judge"
    assert reason in (review.unread or "")


@pytest.mark.parametrize(
    "text", ["ok thx", "Sure, will do yaar, sending kal only", "Invoice attached.", "lol", "Merci!", "K"]
)
def test_short_and_chatty_english_is_judged(small_coach, text: str) -> None:  # type: ignore[no-untyped-def]
    assert small_coach(text).outcome == "fine"


def test_the_same_draft_always_gets_the_same_wording(small_coach) -> None:  # type: ignore[no-untyped-def]
    text = "A mate price for you."

    assert small_coach(text) == small_coach(text)


def test_wordings_vary_from_draft_to_draft(small_coach) -> None:  # type: ignore[no-untyped-def]
    said = {small_coach(f"A mate price for number {n}.").findings[0].reminder for n in range(20)}

    assert len(said) == 3


@given(st.text(max_size=40))
def test_a_choice_is_one_of_the_wordings(seed: str) -> None:
    assert choose(("a", "b", "c"), seed) in {"a", "b", "c"}


def rule(**changes: object) -> Rule:
    held = {"id": "r", "principle": "p", "kind": "phrases", "severity": 2, "why": "", "triggers": ()}
    return Rule(**(held | changes))  # type: ignore[arg-type]


def profession(**raised: int) -> Profession:
    return Profession("law", "Lawyer", (), raised, (), (), "", "", ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a_rule", "draft", "professions", "severity"),
    [
        (rule(), Draft(""), [], 2),
        (rule(raised={"venue": ("public",)}), Draft("", venue="public"), [], 3),
        (rule(raised={"venue": ("public",)}), Draft("", venue="dm"), [], 2),
        (rule(severity=3, raised={"venue": ("public",)}), Draft("", venue="public"), [], 3),
        (rule(), Draft(""), [profession(p=3)], 3),
        (rule(severity=1), Draft(""), [profession(p=3)], 1),
    ],
)
def test_context_and_profession_raise_the_severity(
    a_rule: Rule, draft: Draft, professions: list[Profession], severity: int
) -> None:
    assert severity_of(a_rule, draft, professions) == severity


@given(st.text(max_size=400), st.sampled_from(["friend", "client", "unknown"]))
def test_any_text_gets_a_review_whose_spans_are_its_own(coach: Coach, text: str, relationship: str) -> None:
    review = coach.review(Draft(text, relationship))

    for said in (*review.findings, *review.praise):
        assert text[said.span.start : said.span.end] == said.span.text
    assert len(review.findings) <= 3


@given(
    st.lists(
        st.sampled_from(
            [
                "half price",
                "don't tell",
                "between us",
                "mate",
                "*",
                "`",
                "“",
                "”",
                "> ",
                "\n",
                "\u200b",
                "<@U1>",
                "&amp;",
                "as it's you",
                ".",
            ]
        ),
        max_size=40,
    )
)
def test_boundary_words_in_any_mess_keep_their_place(coach: Coach, parts: list[str]) -> None:
    text = " ".join(parts)

    for said in (review := coach.review(Draft(text))).findings + review.praise:  # type: ignore[operator]
        assert text[said.span.start : said.span.end] == said.span.text


RULE = """\
  - id: {id}
    severity: 2
    why: Others may hear of it.
    phrases: [half price]
    rewrites: [I keep one price.]
    examples:
      flags: ["It is [[half price]] now.", "Take it at [[half price]].", "So [[half price]] it is.", "All [[half price]]."]
      passes: ["The list price.", "Full price.", "A price.", "See the list."]
      near: ["Half a price.", "Half the prize.", "A full price."]
"""


def test_a_line_that_did_not_help_stays_quiet_whichever_rule_of_its_principle_sees_it(small, kinds) -> None:  # type: ignore[no-untyped-def]
    built = small("rules:\n" + RULE.format(id="friend-price") + RULE.format(id="same-again"))
    assert built.problems == ()
    coach = Coach(built.playbooks, kinds)
    draft = Draft("It is half price now.")
    marks = frozenset({marks_of("friend-price", "half price", draft, "")["wrong"]})

    assert coach.review(draft).findings
    assert coach.review(draft, Quiet(marks=marks)).findings == ()
