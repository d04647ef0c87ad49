"""`boundary model`: makes the model anew from the labelled drafts, and measures it."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.inputs import fail

app = typer.Typer(help="Make the local model anew, and measure it.", no_args_is_help=True)

CORPUS = Path("tests/corpus")
TARGET = Path("bot/model")


@app.command()
def train(
    corpus: Annotated[Path, typer.Option(help="The folder of labelled drafts.")] = CORPUS,
    target: Annotated[Path, typer.Option(help="Where the model is written.")] = TARGET,
    real: Annotated[
        list[Path] | None,
        typer.Option(help="Real messages on which the model should be silent; measured on, not learnt."),
    ] = None,
    epochs: Annotated[int, typer.Option(help="How often each draft is seen.")] = 4,
) -> None:
    """Learn from the labelled drafts; needs what `make model` installs, and about half an hour on two cores."""
    try:
        from bot.training.fit import Recipe
        from bot.training.make import TrainingError, make_model
    except ImportError:
        raise fail("training needs more than running does; `make model` installs it") from None
    principles = sorted(path.stem for path in Path("playbooks/principles").glob("*.yaml"))
    try:
        make_model(corpus, target, principles, Recipe(epochs=epochs), real or (), typer.echo)
    except TrainingError as error:
        raise fail(str(error)) from None


@app.command()
def cards(
    corpus: Annotated[Path, typer.Option(help="The folder of labelled drafts.")] = CORPUS,
    target: Annotated[Path, typer.Option(help="The folder of the model.")] = TARGET,
    real: Annotated[list[Path] | None, typer.Option(help="Real messages to count false alarms on.")] = None,
) -> None:
    """Measure the corpus and the model, and write a page about each beside it."""
    try:
        from bot.training.measure import measured_corpus, measured_model
    except ImportError:
        raise fail("measuring needs more than running does; `make model` installs it") from None
    (corpus / "README.md").write_text(measured_corpus(corpus), "utf-8")
    (target / "README.md").write_text(measured_model(corpus, target, real or ()), "utf-8")
