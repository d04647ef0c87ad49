"""The loader: every mistake at once, with file, line and what to write."""

from collections.abc import Callable

import pytest

from bot.coach.kind import Kind
from bot.coach.playbook import Loaded, load
from bot.coach.proof import prove, untested
from bot.coach.robust import fragile
from tests.small import PRINCIPLE

Small = Callable[..., Loaded]


def test_the_small_set_is_sound(small: Small, kinds: dict[str, Kind]) -> None:
    built = small()

    assert not built.problems
    assert not prove(built, kinds)
    assert not untested(built, kinds)
    assert not fragile(built, kinds)


def changed(old: str, new: str) -> dict[str, str]:
    assert old in PRINCIPLE, old
    return {"lists.yaml": "friend: [mate+, pal+]", "principles/fair-price.yaml": PRINCIPLE.replace(old, new, 1)}


def line_of(words: str) -> int:
    return next(n for n, line in enumerate(PRINCIPLE.splitlines(), 1) if words in line)


@pytest.mark.parametrize(
    ("old", "new", "what", "instead"),
    [
        ("    why: Others", "    whyy: Others", "unknown key 'whyy'", "did you mean 'why'?"),
        ("severity: 2", "severity: 9", "'severity'", ""),
        ("severity: 2", "severity: loud", "'severity'", ""),
        (
            "    severity: 2\n",
            "    severity: 2\n    kind: phrase\n",
            "unknown kind 'phrase'",
            "did you mean 'phrases'?",
        ),
        ("<friend> (price+", "<freind> (price+", "there is no list <freind>", ""),
        ("half price ... (don't", "half price ... ...3 (don't", "a gap stands between two words", ""),
        ("family: B", "familly: B", "unknown key 'familly'", "did you mean 'family'?"),
        (
            "questions: [Would all get it?, Who else asks?, What is the rule?]",
            "questions: [Why?]",
            "'questions' has 1 of at least 3",
            "add",
        ),
        (
            "    unless: [all members]",
            "    when: {venue: [pub]}\n    unless: [all members]",
            "'when.venue.0' can't be 'pub'",
            "write",
        ),
        ("title: One price for all", "title: &a One price for all", "anchors", "write the text out"),
        ("title: One price for all", "title: One price\ntitle: Two", "stands here twice", "keep one"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_write(
    kinds: dict[str, Kind], old: str, new: str, what: str, instead: str
) -> None:
    problems = load([changed(old, new)], kinds).problems
    told = [p for p in problems if what in p.what and instead in p.instead]

    assert told, problems
    assert told[0].file == "principles/fair-price.yaml"
    assert abs(told[0].line - line_of(old.splitlines()[0].strip())) <= 3


def test_all_mistakes_are_told_at_once(kinds: dict[str, Kind]) -> None:
    files = changed("    why: Others may hear of it.", "    whyy: x")
    files["principles/fair-price.yaml"] = files["principles/fair-price.yaml"].replace(
        "title: One price for all", "titel: x"
    )

    problems = load([files], kinds).problems

    assert {"unknown key 'whyy'", "unknown key 'titel'", "'why' is missing", "'title' is missing"} <= {
        p.what for p in problems
    }


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("[[mate price]] for", "mate price for", "no words are marked"),
        ("[[mate price]] for", "mate price [[for]]", "does not flag the marked words"),
        ("See the price list.", "A mate price for you.", "this passes line is flagged"),
        ("You get the day rate.", "You get a mate rate, ok.", "this near line is flagged"),
        ("You get the day rate.", "Nothing alike at all in here.", "no near miss"),
        ("rewrites: [I keep one price.,", "rewrites: [I keep a mate rate.,", "this rewrite is flagged"),
        ("after: The list price is on the site.", "after: The mate price is on.", "the pair's 'after' is flagged"),
        (
            "I keep one price, {amount|my usual fee}",
            "I keep one mate price, {amount|my usual fee}",
            "this rewrite is flagged",
        ),
    ],
)
def test_an_example_that_does_not_hold_is_refused(kinds: dict[str, Kind], old: str, new: str, what: str) -> None:
    problems = prove(load([changed(old, new)], kinds), kinds)

    assert any(what in p.what for p in problems), problems


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "      - <friend> (price+|rate+)\n",
            "      - <friend> (price+|rate+)\n      - <friend> (deal|offer)\n",
            "<friend> (deal|offer)",
        ),
        ("unless: [all members]", "unless: [all members, every reader]", "every reader"),
        ("  - the same as everyone pays", "  - the same as everyone pays\n  - like the rest", "needs this repair"),
        ("phrases: [I keep one price]", "phrases: [I keep one price, the list holds]", "shows this phrase"),
    ],
)
def test_a_phrase_or_exception_that_no_example_needs_is_found(
    kinds: dict[str, Kind], old: str, new: str, line: str
) -> None:
    problems = untested(load([changed(old, new)], kinds), kinds)

    assert [p for p in problems if line in p.what or line in p.instead], problems


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- a\n- b\n", "holds a list"),
        ("42", "holds the text '42'"),
        ("", "holds nothing"),
        ("a: [b", "expected"),
        ("\tx: 1", "token"),
        ("a: &x [1]\nb: [*x, *x]", "anchors"),
        ("a: " + "[" * 60 + "]" * 60, "nested more than"),
        ("? {a: b}\n: c", "a key must be a plain word"),
        ("x: " + "y" * 1_100_000, "characters"),
    ],
)
def test_a_file_that_is_no_playbook_is_one_clear_problem(kinds: dict[str, Kind], text: str, what: str) -> None:
    problems = load([{"principles/fair-price.yaml": text}], kinds).problems

    assert any(what in p.what for p in problems), problems
    assert all(p.line >= 1 for p in problems)


def test_a_rule_id_may_be_used_once(kinds: dict[str, Kind]) -> None:
    problems = load(
        [{"lists.yaml": "friend: [mate+, pal+]", "principles/a.yaml": PRINCIPLE, "principles/b.yaml": PRINCIPLE}], kinds
    ).problems

    assert any("'friend-price' is taken by principles/a.yaml" in p.what for p in problems)


def house_rule(rule_id: str, principle: str) -> str:
    rules = PRINCIPLE[PRINCIPLE.index("rules:") : PRINCIPLE.index("tips:")]
    return rules.replace("id: friend-price", f"id: {rule_id}\n    principle: {principle}").replace(
        "severity: 2", "severity: 3"
    )


def test_a_team_adds_its_own_rules_in_a_folder_of_its_own(small: Small) -> None:
    built = small(rules__ours=house_rule("our-own", "fair-price"))

    assert not built.problems
    assert {r.id for r in built.playbooks.rules} == {"friend-price", "our-own"}


def test_a_teams_rule_of_the_same_id_replaces_ours(small: Small) -> None:
    built = small(rules__ours=house_rule("friend-price", "fair-price"))

    assert [r.severity for r in built.playbooks.rules] == [3]


def test_a_teams_rule_for_no_known_principle_is_refused(small: Small) -> None:
    problems = small(rules__ours=house_rule("our-own", "fair-prize")).problems

    assert any("names the principle 'fair-prize'" in p.what for p in problems)
