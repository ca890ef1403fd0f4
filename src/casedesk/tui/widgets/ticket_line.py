"""One line of the ticket list: which columns there is room for, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from casedesk.desk.values import TicketLine
from casedesk.tui.drawing import figure, fit, line_of, short_span
from casedesk.tui.look import Line, Look, Span
from casedesk.tui.timing import due_mark, paused_mark

SIGNS = 5  # mark or cursor, state, a space, priority


@dataclass(frozen=True)
class Columns:
    """The width of each column in cells; 0 is a column that there is no room for."""

    number: int
    title: int
    contact: int = 0
    campaign: int = 0
    owner: int = 0
    score: int = 3
    due: int = 0
    age: int = 4

    @classmethod
    def for_width(cls, width: int, digits: int, *, due: bool = True) -> Columns:
        """The columns for a list of `width` cells whose ticket numbers have up to `digits` digits.

        The title gets what is left; the other columns come in the order of what an agent needs next. `due` says
        whether any ticket has a due time.
        """
        number = max(3, digits)
        due_width = 6 if due and width >= 44 else 0
        owner = 10 if width >= 66 else 0
        contact = min(24, width // 5) if width >= 76 else 0
        campaign = min(22, width // 7) if width >= 118 else 0
        taken = SIGNS + number + 1 + sum(each and each + 1 for each in (contact, campaign, owner)) + 3 + due_width + 4
        return cls(number, max(4, width - taken), contact, campaign, owner, 3, due_width, 4)


def line_spans(line: TicketLine, columns: Columns, look: Look, *, mark: str) -> Line:
    """The line, as wide as its columns together. `mark` is its first cell."""
    state, priority = look.state(line.state), look.priority(line.priority)
    title_role = "muted" if line.state == "closed" else "strong" if line.state == "new" else "text"
    spans: Line = [
        (mark, "accent"),
        state,
        (" ", "text"),
        priority,
        (fit(str(line.number), columns.number, right=True) + " ", "muted"),
        (fit(_title(line), columns.title), title_role),
    ]
    for text, width in (
        (line.contact, columns.contact),
        (line.campaign, columns.campaign),
        (line.owner, columns.owner),
    ):
        if width:
            spans.append((" " + fit(text or "", width), "muted"))
    spans.append((fit(figure(line.score), columns.score, right=True), look.score_role(line.score, line.score_kind)))
    if columns.due:
        text, role = due_span(line, look)
        spans.append((fit(text, columns.due, right=True), role))
    spans.append((fit(short_span(look.now - line.created_at), columns.age, right=True), "muted"))
    return spans


def _title(line: TicketLine) -> str:
    """The title; before that of a merged ticket, where it went."""
    return line.title if line.merged_into is None else f"→ #{line.merged_into} {line.title}"


def second_line(line: TicketLine, columns: Columns) -> Line:
    """Under the line, in a comfortable list: who, from where, tags, as far as they have no column."""
    said = [
        (line.contact, columns.contact == 0),
        (line.account, True),
        (line.campaign, columns.campaign == 0),
        (line.owner and f"→ {line.owner}", columns.owner == 0),
        (" ".join(f"#{tag}" for tag in line.tags), True),
    ]
    text = " · ".join(line_of(part) for part, wanted in said if part and wanted)
    indent = SIGNS + columns.number + 1
    width = columns.title + columns.contact + columns.campaign + columns.owner + 3 + columns.due + columns.age
    return [(" " * indent, "text"), (fit(text, width), "muted")]


def due_span(line: TicketLine, look: Look) -> Span:
    """Time left until it is due (`timing.due_mark`); of one that isn't due, that its timers stand still (`‖`), that it
    wakes up (`>3d`), or both; nothing for a closed ticket."""
    if line.state == "closed":
        return "", "text"
    if line.due_at is not None:
        return due_mark(line.due_at, line.due_soon_at, look)
    mark, role = paused_mark(look) if line.paused else ("", "state-pending")
    if line.wake_at is None:
        return mark, role if mark else "text"
    return f"{'' if look.plain else mark}>{short_span(line.wake_at - look.now)}", role
