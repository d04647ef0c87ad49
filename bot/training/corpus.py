"""The labelled drafts: who wrote them, what they say, what a reader marked."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from bot.coach.model import Draft


class Example(msgspec.Struct, frozen=True):
    """A labelled draft; no labels means that it deserves silence. `author` is the file that it stands in."""

    id: str
    text: str
    labels: tuple[str, ...] = ()
    severity: int = 0
    spans: tuple[str, ...] = ()
    kind: str = "ordinary"
    pair: str | None = None
    profession: str = ""
    relationship: str = "unknown"
    venue: str = "unknown"
    author: str = ""

    @property
    def draft(self) -> Draft:
        return Draft(self.text, self.relationship, self.venue, self.profession)

    @property
    def marked(self) -> list[tuple[int, int]]:
        """Where the marked words stand, every time they do."""
        found = []
        for words in self.spans:
            at = self.text.find(words)
            while at >= 0:
                found.append((at, at + len(words)))
                at = self.text.find(words, at + 1)
        return found


def read_corpus(folder: Path) -> list[Example]:
    """Return the drafts of every file of `folder`, each with its author."""
    return [example for path in sorted(folder.glob("*.jsonl")) for example in read_file(path)]


def read_file(path: Path) -> list[Example]:
    """Return the drafts of one file."""
    author = path.stem.rpartition("_")[2] if path.stem.startswith("drafts_") else path.stem
    decode = msgspec.json.Decoder(Example).decode
    rows = [decode(line) for line in path.read_bytes().splitlines() if line.strip()]
    return [msgspec.structs.replace(row, author=author) for row in rows]


def split(examples: Sequence[Example], held_out: Sequence[str]) -> tuple[list[Example], list[Example]]:
    """Return the examples to learn from, and those of the authors that are held out."""
    return [e for e in examples if e.author not in held_out], [e for e in examples if e.author in held_out]
