"""`boundary check`: a person gives a real draft and gets a review worth having."""

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app_for

SLIP = "Hi Sam,\nas it's you, I'll do it for half price, just don't tell the others.\nAna"
FINE = "Morning! Version three of the homepage is in the folder. Comments by Thursday, please."


@pytest.fixture
def boundary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Run the command line in an empty folder, with nothing set but a cache."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BOUNDARY_PLAYBOOKS", raising=False)

    def run(*arguments: str, input: str | bytes | None = None) -> Result:  # noqa: A002
        return CliRunner().invoke(app_for(list(arguments)), list(arguments), input=input)

    return run


def test_a_slip_is_shown_with_its_words_a_reason_and_a_way_out(boundary) -> None:  # type: ignore[no-untyped-def]
    result = boundary("check", "--to", "friend", input=SLIP)

    assert result.exit_code == 1
    assert "before you send this" in result.stdout
    assert "don't tell the others" in result.stdout
    assert "Try: “" in result.stdout


def test_a_fine_draft_gets_one_line(boundary) -> None:  # type: ignore[no-untyped-def]
    result = boundary("check", input=FINE)

    assert result.exit_code == 0
    assert "Nothing to add." in result.stdout


def test_another_language_is_named_and_never_called_fine(boundary) -> None:  # type: ignore[no-untyped-def]
    result = boundary("check", input="Guten Tag, die Pläne sind fertig und liegen hier bei, bis Freitag.")

    assert result.exit_code == 2
    assert "German" in result.stdout
    assert "Nothing to add" not in result.stdout


def test_a_file_is_read_and_json_names_the_exact_words(boundary, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "reply.txt").write_text(SLIP)

    result = boundary("check", "reply.txt", "--to", "friend", "--format", "json")
    review = json.loads(result.stdout)
    first = review["findings"][0]

    assert review["speaks"] is True
    assert SLIP[first["start"] : first["end"]] == first["text"]
    assert first["layer"] == "rules"


def test_rows_come_out_in_order_and_a_bad_one_is_told_on_its_own(boundary, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = [
        json.dumps({"id": "a", "text": SLIP, "relationship": "friend", "venue": "dm", "profession": "designer"}),
        "not json",
        json.dumps({"id": "b", "text": FINE, "labels": []}),
        json.dumps({"id": "c"}),
        json.dumps({"id": "d", "text": FINE, "relationship": "enemy"}),
        json.dumps({"id": 5, "text": "> quoted"}),
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows))

    result = boundary("check", "--jsonl", "rows.jsonl")
    out = [json.loads(line) for line in result.stdout.splitlines()]

    assert [row.get("id", row.get("line")) for row in out] == ["a", 2, "b", 4, 5, 5]
    assert [row.get("speaks") for row in out] == [True, None, False, None, None, False]
    assert set(out[0]) == {"id", "speaks", "findings", "praise", "unread", "ms"}
    assert {"principle", "rule", "severity", "start", "end", "text", "layer"} <= set(out[0]["findings"][0])
    assert out[5]["unread"]
    assert result.exit_code == 2
    assert "3 of 6 rows could not be read" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "nowhere.txt"], "nowhere.txt can't be read: no such file or directory"),
        (["check", "."], ". is a folder"),
        (["check", "--to", "enemy"], "--to enemy is unknown; use one of client"),
        (["check", "--venue", "moon"], "--venue moon is unknown"),
        (["check", "--format", "xml"], "--format xml is unknown"),
        (["check", "--jsonl", "nowhere.jsonl"], "nowhere.jsonl can't be read"),
        (["check", "--playbooks", "nowhere"], "there is no such folder"),
        (["tip", "--principle", "kindness"], "there is no principle kindness"),
        (["playbooks", "show", "kindness"], "there is no principle, rule or profession kindness"),
        (["playbooks", "schema", "tips"], "there is no such kind of file"),
        (["eval", "nowhere.jsonl"], "nowhere.jsonl can't be read"),
    ],
)
def test_bad_use_is_one_clear_sentence(boundary, arguments: list[str], sentence: str) -> None:  # type: ignore[no-untyped-def]
    result = boundary(*arguments, input="A line to read here.")

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("held", "code", "sentence"),
    [
        (b"", 2, "nothing here is in your own words"),
        (b"  \n\t ", 2, "nothing here is in your own words"),
        (b"word " * 200_000, 2, "too long: 1,000,000 characters"),
        (b"\x00\x01\x02\xff", 2, "is not UTF-8 text"),
        (b"abc\x00def", 2, "is a binary file"),
        (b"\xff\xfehalf price", 2, "is not UTF-8 text"),
    ],
)
def test_whatever_is_handed_in_gets_one_clear_sentence(
    boundary, tmp_path: Path, held: bytes, code: int, sentence: str
) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "draft").write_bytes(held)
    before = sorted(p.name for p in tmp_path.iterdir())

    result = boundary("check", "draft")

    assert result.exit_code == code
    assert sentence in result.output
    assert "Traceback" not in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a\n- b", "this file holds a list"),
        ("42", "this file holds the text '42'"),
        ("a: &a [x]\nb: [*a, *a]", "anchors"),
        ("x: " + "y" * 10_000_000, "can't be read as UTF-8 text of a sensible size"),
    ],
)
def test_a_hostile_playbook_is_refused_in_one_line_with_its_file(
    boundary, tmp_path: Path, text: str, sentence: str
) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "mine" / "principles").mkdir(parents=True)
    (tmp_path / "mine" / "principles" / "odd.yaml").write_text(text)

    result = boundary("check", "--playbooks", "mine", input=FINE)

    assert result.exit_code == 2
    assert "odd.yaml" in result.stderr
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_a_broken_pipe_of_bytes_is_told(boundary) -> None:  # type: ignore[no-untyped-def]
    result = boundary("check", input=b"\xff\xff")

    assert result.exit_code == 2
    assert "is not UTF-8 text" in result.stderr


def test_a_long_draft_is_shown_whole_when_piped(boundary) -> None:  # type: ignore[no-untyped-def]
    draft = (
        "Since you are a friend I'll do it at half price, but don't tell the others, " + "as we said on the phone " * 8
    )

    result = boundary("check", input=draft)

    assert draft.strip() in result.stdout


def test_colour_is_for_terminals_only(boundary) -> None:  # type: ignore[no-untyped-def]
    from rich.console import Console

    from bot.cli.render import show_review
    from bot.coach.model import Draft, Finding, Review, Span

    finding = Finding(
        "p", "r", 2, Span(0, 4, "half"), "One price", "A thought.", "It spreads.", "Would all?", "I keep one price."
    )
    review = Review((finding,))
    piped, terminal = io.StringIO(), io.StringIO()

    show_review(Console(file=piped), Draft("half price"), review)
    show_review(Console(file=terminal, force_terminal=True), Draft("half price"), review)

    assert "\x1b[" not in piped.getvalue()
    assert "\x1b[" in terminal.getvalue()
