"""Who or which rule set a field of a ticket, from the record of all acts (X6, behaviour 9.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from casedesk.desk.feed import read_changes
from casedesk.desk.instants import instant_text
from casedesk.desk.matching import did_you_mean
from casedesk.desk.values import FeedEntry, FieldOrigin, Ticket
from casedesk.domain.errors import InvalidInput
from casedesk.domain.query import FIELDS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class _Field:
    """What the ticket shows of a field, and the table and column whose changes are recorded."""

    value: Callable[[Ticket], str | None]
    record: str = "ticket"
    column: str = ""


_FIELDS: Final[Mapping[str, _Field]] = {
    "title": _Field(lambda ticket: ticket.line.title, column="title"),
    "description": _Field(lambda ticket: ticket.description, column="description"),
    "status": _Field(lambda ticket: ticket.line.status, column="status_id"),
    "priority": _Field(lambda ticket: ticket.line.priority, column="priority_id"),
    "topic": _Field(lambda ticket: ticket.line.topic, column="topic_id"),
    "tag": _Field(lambda ticket: ", ".join(ticket.line.tags), "ticket_tag"),
    "class": _Field(lambda ticket: ", ".join(ticket.classifications), "ticket_classification"),
    "owner": _Field(lambda ticket: ticket.line.owner, column="owner_id"),
    "helper": _Field(lambda ticket: ", ".join(ticket.helpers), "ticket_helper"),
    "team": _Field(lambda ticket: ticket.line.team, column="team_id"),
    "plan": _Field(lambda ticket: ticket.plan.name if ticket.plan else None, column="plan_id"),
    "exit": _Field(lambda ticket: ticket.exit_state, column="exit_state_id"),
    "resolution": _Field(lambda ticket: ticket.resolution, column="resolution_id"),
    "parent": _Field(
        lambda ticket: next((str(record.id) for record in ticket.related if record.kind == "parent"), None),
        column="parent_id",
    ),
    "merged": _Field(
        lambda ticket: str(ticket.line.merged_into) if ticket.line.merged_into else None, column="merged_into_id"
    ),
    "wake": _Field(lambda ticket: None, column="wake_at"),
    "due": _Field(lambda ticket: None, column="due_at"),
}
"""The fields that can be explained, by the names of the query language."""

_KINDS: Final = {"class": "classification", "exit": "exit state", "wake": "wake-up", "merged": "merged into"}
"""What lines of activity call a field, where that isn't its name in the query language."""

_ALIASES: Final = {
    alias: field.name for field in FIELDS if field.name in _FIELDS for alias in (field.name, *field.aliases)
}


def field_named(name: str) -> str:
    """The field that is called so. Raises InvalidInput with the nearest."""
    found = _ALIASES.get(name.strip().lower().replace("-", "_").replace(" ", "_"))
    if found is not None:
        return found
    hint = did_you_mean(name, _ALIASES, f"there is {', '.join(_FIELDS)}.")
    raise InvalidInput(f"There is no field “{name}” to explain; {hint}")


def field_origin(desk: Desk, ticket: Ticket, name: str) -> FieldOrigin:
    """Where the value of one field comes from."""
    field = _FIELDS[name]
    value = {"due": ticket.line.due_at, "wake": ticket.line.wake_at}.get(name)
    said = instant_text(desk, value) if value else field.value(ticket) or ""
    text = _why_due(ticket) if name == "due" else ""
    kind = _KINDS.get(name, name)
    history = read_changes(desk.store.reader(), ticket.number, kind, field.record, field.column)
    return FieldOrigin(name, said, tuple(_told(entry, name) for entry in history), text)


def field_origins(desk: Desk, ticket: Ticket) -> tuple[FieldOrigin, ...]:
    """Where the values of all fields come from that the ticket has, or had."""
    found = (field_origin(desk, ticket, name) for name in _FIELDS)
    return tuple(origin for origin in found if origin.value or len(origin.history) > 1)


def _told(entry: FeedEntry, name: str) -> FeedEntry:
    """A detail of an act has no words of its own."""
    return entry if entry.kind else replace(entry, kind=name, text=f"{name} changed")


def _why_due(ticket: Ticket) -> str:
    if ticket.line.due_at is None:
        return "worked out: no timer of it is due"
    timer = next((timer for timer in ticket.timers if timer.due_at == ticket.line.due_at), None)
    return f"worked out: {timer.kind} by the policy “{timer.policy}”" if timer else "worked out"
