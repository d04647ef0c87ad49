"""The model on disk: reads its files, and says in one sentence what is wrong when they can't be used."""

from pathlib import Path

import msgspec

from bot.coach.meaning.meaning import Meaning
from bot.coach.meaning.opinion import Thresholds

MODEL, VOCABULARY, SETTINGS = "model.onnx", "vocabulary.txt", "thresholds.json"


class ModelError(Exception):
    """The model can't be used; the message says why, and reviews go on with rules alone."""


class Held(msgspec.Struct):
    """What thresholds.json holds: the order of the model's principles, and how sure it must be."""

    principles: list[str]
    thresholds: Thresholds


def builtin_model() -> Path:
    """Return the folder of the model that comes with the package."""
    return Path(__file__).parent / "model"


def load_meaning(folder: Path) -> Meaning:
    """Load the model of `folder`; raise ModelError where a file is absent or broken, or onnxruntime is."""
    try:
        from onnxruntime.capi import onnxruntime_pybind11_state as ort
    except ImportError:
        raise ModelError("onnxruntime is not installed") from None
    try:
        held = msgspec.json.decode((folder / SETTINGS).read_bytes(), type=Held)
        vocabulary = (folder / VOCABULARY).read_text("utf-8").splitlines()
        return Meaning((folder / MODEL).read_bytes(), vocabulary, held.principles, held.thresholds)
    except FileNotFoundError as error:
        raise ModelError(f"{Path(str(error.filename)).name} is not there") from None
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"its files can't be read ({type(error).__name__})") from None
    except (ort.Fail, ort.InvalidProtobuf, ort.InvalidGraph, ort.InvalidArgument, ort.NotImplemented) as error:
        raise ModelError(f"{MODEL} is not a model ({type(error).__name__})") from None


def save_settings(folder: Path, principles: list[str], thresholds: Thresholds) -> None:
    """Write what goes with a model."""
    folder.mkdir(parents=True, exist_ok=True)
    text = msgspec.json.format(msgspec.json.encode(Held(principles, thresholds)), indent=2)
    (folder / SETTINGS).write_bytes(text + b"\n")
