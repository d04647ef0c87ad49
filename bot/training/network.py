"""The network: a small encoder with four heads, and what it is taught by."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, log_softmax, softplus

from bot.training.samples import NOT_A_WORD, Sample

PRINCIPLE_WEIGHT = 1.0
SEVERITY_WEIGHT = 0.3
PIECES_WEIGHT = 1.0
PAIR_WEIGHT = 0.5
PAIR_MARGIN = 1.0
MARKED_PIECES_COUNT = 2.0  # marked words are rare among words


class Network(nn.Module):
    """all-MiniLM-L6-v2 with heads for the message, the principle, the severity and each piece."""

    def __init__(self, encoder: Path, principles: int) -> None:
        super().__init__()
        from transformers import AutoModel

        self.encoder: Any = AutoModel.from_pretrained(encoder, attn_implementation="sdpa")
        # Twelve of its twenty-two million numbers: left as they are they train twice as fast and forget no rare word.
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.message, self.pieces = nn.Linear(width, 1), nn.Linear(width, 1)
        self.principles, self.severities = nn.Linear(width, principles), nn.Linear(width, 3)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return scores of the message [B], the principles [B, P], the severities [B, 3] and the pieces [B, S]."""
        held = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(held.dtype)
        mean = self.drop((held * weight).sum(1) / weight.sum(1))
        pieces = self.pieces(self.drop(held)).squeeze(-1)
        return self.message(mean).squeeze(-1), self.principles(mean), self.severities(mean), pieces


@dataclass(frozen=True)
class Batch:
    """Samples as tensors."""

    ids: Tensor
    mask: Tensor
    pieces: Tensor
    bad: Tensor
    principles: Tensor
    severity: Tensor
    pairs: tuple[tuple[int, int], ...]


def batch_of(samples: Sequence[Sample], principles: Sequence[str]) -> Batch:
    """Return `samples` as tensors; `pairs` names the places of a violation and its good form."""
    longest = max(len(s.ids) for s in samples)
    targets = torch.zeros(len(samples), len(principles))
    for row, sample in enumerate(samples):
        for name in sample.principles:
            targets[row, principles.index(name)] = 1 / len(sample.principles)
    return Batch(
        torch.tensor([[*s.ids, *[0] * (longest - len(s.ids))] for s in samples]),
        torch.tensor([[1] * len(s.ids) + [0] * (longest - len(s.ids)) for s in samples]),
        torch.tensor([[*s.pieces, *[NOT_A_WORD] * (longest - len(s.pieces))] for s in samples]),
        torch.tensor([float(s.bad) for s in samples]),
        targets,
        torch.tensor([max(s.severity - 1, 0) for s in samples]),
        tuple(_pairs(samples)),
    )


def _pairs(samples: Sequence[Sample]) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for place, sample in enumerate(samples):
        if sample.pair:
            places.setdefault(sample.pair, []).append(place)
    both = [pair for pair in places.values() if len(pair) == 2]
    return [(a, b) if samples[a].bad else (b, a) for a, b in both if samples[a].bad != samples[b].bad]


def loss_of(scores: tuple[Tensor, Tensor, Tensor, Tensor], batch: Batch) -> Tensor:
    """Return how far `scores` are from what the batch should score."""
    message, principles, severities, pieces = (s.float() for s in scores)
    total = binary_cross_entropy_with_logits(message, batch.bad)
    words = batch.pieces != NOT_A_WORD
    total += PIECES_WEIGHT * binary_cross_entropy_with_logits(
        pieces[words], batch.pieces[words].float(), pos_weight=torch.tensor(MARKED_PIECES_COUNT)
    )
    bad = batch.bad > 0
    if bad.any():
        total -= PRINCIPLE_WEIGHT * (batch.principles[bad] * log_softmax(principles[bad], 1)).sum(1).mean()
        total += SEVERITY_WEIGHT * cross_entropy(severities[bad], batch.severity[bad])
    if batch.pairs:
        ahead = torch.stack([message[worse] - message[better] for worse, better in batch.pairs])
        total += PAIR_WEIGHT * softplus(PAIR_MARGIN - ahead).mean()
    return total
