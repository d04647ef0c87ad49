"""`boundary bench`: how fast reviews are, beside other prose checkers on the same messages."""

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.bench.messages import COUNT, SEED, make_messages

COLD_STARTS = 11
NODE_TOOLS = ("write-good", "alex", "harper")


def command(
    node: Annotated[
        Path | None,
        typer.Option(help="A folder with peers.mjs and its node_modules, for write-good, alex and harper.js."),
    ] = None,
    count: Annotated[int, typer.Option(help="How many messages.")] = COUNT,
) -> None:
    """Measure messages a second, p50 and p99, memory and cold start, all in CPU time, each tool in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        messages = make_messages(count, SEED)
        path = Path(folder) / "messages.jsonl"
        path.write_text("".join(json.dumps({"text": m.text}) + "\n" for m in messages), "utf-8")
        one = Path(folder) / "one.txt"
        one.write_text(messages[0].text, "utf-8")
        typer.echo(f"{count} messages, {sum(len(m.text) for m in messages) / count:.0f} characters each, seed {SEED}")
        typer.echo(
            f"{'tool':16}{'rules':>7}{'msg/s':>10}{'MB/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'peak MB':>9}{'hits':>7}{'ratio':>8}"
        )
        ours = 0.0
        for figures in _all_figures(path, node):
            ours = ours or figures["messages_per_second"]
            typer.echo(_line(figures, ours))
        seconds, peak = cold_start([sys.executable, "-m", "bot", "check", str(one)])
        typer.echo(f"cold `boundary check`: {seconds:.3f} s CPU, {peak:.0f} MB (median of {COLD_STARTS})")


def _all_figures(path: Path, node: Path | None) -> Iterator[dict[str, float]]:
    ours = [sys.executable, "-m", "bot.bench.ours", str(path), str(path.with_name("cache"))]
    subprocess.run(ours, capture_output=True, check=False)  # fills the cache, as the first start on a machine does
    commands = [ours]
    if find_spec("proselint"):
        commands.append([sys.executable, "-m", "bot.bench.proselint_peer", str(path)])
    else:
        typer.echo("proselint is not installed, so it is left out", err=True)
    if node and shutil.which("node") and (node / "node_modules").is_dir():
        commands += [["node", str(node / "peers.mjs"), tool, str(path)] for tool in NODE_TOOLS]
    else:
        typer.echo("Node or its packages are not here, so write-good, alex and harper.js are left out", err=True)
    for call in commands:
        with Console(stderr=True).status(f"Measuring {call[1] if call[0] == 'node' else call[2]}"):
            done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode:
            typer.echo(f"left out, because it failed: {' '.join(call)}\n{done.stderr[-400:]}", err=True)
        else:
            yield json.loads(done.stdout.splitlines()[-1])


def _line(figures: dict[str, float], ours: float) -> str:
    ratio = ours / figures["messages_per_second"]
    return (
        f"{figures['tool']:16}{figures['rules']:>7}{figures['messages_per_second']:>10,.0f}{figures['megabytes_per_second']:>8.2f}"
        f"{figures['p50_ms']:>9.3f}{figures['p99_ms']:>9.3f}{figures['peak_mb']:>9.0f}{figures['hits']:>7}{ratio:>7.1f}x"
    )


def cold_start(call: list[str]) -> tuple[float, float]:
    """Return the median CPU seconds and the peak memory (MB) of `call`, started anew each time."""
    subprocess.run(call, capture_output=True, check=False)
    seconds = []
    for _ in range(COLD_STARTS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(call, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(seconds), _peak_of(call)


def _peak_of(call: list[str]) -> float:
    """Measure in a process of its own: a parent's peak covers all the children that it ever had."""
    probe = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],capture_output=True);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", probe, *call], capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024
