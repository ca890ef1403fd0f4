"""What another system calls a status, a priority or a colleague, in this desk's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from casedesk.desk.importing.batch import Batch
from casedesk.domain import lifecycle
from casedesk.domain.errors import InvalidInput
from casedesk.intake.records import TicketRecord

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.setup import StatusEntry

_STATES: Final[dict[str, str]] = {
    **dict.fromkeys(("new", "unconfirmed", "created", "unassigned", "to do", "todo", "backlog"), lifecycle.NEW),
    **dict.fromkeys(
        ("open", "opened", "active", "assigned", "in progress", "in_progress", "started", "reopened", "escalated"),
        lifecycle.OPEN,
    ),
    **dict.fromkeys(
        (
            "pending",
            "hold",
            "on hold",
            "on-hold",
            "on_hold",
            "waiting",
            "snoozed",
            "stalled",
            "pending customer response",
            "waiting for customer",
            "waiting on customer",
            "awaiting reply",
        ),
        lifecycle.PENDING,
    ),
    **dict.fromkeys(
        ("closed", "solved", "resolved", "done", "deleted", "verified", "fixed", "completed", "cancelled", "rejected"),
        lifecycle.CLOSED,
    ),
}
"""What help desks and trackers call a state."""

_PRIORITIES: Final[dict[str, tuple[str, ...]]] = {
    "low": ("low", "lowest", "minor", "trivial", "p4", "p5"),
    "normal": ("normal", "medium", "moderate", "p3", "default"),
    "high": ("high", "major", "important", "p2"),
    "urgent": ("urgent", "critical", "highest", "blocker", "emergency", "p1", "p0"),
}


class OtherNames:
    """Finds this desk's entry for another system's name; what isn't known is left empty and kept as a field."""

    def __init__(self, desk: Desk, batch: Batch) -> None:
        self._batch = batch
        setup = desk.setup
        self._statuses = {status.name.casefold(): status for status in setup.statuses() if not status.retired}
        self._retired = {status.name.casefold(): status.state for status in setup.statuses() if status.retired}
        self._by_state = {state: setup.status_for(state) for state in lifecycle.STATES}
        self._lists = {
            what: {entry.name.casefold(): entry.id for entry in setup.entries(what)}
            for what in ("priority", "topic", "resolution", "team")
        }
        self._tags = {entry.name.casefold(): entry.id for entry in setup.entries("tag", retired=True)}
        self._users = {
            name.casefold(): user.id for user in desk.team.users() if user.active for name in (user.name, user.login)
        }

    def status(self, name: str | None) -> StatusEntry:
        """The status; new without a name. Raises InvalidInput for a name that says nothing."""
        wanted = " ".join((name or "new").split()).casefold()
        found = self._statuses.get(wanted)
        if found is not None:
            return found
        state = self._retired.get(wanted) or _STATES.get(wanted)
        if state is None:
            raise InvalidInput(f"status “{name}” is not known; the desk has {', '.join(self._statuses)}")
        return self._by_state[state]

    def priority(self, name: str | None) -> int | None:
        """The priority's id, by its name here or by what others call it."""
        return self._lists["priority"].get(_own_priority(name))

    def topic(self, name: str | None) -> int | None:
        """The topic's id."""
        return self._listed("topic", name)

    def resolution(self, name: str | None) -> int | None:
        """The close option's id."""
        return self._listed("resolution", name)

    def team(self, name: str | None) -> int | None:
        """The team's id."""
        return self._listed("team", name)

    def owner(self, name: str | None) -> int | None:
        """The id of the user with this login or name."""
        return self._users.get(" ".join((name or "").split()).casefold())

    def tag(self, name: str) -> int:
        """The tag's id, also of a retired one, which is what was recorded there; a new tag is made."""
        clean = "".join(c for c in " ".join(name.split()) if c.isprintable())[:60] or "tag"
        tags = self._tags
        if clean.casefold() not in tags:
            number = self._batch.next_id("tag")
            self._batch.insert("tag", ("id", "name", "retired"), [(number, clean, False)])
            tags[clean.casefold()] = number
        return tags[clean.casefold()]

    def unknown(self, record: TicketRecord) -> Iterator[tuple[str, str]]:
        """What the record names and this desk doesn't know, as (field, name)."""
        if record.priority and self.priority(record.priority) is None:
            yield "priority", record.priority
        if record.owner and self.owner(record.owner) is None:
            yield "owner", record.owner
        for what in ("topic", "team", "resolution"):
            name = getattr(record, what)
            if name and self._listed(what, name) is None:
                yield what, name

    def _listed(self, what: str, name: str | None) -> int | None:
        return self._lists[what].get(" ".join((name or "").split()).casefold())


def _own_priority(name: str | None) -> str:
    wanted = " ".join((name or "").split()).casefold()
    return next((own for own, others in _PRIORITIES.items() if wanted in others), wanted)
