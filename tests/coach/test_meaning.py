"""The second reader: pieces with their places, windows, and what the model may and may not add to a review."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.kind import Kind
from bot.coach.meaning.opinion import Opinion, Sight, Thresholds
from bot.coach.meaning.windows import MOST_PIECES, windows_of
from bot.coach.meaning.wordpiece import WordPiece
from bot.coach.model import Draft, Playbooks
from bot.coach.review import Coach
from bot.coach.text import read
from bot.models import builtin_model, load_meaning

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "half",
    "price",
    "for",
    "you",
    "un",
    "##fair",
    "##ly",
    "cafe",
    ".",
    "£",
]
HELD = Thresholds("by hand", 1.0, 1.0, 0.0, speak=0.8, fine=0.05, principles={"candour-first": 0.1})


@pytest.fixture(scope="session")
def pieces() -> WordPiece:
    return WordPiece(VOCABULARY)


def cut(pieces: WordPiece, text: str) -> list[tuple[str, str]]:
    return [(VOCABULARY[p.id], text[p.start : p.end]) for p in pieces.pieces(text)]


def test_words_are_cut_into_the_longest_known_pieces(pieces: WordPiece) -> None:
    assert cut(pieces, "Unfairly half.") == [
        ("un", "Un"),
        ("##fair", "fair"),
        ("##ly", "ly"),
        ("half", "half"),
        (".", "."),
    ]


def test_accents_are_read_and_places_stay_true(pieces: WordPiece) -> None:
    assert cut(pieces, "£ Café") == [("£", "£"), ("cafe", "Café")]


def test_a_word_with_an_unknown_end_is_unknown_as_a_whole(pieces: WordPiece) -> None:
    assert cut(pieces, "halfway") == [("[UNK]", "halfway")]


@given(st.text(max_size=300))
def test_pieces_stand_in_order_where_they_say(text: str) -> None:
    found = WordPiece(VOCABULARY).pieces(text)

    assert all(a.end <= b.start or (a.start, a.end) == (b.start, b.end) for a, b in itertools.pairwise(found))
    assert all(0 <= p.start < p.end <= len(text) for p in found)


@given(st.text(alphabet="ab half.\n>`'", max_size=3_000))
def test_windows_hold_every_sentence_and_never_too_many_pieces(text: str) -> None:
    reading = read(text)
    windows = windows_of(reading, Draft(text, "friend", "dm", "designer"), WordPiece(VOCABULARY))

    assert all(sum(place[0] >= 0 for place in w.places) <= MOST_PIECES for w in windows)
    for window in windows:
        for sentence in window.sentences:
            assert 0 <= sentence.start < sentence.end <= len(reading.plain)
            assert all(window.places[i][0] >= 0 for i in range(sentence.first, sentence.last))


class Says:
    """A model that always thinks the same."""

    def __init__(self, *sights: Sight) -> None:
        self.thresholds = HELD
        self._opinion = Opinion(sights)

    def opinion(self, reading: object, draft: Draft) -> Opinion:
        return self._opinion


def coach_with(playbooks: Playbooks, kinds: dict[str, Kind], *sights: Sight) -> Coach:
    return Coach(playbooks, kinds, meaning=Says(*sights))  # type: ignore[arg-type]


PLAIN = "The report is attached. See you on Monday."


def test_the_model_alone_speaks_above_its_threshold_and_as_a_question(
    playbooks: Playbooks, kinds: dict[str, Kind]
) -> None:
    review = coach_with(playbooks, kinds, Sight(0.85, "equal-treatment", 3, 0, 23)).review(Draft(PLAIN))

    (finding,) = review.findings
    assert (finding.layer, finding.principle, finding.severity) == ("meaning", "equal-treatment", 2)
    assert finding.span.text == "The report is attached."
    assert finding.span.text in finding.reminder


def test_the_model_alone_is_silent_below_its_threshold(playbooks: Playbooks, kinds: dict[str, Kind]) -> None:
    assert coach_with(playbooks, kinds, Sight(0.79, "equal-treatment", 2, 0, 23)).review(Draft(PLAIN)).findings == ()


def test_a_principle_on_which_the_model_cries_wolf_needs_more(playbooks: Playbooks, kinds: dict[str, Kind]) -> None:
    assert coach_with(playbooks, kinds, Sight(0.85, "candour-first", 2, 0, 23)).review(Draft(PLAIN)).findings == ()


def flag_of(playbooks: Playbooks, severity: int) -> str:
    rule = next(r for r in playbooks.rules if r.severity == severity and not (r.when or r.raised or r.profession))
    return rule.examples.flags[0].replace("[[", "").replace("]]", "")


@pytest.mark.parametrize(("severity", "spoken"), [(2, False), (3, True)])
def test_a_model_sure_of_fine_quiets_a_weak_rule_and_never_a_serious_one(
    playbooks: Playbooks, kinds: dict[str, Kind], severity: int, spoken: bool
) -> None:
    text = flag_of(playbooks, severity)

    review = coach_with(playbooks, kinds, Sight(0.01, "candour-first", 1, 0, len(text))).review(Draft(text))

    assert bool(review.findings) == spoken


def test_the_model_adds_nothing_over_words_that_a_rule_has_spoken_about(
    playbooks: Playbooks, kinds: dict[str, Kind]
) -> None:
    text = flag_of(playbooks, 3)

    review = coach_with(playbooks, kinds, Sight(0.99, "candour-first", 2, 0, len(text))).review(Draft(text))

    assert {f.layer for f in review.findings} == {"rules"}


def test_the_model_that_comes_with_the_package_reads_a_draft(playbooks: Playbooks) -> None:
    meaning = load_meaning(builtin_model())
    text = "Between us, the other couple's divorce papers came in today, he is hiding the flat in Spain from her."

    opinion = meaning.opinion(read(text), Draft(text, "friend", "dm"))

    assert 0 < opinion.sure < 1
    assert opinion.sights[0].principle in {p.id for p in playbooks.principles}


def test_the_models_principles_are_the_playbooks(playbooks: Playbooks) -> None:
    held = json.loads((builtin_model() / "thresholds.json").read_text())

    assert sorted(held["principles"]) == sorted(p.id for p in playbooks.principles)


@pytest.mark.parametrize("missing", ["model.onnx", "vocabulary.txt", "thresholds.json"])
def test_a_missing_file_is_named_and_reviews_go_on_with_rules(missing: str, tmp_path: Path) -> None:
    from bot.models import ModelError

    for path in builtin_model().iterdir():
        if path.name != missing:
            (tmp_path / path.name).symlink_to(path)

    with pytest.raises(ModelError, match=missing):
        load_meaning(tmp_path)


@pytest.mark.parametrize("broken", ["model.onnx", "thresholds.json"])
def test_a_broken_file_is_told_in_one_sentence(broken: str, tmp_path: Path) -> None:
    from bot.models import ModelError

    for path in builtin_model().iterdir():
        if path.name != broken:
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / broken).write_bytes(b"not what it should be")

    with pytest.raises(ModelError):
        load_meaning(tmp_path)


def test_what_runs_the_model_reports_to_nobody() -> None:
    """Newer releases of onnxruntime (1.32 does, 1.24.1 does not) hold a client that reports to their maker."""
    import onnxruntime

    libraries = [p for p in Path(onnxruntime.__file__).parent.rglob("*.so*") if p.is_file()]

    assert libraries
    assert [p.name for p in libraries if b"OneDsTelemetry" in p.read_bytes()] == []
