"""What the model sees of a draft: windows of whole sentences, each with the draft's context before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.coach.meaning.wordpiece import Piece, WordPiece
from bot.coach.model import Draft
from bot.coach.text import Reading

MOST_PIECES = 224  # a window with its context stays below the 256 that the model was trained on
MOST_CONTEXT = 24


@dataclass(frozen=True)
class Sentence:
    """A sentence in a window: which pieces are its own, and where it stands in the readable text."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Window:
    """Neighbouring sentences in one go of the model: piece ids, and for each piece its place in the readable text, (-1, -1) for context."""

    ids: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]


def windows_of(reading: Reading, draft: Draft, pieces: WordPiece) -> list[Window]:
    """Return the windows of a draft, in order; a long draft's windows share one sentence with their neighbour."""
    before = [pieces.first, *(p.id for p in pieces.pieces(context_of(draft))[:MOST_CONTEXT]), pieces.last]
    sentences = [cut for s in reading.sentences for cut in _cut(_pieces_of(reading, s.start, s.end, pieces))]
    return [_window(before, group, pieces.last) for group in _groups(sentences)]


def context_of(draft: Draft) -> str:
    """Return a draft's context in words."""
    return f"{draft.relationship} {draft.venue} {draft.profession}".replace("unknown", "").strip().lower() or "unknown"


def _pieces_of(reading: Reading, start: int, end: int, pieces: WordPiece) -> list[Piece]:
    return [Piece(p.id, p.start + start, p.end + start) for p in pieces.pieces(reading.plain[start:end])]


def _cut(sentence: list[Piece]) -> list[list[Piece]]:
    return [sentence[at : at + MOST_PIECES] for at in range(0, len(sentence), MOST_PIECES)]


def _groups(sentences: Sequence[list[Piece]]) -> list[list[list[Piece]]]:
    groups: list[list[list[Piece]]] = []
    group: list[list[Piece]] = []
    for sentence in sentences:
        if group and sum(map(len, group)) + len(sentence) > MOST_PIECES:
            groups.append(group)
            last = group[-1]
            group = [last] if len(last) + len(sentence) <= MOST_PIECES else []
        group.append(sentence)
    return [*groups, group] if group else groups


def _window(before: Sequence[int], group: Sequence[list[Piece]], end_of_text: int) -> Window:
    ids, places, sentences = list(before), [(-1, -1)] * len(before), []
    for sentence in group:
        first = len(ids)
        ids += [p.id for p in sentence]
        places += [(p.start, p.end) for p in sentence]
        sentences.append(Sentence(first, len(ids), sentence[0].start, sentence[-1].end))
    return Window((*ids, end_of_text), (*places, (-1, -1)), tuple(sentences))
