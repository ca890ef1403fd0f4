"""The activity feed: everything that happened on a ticket, newest first (N9)."""

from __future__ import annotations

from collections.abc import Sequence

from casedesk.desk.values import FeedEntry
from casedesk.tui.drawing import block_of, fit, instant, line_of, wrap
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import paragraph

_KIND_ROLES = {"opened": "accent", "note": "text", "action": "text", "undo": "warning", "redo": "warning"}
ACTOR = 9
NOTE_DRAWN = 4000


def write_feed(entries: Sequence[FeedEntry], look: Look, width: int) -> list[Line]:
    """The lines of the feed: `14:31 ana      call: no response`, a longer text under it."""
    lines: list[Line] = []
    room = max((len(instant(entry.at, look.zone, look.now)) for entry in entries), default=5)
    for entry in entries:
        lines += _entry(entry, look, width, room)
    return lines


def _entry(entry: FeedEntry, look: Look, width: int, room: int) -> list[Line]:
    indent = room + 1 + ACTOR + 1 if width >= 50 else 2
    when = fit(instant(entry.at, look.zone, look.now), room, right=True)
    actor = fit(entry.actor, ACTOR) if indent > 2 else line_of(entry.actor)
    role = "undone" if entry.undone else _KIND_ROLES.get(entry.kind, "text")
    cause = f" ← {line_of(entry.cause)}" if entry.cause else ""
    body = entry.body
    if entry.kind == "note" and body and not entry.undone:
        text, body = "note: " + block_of(body, NOTE_DRAWN), ""
    else:
        text = line_of(entry.text)
    head: Line = [(f"{when} ", "muted"), (f"{actor} ", "accent" if entry.actor_kind == "rule" else "muted")]
    if entry.undone:
        head.append(("undone ", "warning"))
    used = room + 1 + len(actor) + 1 + (7 if entry.undone else 0)
    first, *others = wrap(text + cause, max(10, width - used))
    lines: list[Line] = [[*head, (first, role)]]
    for other in others:
        lines += [[(" " * indent + line, role)] for line in wrap(other, max(10, width - indent))]
    if body and entry.kind != "note":
        lines += paragraph(body, width, "undone" if entry.undone else "text", indent=indent)
    return lines
