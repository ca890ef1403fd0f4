"""The desk's own lists and settings, as the rest of the desk reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from casedesk import model
from casedesk.desk.desk_settings import SETTINGS
from casedesk.desk.matching import closest
from casedesk.desk.values import Choices, LastChange, Outcome
from casedesk.domain.errors import InvalidInput, NotThere
from casedesk.domain.rights import CONFIGURE, TICKETS_VIEW, USERS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder


class Named(NamedTuple):
    """An entry of one of the desk's lists."""

    id: int
    name: str


class StatusEntry(NamedTuple):
    """A status of the desk and the state it stands for."""

    id: int
    name: str
    state: str
    retired: bool


_LISTS = {
    "priority": "priority",
    "topic": "topic",
    "classification": "classification",
    "resolution": "close_option",
    "team": "team",
    "tag": "tag",
    "plan": "plan",
    "campaign": "campaign",
}
"""What people call the entries of a list, and the list's table."""


class Setup:
    """Reads of the set-up. Nothing is kept between calls, so a change by anybody counts at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def setting(self, key: str) -> Any:
        """The value of a setting; where it isn't set its default, or None."""
        value = self._desk.store.reader().value("SELECT value FROM setting WHERE key = ?", (key,))
        if value is None:
            return SETTINGS[key].default if key in SETTINGS else None
        return json.loads(value) if isinstance(value, str) else value  # SQLite keeps a number in JSON as a number

    def settings(self) -> dict[str, Any]:
        """The desk's settings that people change, by key."""
        self._desk.require(TICKETS_VIEW, CONFIGURE)
        return {key: self.setting(key) for key in SETTINGS}

    def set_setting(self, key: str, value: str) -> Outcome:
        """Change a setting of the desk. Raises InvalidInput for a key or value that can't be."""
        if key not in SETTINGS:
            raise _unknown("setting", key, list(SETTINGS))
        wanted = SETTINGS[key].read(value)
        if wanted == self.setting(key):
            raise InvalidInput(f"The desk's {key} is {_said(wanted)} already.")

        def change(recorder: Recorder) -> str:
            self.record_setting(recorder, key, wanted)
            return f"{key} → {_said(wanted)}"

        outcome = self._desk.acts.once("setting", change, right=SETTINGS[key].right)
        self._desk.forget_settings()
        return outcome

    def record_setting(self, recorder: Recorder, key: str, wanted: Any) -> bool:
        """Give a setting a value as a part of an act; False when it had it."""
        before = self.setting(key)
        if wanted == before:
            return False
        # Removed and added rather than set: taking an act back finds a row without an id by its whole record.
        row = recorder.session.get(model.Setting, key)
        if row is not None:
            recorder.remove(row, kind="setting", text=f"{key}: {_said(before)}")
        recorder.add(model.Setting(key=key, value=wanted), kind="setting", text=f"{key}: {_said(wanted)}")
        return True

    def last_changes(self) -> Mapping[tuple[str, str], LastChange]:
        """Who changed each part of the set-up last, by its table and id (a setting's key). Needs CONFIGURE or USERS."""
        from casedesk.desk.last_changes import last_changes

        self._desk.require(CONFIGURE, USERS)
        return last_changes(self._desk.store.reader())

    def statuses(self) -> list[StatusEntry]:
        """The desk's statuses in their order."""
        rows = self._desk.store.reader().rows(
            "SELECT id, name, state, retired FROM status ORDER BY retired, position, id"
        )
        return [StatusEntry(row[0], row[1], row[2], bool(row[3])) for row in rows]

    def status(self, name: str) -> StatusEntry:
        """The status with this name, in any case; the state's first status where a state is named."""
        statuses = [status for status in self.statuses() if not status.retired]
        wanted = name.strip().casefold()
        for status in statuses:
            if status.name.casefold() == wanted:
                return status
        for status in statuses:
            if status.state == wanted:
                return status
        if any(status.name.casefold() == wanted for status in self.statuses()):
            raise InvalidInput(f"The status “{name.strip()}” is retired.")
        raise _unknown("status", name, [status.name for status in statuses])

    def status_for(self, state: str) -> StatusEntry:
        """The first of the desk's statuses that stand for `state`."""
        return next(status for status in self.statuses() if status.state == state and not status.retired)

    def status_name(self, status_id: int) -> str:
        """The name of a status, retired ones included."""
        return next(status.name for status in self.statuses() if status.id == status_id)

    def entry(self, what: str, name: str) -> Named:
        """The entry of a list by its name, in any case. `what` is priority, topic, classification, resolution, …

        Raises InvalidInput with the nearest names.
        """
        entries = self.entries(what)
        wanted = name.strip().casefold()
        for entry in entries:
            if entry.name.casefold() == wanted:
                return entry
        if any(entry.name.casefold() == wanted for entry in self.entries(what, retired=True)):
            raise InvalidInput(f"The {what} “{name.strip()}” is retired.")
        raise _unknown(what, name, [entry.name for entry in entries])

    def entries(self, what: str, *, retired: bool = False) -> list[Named]:
        """A list of the desk in its order; retired entries are left out unless they are wanted."""
        table = _LISTS[what]
        order = "position, id" if what not in {"team", "tag", "plan", "campaign"} else "name COLLATE NOCASE"
        rows = self._desk.store.reader().rows(
            f"SELECT id, name FROM {table} WHERE NOT retired OR ? ORDER BY {order}", (retired,)
        )
        return [Named(*row) for row in rows]

    def name_of(self, what: str, entry_id: int | None) -> str:
        """The name of a list's entry, retired ones included; empty for None."""
        if entry_id is None:
            return ""
        return str(self._desk.store.reader().value(f"SELECT name FROM {_LISTS[what]} WHERE id = ?", (entry_id,)) or "")

    def choices(self) -> Choices:
        """Everything that forms offer."""
        self._desk.require(TICKETS_VIEW, CONFIGURE, USERS)
        names = {what: tuple(entry.name for entry in self.entries(what)) for what in _LISTS}
        users = self._desk.store.reader().rows("SELECT login, away FROM user WHERE active ORDER BY login")
        return Choices(
            statuses=tuple((status.name, status.state) for status in self.statuses() if not status.retired),
            priorities=names["priority"],
            topics=names["topic"],
            tags=names["tag"],
            classifications=names["classification"],
            close_options=names["resolution"],
            users=tuple(row[0] for row in users),
            away=frozenset(login for login, away in users if away),
            teams=names["team"],
            campaigns=names["campaign"],
            plans=names["plan"],
        )


def _said(value: Any) -> str:
    """A setting's value as people say it."""
    return ("off", "on")[value] if isinstance(value, bool) else str(value)


def _unknown(what: str, name: str, known: list[str]) -> NotThere:
    near = closest(name, known)
    if near:
        return NotThere(f"There is no {what} “{name}”; did you mean {' or '.join(near)}?")
    if known:
        return NotThere(f"There is no {what} “{name}”; the desk has {', '.join(known[:12])}.")
    return NotThere(f"There is no {what} “{name}”; the desk has none yet.")
