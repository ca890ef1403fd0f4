"""A desk in memory, as plain as can be: what the acts of the real one are compared with.

A ticket is a dictionary of cells. An act is a list of changed cells, and taking it back puts the cells back, unless
one of them holds something else by now.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = Hashable
Cells = dict[Cell, Any]

MOVES = {
    "new": {"open", "pending", "closed"},
    "open": {"pending", "closed"},
    "pending": {"open", "closed"},
    "closed": {"open"},
}
ACTIONS = {"Call": {"Reached": True, "No response": False}, "Offer compensation": {}, "Close the loop": {}}


class RefusedError(Exception):
    """The ticket can't be changed so."""


@dataclass
class Done:
    """An act that was done: by whom, and per ticket the cells with what they held before and after."""

    number: int
    user: str
    undoes: int | None = None
    name: str = "act"
    changes: dict[int, list[tuple[Cell, Any, Any]]] = field(default_factory=dict)


class Changing:
    """One act on one ticket, underway."""

    def __init__(self, cells: Cells, act: int, user: str) -> None:
        self.cells = cells
        self.act = act
        self.user = user
        self.changes: list[tuple[Cell, Any, Any]] = []

    def get(self, cell: Cell) -> Any:
        return self.cells.get(cell)

    def put(self, cell: Cell, value: Any) -> None:
        before = self.cells.get(cell)
        if before != value:
            self.changes.append((cell, before, value))
            self.cells[cell] = value

    def give_back(self) -> None:
        for cell, before, _ in reversed(self.changes):
            self.cells[cell] = before


Change = Callable[[Changing], None]


class ModelDesk:
    """Tickets, their versions, and the acts so far."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self.tickets: dict[int, Cells] = {number: {"status": "new"} for number in numbers}
        self.versions: dict[int, int] = dict.fromkeys(numbers, 1)
        self.acts: list[Done] = []

    def do(
        self, user: str, numbers: Sequence[int], change: Change, *, opens: bool, seen: Mapping[int, int] | None
    ) -> tuple[list[int], list[int]]:
        """Do it; the tickets done and those refused."""

        def one(ticket: Changing, number: int) -> None:
            if seen is not None and seen[number] != self.versions[number]:
                raise RefusedError
            change(ticket)
            if not ticket.changes:
                raise RefusedError
            if opens and ticket.get("status") == "new":
                ticket.put("status", "open")

        return self._each(Done(len(self.acts), user), numbers, one)

    def undo(self, user: str) -> tuple[list[int], list[int]] | None:
        """Take back the user's last act; None when there is none."""
        for act in reversed(self.acts):
            if act.user == user and act.undoes is None and not self._undone(act):
                return self._take_back(act, "undo")
        return None

    def redo(self, user: str) -> tuple[list[int], list[int]] | None:
        """Do again what the user took back last, unless something was done since."""
        for act in reversed(self.acts):
            if act.user != user:
                continue
            if act.undoes is None:
                return None
            if act.name == "undo" and not self._undone(act):
                return self._take_back(act, "redo")
        return None

    def _undone(self, act: Done) -> bool:
        return any(later.undoes == act.number and not self._undone(later) for later in self.acts)

    def _take_back(self, act: Done, name: str) -> tuple[list[int], list[int]]:
        def one(ticket: Changing, number: int) -> None:
            for cell, before, after in reversed(act.changes[number]):
                if ticket.get(cell) != after:
                    raise RefusedError
                ticket.put(cell, before)

        return self._each(Done(len(self.acts), act.user, act.number, name), list(act.changes), one)

    def _each(
        self, act: Done, numbers: Sequence[int], one: Callable[[Changing, int], None]
    ) -> tuple[list[int], list[int]]:
        done, refused = [], []
        for number in numbers:
            ticket = Changing(self.tickets[number], act.number, act.user)
            try:
                one(ticket, number)
            except RefusedError:
                ticket.give_back()
                refused.append(number)
            else:
                act.changes[number] = ticket.changes
                self.versions[number] += 1
                done.append(number)
        if done:
            self.acts.append(act)
        return sorted(done), sorted(refused)

    def held(self, number: int, kind: str) -> Iterator[Any]:
        """The rows of a kind that the ticket has."""
        for cell, value in self.tickets[number].items():
            if isinstance(cell, tuple) and cell[0] == kind and value is not None:
                yield cell[1] if value is True else value


# What the acts do


def note(body: str) -> Change:
    return lambda ticket: ticket.put(("note", ticket.act), body)


def tick(kind: str, name: str, *, on: bool) -> Change:
    return lambda ticket: ticket.put((kind, name), True if on else None)


def give(cell: str, value: str | None) -> Change:
    return lambda ticket: ticket.put(cell, value)


def status(to: str) -> Change:
    def change(ticket: Changing) -> None:
        now = ticket.get("status")
        if now == to or to not in MOVES[now] or to == "closed":  # closing needs a resolution
            raise RefusedError
        _reopened(ticket) if now == "closed" else ticket.put("status", to)

    return change


def close(resolution: str, exit_state: str) -> Change:
    def change(ticket: Changing) -> None:
        if ticket.get("status") == "closed":
            raise RefusedError
        if ticket.get("plan closed") is None:
            _plan_closed(ticket, exit_state)
        ticket.put("status", "closed")
        ticket.put("closing", (ticket.act, ticket.user))
        ticket.put("resolution", resolution)

    return change


def reopen(ticket: Changing) -> None:
    if ticket.get("status") != "closed":
        raise RefusedError
    _reopened(ticket)


def action(name: str, outcome: str | None, exit_state: str | None, resolution: str | None) -> Change:
    """An action of the plan; with an exit state it closes the plan, and the ticket with that."""

    def change(ticket: Changing) -> None:
        taken = [value for cell, value in ticket.cells.items() if isinstance(cell, tuple) and cell[0] == "action"]
        completed = any(value is not None and value[0] == name and value[2] for value in taken)
        if ticket.get("plan closed") is not None or completed or ticket.get("status") == "closed":
            raise RefusedError
        ticket.put(("action", ticket.act), (name, outcome, ACTIONS[name].get(outcome or "", True)))
        if exit_state is not None:
            _plan_closed(ticket, exit_state)
            if resolution is not None:
                close(resolution, exit_state)(ticket)

    return change


def _plan_closed(ticket: Changing, exit_state: str) -> None:
    ticket.put("plan closed", ticket.act)
    ticket.put("exit state", exit_state)


def _reopened(ticket: Changing) -> None:
    ticket.put("status", "open")
    ticket.put("closing", None)
    ticket.put("resolution", None)
