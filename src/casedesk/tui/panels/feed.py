"""The activity feed: everything that happened on a ticket, newest first (N9)."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from casedesk.desk.values import FeedEntry
from casedesk.domain.messages import in_words
from casedesk.tui.drawing import block_of, cut, fit, instant, line_of, wrap
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import paragraph
from casedesk.tui.widgets.drawn import cut_line, width_of

_KIND_ROLES = {
    "opened": "accent", "note": "text", "action": "text", "undo": "warning", "redo": "warning",
    "breach": "bad", "due soon": "warning",
}  # fmt: skip
ACTOR, ACTOR_WIDE = 9, 14
BODY_DRAWN = 4000
"""Characters of a note or a message that the feed shows."""


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
        again = entry.text.startswith(("undone: ", "redone: "))
        head.append(("no longer " if again else "undone ", "warning"))
    role = "undone" if entry.undone else _KIND_ROLES.get(entry.kind, "text")
    whole = bool(entry.heading and entry.body) and not entry.undone
    before = in_words(entry.heading) if look.plain else entry.heading
    text = f"{before}: {block_of(entry.body, BODY_DRAWN)}" if whole else line_of(entry.text)
    left = max(10, width - sum(cell_len(said) for said, _role in head))
    first, *others = wrap(text, left)
    lines: list[Line] = [[*head, (first, role)]]
    others = wrap("\n".join(others), max(10, width - indent)) if others else []
    lines += [[(" " * indent + line, role)] for line in others]
    if entry.cause:
        lines[-1].append((cut(f" · {line_of(entry.cause)}", width - width_of(lines[-1])), "muted"))
    if entry.body and not entry.heading:
        lines += paragraph(entry.body, width, "undone" if entry.undone else "text", indent=indent)
    return [cut_line(line, width) for line in lines]
