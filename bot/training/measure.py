"""Measures the corpus and the model, and hands the figures to their cards."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from bot.coach.kinds import load_kinds
from bot.coach.meaning.meaning import Meaning
from bot.coach.model import Playbooks
from bot.coach.review import Coach
from bot.evaluation import Figures, Labelled, figures, judge
from bot.models import load_meaning
from bot.reading import build_library
from bot.settings import Settings
from bot.training.audit import SecondReading, agreement, near_duplicates, told_by_manner, told_by_words
from bot.training.card import data_card, model_card
from bot.training.corpus import Example, read_corpus, split
from bot.training.make import HELD_OUT

SECOND_READER = "second_reader.json"


def measured_corpus(corpus: Path) -> str:
    """Return the page about the corpus in `corpus`."""
    examples = read_corpus(corpus)
    families = {p.id: p.family for p in build_library(Settings()).playbooks().principles}
    path = corpus / SECOND_READER
    readings = msgspec.json.decode(path.read_bytes(), type=list[SecondReading]) if path.exists() else []
    agreements = agreement(examples, readings, families) if readings else {}
    return data_card(
        examples, len(near_duplicates(examples)), told_by_manner(examples), told_by_words(examples), agreements
    )


def measured_model(corpus: Path, target: Path, real: Sequence[Path]) -> str:
    """Return the page about the model in `target`, measured on the authors held out of it."""
    playbooks, meaning = build_library(Settings()).playbooks(), load_meaning(target)
    _, held_out = split(read_corpus(corpus), HELD_OUT)
    rows = [_labelled(e) for e in held_out]
    coaches = _coaches(playbooks, meaning)
    runs = {name: figures(judge(rows, coach.review)) for name, coach in coaches.items()}
    on_real = {path.name: _on_real(path, coaches["both"]) for path in real}
    return model_card(HELD_OUT, runs, on_real, meaning.thresholds)


def _coaches(playbooks: Playbooks, meaning: Meaning) -> dict[str, Coach]:
    kinds = load_kinds()
    return {
        "rules": Coach(playbooks, kinds),
        "meaning": Coach(replace(playbooks, rules=()), kinds, meaning=meaning),
        "both": Coach(playbooks, kinds, meaning=meaning),
    }


def _labelled(example: Example) -> Labelled:
    return Labelled(
        example.id,
        example.text,
        list(example.labels),
        list(example.spans),
        example.kind,
        example.pair,
        example.profession,
        example.relationship,
        example.venue,
    )


def _on_real(path: Path, coach: Coach) -> Figures:
    rows = [msgspec.json.decode(line, type=Labelled) for line in path.read_bytes().splitlines() if line.strip()]
    return figures(judge(rows, coach.review))
