"""Words -> pieces of words with their places: BERT's uncased WordPiece (Devlin et al. 2018, appendix A.2), over a vocabulary of our own size."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_WORD = 100
MOST_REMEMBERED = 50_000


@dataclass(frozen=True)
class Piece:
    """A piece of a word: its number in the vocabulary, and where it stands in the text."""

    id: int
    start: int
    end: int


class WordPiece:
    """Cuts text into pieces; `vocabulary` lists them in order, with [UNK], [CLS] and [SEP] among them."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[tuple[int, int, int], ...]] = {}
        self.unknown, self.first, self.last = (self._ids[name] for name in ("[UNK]", "[CLS]", "[SEP]"))

    def pieces(self, text: str) -> list[Piece]:
        """Return the pieces of `text` in order."""
        return [
            Piece(number, start + a, start + b) for start, word in _words(text) for number, a, b in self._of_word(word)
        ]

    def _of_word(self, word: str) -> tuple[tuple[int, int, int], ...]:
        known = self._known.get(word)
        if known is None:
            known = tuple(self._cut(word))
            if len(self._known) < MOST_REMEMBERED:
                self._known[word] = known
        return known

    def _cut(self, word: str) -> list[tuple[int, int, int]]:
        """Return the longest known pieces from the left, each with its place in `word`; one unknown piece where that fails."""
        bare, places = _bare(word)
        cut: list[tuple[int, int, int]] = []
        start = 0
        while start < len(bare):
            found = self._longest(bare, start) if len(bare) <= LONGEST_WORD else None
            if found is None:
                return [(self.unknown, 0, len(word))]
            number, end = found
            cut.append((number, places[start], places[end - 1] + 1))
            start = end
        return cut

    def _longest(self, word: str, start: int) -> tuple[int, int] | None:
        mark = "##" if start else ""
        for end in range(len(word), start, -1):
            number = self._ids.get(mark + word[start:end])
            if number is not None:
                return number, end
        return None


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Yield each word and each sign of punctuation with where it starts."""
    start = -1
    for place, character in enumerate(text):
        if character.isalnum():
            start = place if start < 0 else start
            continue
        kind = unicodedata.category(character)
        ends = character.isspace() or kind[0] == "C" or _is_sign(character, kind)
        if ends and start >= 0:
            yield start, text[start:place]
            start = -1
        if ends and not character.isspace() and kind[0] != "C":
            yield place, character
        elif not ends and start < 0:
            start = place
    if start >= 0:
        yield start, text[start:]


def _is_sign(character: str, kind: str) -> bool:
    return kind[0] == "P" or (character.isascii() and kind[0] == "S")


def _bare(word: str) -> tuple[str, list[int]]:
    """Return `word` in small letters without accents, and for each of its characters its place in `word`."""
    if word.isascii():
        return word.lower(), list(range(len(word)))
    bare, places = [], []
    for place, character in enumerate(word):
        for part in unicodedata.normalize("NFD", character.lower()):
            if unicodedata.category(part) != "Mn":
                bare.append(part)
                places.append(place)
    return "".join(bare), places
