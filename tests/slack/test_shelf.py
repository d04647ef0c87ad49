"""Playbooks that change while the app runs: nobody waits for them, and a broken edit changes nothing."""

import logging
import threading
from pathlib import Path

import pytest

from bot.coach.kind import Kind
from bot.library import Library
from bot.slack.shelf import Shelf
from tests.slack.conftest import Clock
from tests.small import PRINCIPLE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "mine" / "principles"
    folder.mkdir(parents=True)
    (folder.parent / "lists.yaml").write_text("friend: [mate+, pal+]")
    path = folder / "fair-price.yaml"
    path.write_text(PRINCIPLE)
    return path


@pytest.fixture
def library(file: Path, kinds: dict[str, Kind]) -> Library:
    return Library([file.parents[1]], kinds)


@pytest.fixture
def shelf(library: Library, kinds: dict[str, Kind], clock: Clock) -> Shelf:
    return Shelf(library, kinds, clock)


def title(shelf: Shelf) -> str:
    return shelf.newest().playbooks.principles[0].title


def read_anew(shelf: Shelf, clock: Clock) -> None:
    """Let the shelf look at its files, and wait until it has."""
    clock.move(seconds=6)
    shelf.newest()
    while shelf._reading is not None:
        shelf._reading.exception(timeout=30)
        shelf.newest()


def test_a_change_is_taken_up(shelf: Shelf, clock: Clock, file: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    file.write_text(PRINCIPLE.replace("One price for all", "A price is a price"))
    read_anew(shelf, clock)

    assert title(shelf) == "A price is a price" and "playbooks reloaded" in caplog.messages


def test_files_are_not_looked_at_all_the_time(shelf: Shelf, clock: Clock) -> None:
    clock.move(seconds=4)
    shelf.newest()

    assert shelf._reading is None


def test_a_broken_edit_leaves_the_last_good_set_and_names_its_line(
    shelf: Shelf, clock: Clock, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text(PRINCIPLE.replace("severity: 2", "severity: 9"))
    read_anew(shelf, clock)

    assert title(shelf) == "One price for all"
    warned = next(r for r in caplog.records if r.levelno == logging.WARNING)
    assert warned.getMessage() == "playbooks not reloaded" and "fair-price" in warned.__dict__["file"]


def test_files_that_vanish_under_the_readers_eyes_change_nothing(
    shelf: Shelf, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def vanish() -> None:
        raise FileNotFoundError(2, "gone")

    monkeypatch.setattr(library, "playbooks", vanish)
    read_anew(shelf, clock)

    assert title(shelf) == "One price for all" and "playbooks not reloaded" in caplog.messages


def test_nobody_waits_for_a_reload(
    shelf: Shelf, library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = threading.Event(), library.playbooks

    def slow() -> object:
        go.wait(30)
        return real()

    monkeypatch.setattr(library, "playbooks", slow)
    clock.move(seconds=6)

    assert title(shelf) == "One price for all"
    go.set()
