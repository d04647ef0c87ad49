"""A review as people read it at a terminal: the draft with the words marked, one lead thought, a way out."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from bot.coach.model import Draft, Finding, Review

HEADINGS = {
    1: "A quick thought before you send this",
    2: "One thought before you send this",
    3: "Stop and think before you send this",
}
COLOURS = {1: "cyan", 2: "yellow", 3: "bold red"}
FINE = "Nothing to add. It reads clearly."
WELL_HANDLED = "Well handled"
UNREAD = "I could not judge this: {reason}."
MORE = "Also"
TRY = "Try"


def show_review(console: Console, draft: Draft, review: Review) -> None:
    """Print `review` with the `draft` it is about."""
    if review.unread is not None:
        console.print(UNREAD.format(reason=review.unread), markup=False)
        return
    marked = _marked_draft(draft, review)
    console.print(Padding(marked, (0, 2)) if console.is_terminal else marked)
    console.print()
    for index, finding in enumerate(review.findings):
        console.print(_finding(finding, lead=index == 0))
        console.print()
    for praise in review.praise:
        console.print(Text.assemble((f"{WELL_HANDLED}: ", "green"), f"“{_one_line(praise.span.text)}” ", praise.say))
    if review.outcome == "fine":
        console.print(FINE)


def _marked_draft(draft: Draft, review: Review) -> Text:
    text = Text(draft.text.rstrip("\n"))
    for praise in review.praise:
        text.stylize("green", praise.span.start, praise.span.end)
    for finding in review.findings:
        text.stylize(f"{COLOURS[finding.severity]} underline", finding.span.start, finding.span.end)
    return text


def _finding(finding: Finding, lead: bool) -> RenderableType:
    colour = COLOURS[finding.severity]
    heading = HEADINGS[finding.severity] if lead else MORE
    said = [
        Text(heading, style=f"bold {colour}" if lead else "bold"),
        Text.assemble((f"“{_one_line(finding.span.text)}”", f"italic {colour}"), (f"  {finding.title}", "dim")),
        Text(finding.reminder),
        Text.assemble(finding.why, " ", (finding.question, "italic")),
        Text.assemble((f"{TRY}: ", "bold"), f"“{finding.rewrite}”"),
    ]
    if finding.policy_note:
        said.append(Text(finding.policy_note, style="dim"))
    return Group(*said)


def _one_line(words: str) -> str:
    return " ".join(words.split())
