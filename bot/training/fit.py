"""Teaches the network: the same examples and seed give the same model on the same machine."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from bot.coach.meaning.wordpiece import WordPiece
from bot.training.corpus import Example
from bot.training.network import Network, batch_of, loss_of
from bot.training.samples import batches, samples_of


@dataclass(frozen=True)
class Recipe:
    """How the network is taught."""

    epochs: int = 4
    batch: int = 24
    encoder_rate: float = 8e-5
    heads_rate: float = 2e-3
    warm_up: float = 0.1
    without_context: float = 0.3  # how often an example comes without its context, as most drafts do
    seed: int = 7
    threads: int = 2


def fit(
    examples: Sequence[Example],
    encoder: Path,
    pieces: WordPiece,
    principles: Sequence[str],
    recipe: Recipe,
    told: Callable[[str], None],
) -> Network:
    """Teach a network from `examples`; `told` hears how it goes."""
    chance = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    network = Network(encoder, len(principles))
    count = len(batches([s for e in examples for s in samples_of(e, pieces)], recipe.batch, random.Random(0)))
    step = _stepper(network, recipe, count * recipe.epochs)
    for epoch in range(1, recipe.epochs + 1):
        network.train()
        samples = [s for e in examples for s in samples_of(e, pieces, chance.random() >= recipe.without_context)]
        losses = [step(batch_of_samples, principles) for batch_of_samples in batches(samples, recipe.batch, chance)]
        told(f"epoch {epoch} of {recipe.epochs}: loss {sum(losses) / len(losses):.3f} over {len(samples):,} windows")
    return network


def _stepper(network: Network, recipe: Recipe, steps: int) -> Callable[..., float]:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    rates = [{"params": body, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.heads_rate}]
    optimizer = torch.optim.AdamW(rates, weight_decay=0.01)
    warm = max(recipe.warm_up * steps, 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / warm) * max(0.0, 1 - s / steps)
    )

    def step(samples: Sequence[object], principles: Sequence[str]) -> float:
        batch = batch_of(samples, principles)  # type: ignore[arg-type]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(batch.ids, batch.mask)
        loss = loss_of(scores, batch)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        return float(loss)

    return step
