"""The activity feed: everything that happened on a ticket, newest first (N9)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from casedesk.desk.values import FeedEntry
from casedesk.tui.drawing import block_of, cut, fit, instant, line_of, wrap
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import paragraph
from casedesk.tui.widgets.drawn import cut_line, width_of

_KIND_ROLES = {"opened": "accent", "note": "text", "action": "text", "undo": "warning", "redo": "warning"}
ACTOR, ACTOR_WIDE = 9, 14
NOTE_DRAWN = 4000


def write_feed(entries: Sequence[FeedEntry], look: Look, width: int) -> list[Line]:
    """The lines of the feed: `14:31 ana      call: no response`, a longer text under it."""
    room = max((len(instant(entry.at, look.zone, look.now)) for entry in entries), default=5)
    longest = max((cell_len(line_of(entry.actor)) for entry in entries), default=0)
    actor = min(longest, ACTOR_WIDE if width >= 70 else ACTOR)
    return [line for entry in entries for line in _entry(entry, look, width, room, actor)]


def _entry(entry: FeedEntry, look: Look, width: int, room: int, actor: int) -> list[Line]:
    """When and who in columns of `room` and `actor` cells; why it happened, muted, after what happened."""
    indent = room + 1 + actor + 1 if width >= 50 else 2
    head: Line = [
        (fit(instant(entry.at, look.zone, look.now), room, right=True) + " ", "muted"),
        (fit(entry.actor, actor) + " ", "accent" if entry.actor_kind == "rule" else "muted"),
    ]
    if entry.undone:
        head.append(("undone ", "warning"))
    role = "undone" if entry.undone else _KIND_ROLES.get(entry.kind, "text")
    is_note = entry.kind == "note" and bool(entry.body) and not entry.undone
    text = "note: " + block_of(entry.body, NOTE_DRAWN) if is_note else line_of(entry.text)
    left = max(10, width - sum(cell_len(said) for said, _role in head))
    first, *others = wrap(text, left)
    lines: list[Line] = [[*head, (first, role)]]
    others = wrap("\n".join(others), max(10, width - indent)) if others else []
    lines += [[(" " * indent + line, role)] for line in others]
    if entry.cause:
        lines[-1].append((cut(f" · {line_of(entry.cause)}", width - width_of(lines[-1])), "muted"))
    if entry.body and entry.kind != "note":
        lines += paragraph(entry.body, width, "undone" if entry.undone else "text", indent=indent)
    return [cut_line(line, width) for line in lines]
