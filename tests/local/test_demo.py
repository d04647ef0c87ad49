"""`boundary demo`: a tour without a terminal, a Slack to click through with one, reviews where there is no Slack."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from bot.cli.at_terminal import DRAFTS, YOUR_TURN
from bot.coach.model import Draft
from bot.coach.review import Coach
from bot.local.tour import DRAFT, GOSSIP

MAIN = "from bot.cli import main; main()"


def demo(code: str = MAIN, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `boundary demo` without a terminal."""
    command = [sys.executable, "-c", code, "demo"]
    settings = {"PATH": os.environ["PATH"], "CI": "true"} | environ
    return subprocess.run(command, env=settings, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)


def test_every_bundled_draft_that_blurs_a_line_is_spoken_to(coach: Coach) -> None:
    rows = [msgspec.json.decode(line, type=dict[str, str]) for line in DRAFTS.read_text("utf-8").splitlines()]
    silent = [r["id"] for r in rows if not coach.review(Draft(r["text"], r["relationship"], r["venue"])).findings]

    assert silent == ["a-line-well-handled", "an-ordinary-note", "another-language"]


@pytest.mark.usefixtures("program")
def test_without_a_terminal_the_tour_is_driven_and_printed() -> None:
    held = {"HOME": os.environ["HOME"], "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", "")}
    done = demo(HTTP_PROXY="http://127.0.0.1:9", **held)  # a proxy for the world outside does not stand in its way

    assert (done.returncode, done.stderr) == (0, "")
    flat = " ".join(done.stdout.split())
    assert all(words in flat for words in (DRAFT, GOSSIP, "[Use this wording]", "Tip of the week", "/boundary tip"))


@pytest.mark.usefixtures("program")
def test_a_tour_that_does_not_get_what_it_should_fails() -> None:
    wrong = f"import bot.local.tour as tour; tour.SLIP = 'you'; {MAIN}"

    done = demo(wrong, HOME=os.environ["HOME"], XDG_CACHE_HOME=os.environ.get("XDG_CACHE_HOME", ""))

    assert done.returncode == 2
    assert "the tour stopped: a draft without the line that was reworded was expected" in done.stderr


def test_without_npm_it_says_why_and_reviews_at_the_terminal(tmp_path: Path) -> None:
    done = demo(PATH=str(tmp_path), XDG_CACHE_HOME=str(tmp_path))

    assert done.returncode == 0
    assert "No local Slack, since" in done.stderr
    assert "don't mention it" in done.stdout and YOUR_TURN in done.stdout


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_at_a_terminal_it_runs_until_it_is_stopped_and_leaves_nothing_behind(
    how: signal.Signals, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    environ = {key: value for key, value in os.environ.items() if key != "CI"} | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, "demo"], stdin=theirs, stdout=theirs, stderr=theirs, env=environ
    ) as running:
        os.close(theirs)
        said = b""
        while b"Ctrl-C ends it" not in said:
            said += os.read(ours, 4096)
        children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
        running.send_signal(how)
        assert running.wait(20) == 0
    os.close(ours)

    assert len(children) == 1 and not Path(f"/proc/{children[0]}").exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("program")
def test_at_a_terminal_enter_moves_time_on_where_something_is_due() -> None:
    ours, theirs = pty.openpty()
    environ = {key: value for key, value in os.environ.items() if key != "CI"}
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, "demo"], stdin=theirs, stdout=theirs, stderr=theirs, env=environ
    ) as running:
        os.close(theirs)
        said = b""
        while b"Ctrl-C ends it" not in said:
            said += os.read(ours, 4096)
        os.write(ours, b"\n")
        while b"Nothing is due" not in said:
            said += os.read(ours, 4096)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
    os.close(ours)
