"""The figures: exactly the definitions of the corpus README."""

import pytest

from bot.coach.model import Draft, Finding, Review, Span
from bot.evaluation import Judged, Labelled, Share, compare, figures, judge

ROWS = [
    Labelled("v1", "half price now", ["equal-treatment"], ["half price"], "violation", "g1", relationship="friend"),
    Labelled("g1", "list price now", [], [], "good-form", "v1", relationship="friend"),
    Labelled("v2", "a loan for you", ["money-ties", "no-leverage"], ["a loan"], "violation", "g2"),
    Labelled("g2", "no loan, half off", [], [], "good-form", "v2"),
    Labelled("o1", "see you at ten", [], [], "ordinary"),
    Labelled("h1", "half time", [], [], "hard-negative"),
]


def speaks_on_half(draft: Draft) -> Review:
    at = draft.text.find("half")
    if at < 0:
        return Review()
    return Review((Finding("equal-treatment", "r", 2, Span(at, at + 4, "half"), "", "", "", "", ""),))


@pytest.fixture
def judged() -> list[Judged]:
    return judge(ROWS, speaks_on_half)


def test_precision_and_recall_count_speaking_against_labels(judged: list[Judged]) -> None:
    assert figures(judged).precision == Share(1, 3)
    assert figures(judged).recall == Share(1, 2)


def test_a_pair_counts_only_when_the_slip_speaks_and_its_good_form_is_silent(judged: list[Judged]) -> None:
    assert figures(judged).pairs == Share(1, 2)


def test_false_alarms_are_counted_by_kind(judged: list[Judged]) -> None:
    assert figures(judged).false_alarms == {
        "good-form": Share(1, 2),
        "hard-negative": Share(1, 1),
        "ordinary": Share(0, 1),
    }


def test_principle_and_span_are_counted_over_true_positives(judged: list[Judged]) -> None:
    assert figures(judged).principle == Share(1, 1)
    assert figures(judged).span == Share(1, 1)
    assert figures(judged).micro_f1 == pytest.approx(2 * 1 / (3 + 2))


def test_each_principle_and_relationship_has_its_row(judged: list[Judged]) -> None:
    held = figures(judged)

    assert held.by_principle["equal-treatment"]["recall"] == Share(1, 1)
    assert held.by_principle["money-ties"]["recall"] == Share(0, 1)
    assert held.by_relationship["friend"] == {"recall": Share(1, 1), "false alarms": Share(0, 1)}


def test_mail_that_two_readers_dispute_counts_nowhere() -> None:
    read = {"labels": ["equal-treatment"], "spans": []}
    rows = [
        Labelled("r1", "half", reader1=read, reader2=read),
        Labelled("r2", "half", reader1=read, reader2={"labels": []}),
        Labelled("r3", "half", reader1={"labels": []}, reader2={"labels": []}),
    ]
    held = figures(judge(rows, speaks_on_half))

    assert held.precision == Share(1, 2)
    assert held.false_alarms == {"real-ordinary": Share(1, 1)}


def test_two_runs_are_compared_with_lost_true_positives_first(judged: list[Judged]) -> None:
    after = judge(
        ROWS, lambda draft: speaks_on_half(Draft(draft.text.replace("half", "price").replace("loan", "half")))
    )

    assert [change.what.split()[0] for change in compare(judged, after)] == ["lost", "gained", "silenced"] or compare(
        judged, after
    )[0].what.startswith("lost")
    assert not compare(judged, judged)


def test_no_text_of_a_draft_is_kept(judged: list[Judged]) -> None:
    assert all(row.text not in repr(judged) for row in ROWS)
