"""A desk in memory, as plain as can be: what the real one is compared with.

Everything is a cell: a ticket's field, a link, a note, an action. A cell holds a value and the number of the act that
gave it. An act has parts, one a ticket; a part is a list of changed cells. Taking a part back puts the cells back,
and is refused where one of them was given by another act meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

Cell = tuple[Any, ...]
Stamped = tuple[Any, int]
"""A value and the number of the act that gave it."""

NOTHING: Stamped = (None, 0)

Result = str | tuple[tuple[int, ...], dict[int, str]]
"""The code of what refused the whole act, or the tickets done and those refused with their codes."""

ALL_RIGHTS = frozenset({"close", "reopen", "merge", "plan", "users", "undo others"})

MOVING = ("note", "action")
"""Cells whose value begins with the ticket that has them."""

LINKS = ("tag", "class", "helper", "contact", "account")
"""Cells that are a kind, a ticket and a name."""


class RefusedError(Exception):
    """It can't be done; `code` is that of the desk's error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refuse(code: str = "invalid") -> NoReturn:
    raise RefusedError(code)


class Part:
    """What an act does to one ticket; 0 for what belongs to none."""

    def __init__(self, desk: ModelDesk, act: Act, number: int) -> None:
        self.desk = desk
        self.act = act
        self.number = number
        self.changes: list[tuple[int, Cell, Stamped, Stamped]] = []
        self.told: set[int] = set()

    @property
    def touched(self) -> set[int]:
        """The tickets whose version counts it."""
        return {on for on, *_ in self.changes if on}

    def get(self, *cell: Any) -> Any:
        return self.desk.get(*cell)

    def own(self, name: str) -> Any:
        """A field of the ticket."""
        return self.desk.get(self.number, name)

    def put(self, value: Any, *cell: Any, on: int | None = None) -> None:
        """Give a cell a value; `on` is the ticket whose version counts it."""
        before = self.desk.cells.get(cell, NOTHING)
        if before[0] != value:
            self.restore(self.number if on is None else on, cell, (value, self.act.number))

    def put_own(self, name: str, value: Any) -> None:
        self.put(value, self.number, name)

    def restore(self, on: int, cell: Cell, stamped: Stamped) -> None:
        self.changes.append((on, cell, self.desk.cells.get(cell, NOTHING), stamped))
        self.desk.cells[cell] = stamped

    def give_back(self) -> None:
        for _on, cell, before, _after in reversed(self.changes):
            self.desk.cells[cell] = before

    def changed(self, *cell: Any) -> bool:
        return any(cell == other for _on, other, *_ in self.changes)


Change = Callable[[Part], None]


@dataclass
class Act:
    """An act that was done, by whom, and what it did to each ticket."""

    number: int
    user: str
    name: str
    undoes: int | None = None
    parts: dict[int, Part] = field(default_factory=dict)

    def part(self, desk: ModelDesk, number: int) -> Part:
        return self.parts.setdefault(number, Part(desk, self, number))

    def around(self, number: int) -> bool:
        """Whether the feed of the ticket tells of it."""
        return any(number in part.touched | part.told for part in self.parts.values())


class ModelDesk:
    """The cells, how often each ticket was changed, and the acts so far; the first act gets the number `first`."""

    def __init__(self, rights: Mapping[str, frozenset[str]], first: int = 1) -> None:
        self.rights = rights
        self.now = 0
        self.cells: dict[Cell, Stamped] = {}
        self.versions: dict[int, int] = {}
        self.updated: dict[int, int] = {}
        self.first = first
        self.acts: list[Act] = []

    # -- reading

    def get(self, *cell: Any) -> Any:
        return self.cells.get(cell, NOTHING)[0]

    def numbers(self) -> list[int]:
        return sorted(number for number in self.versions if self.get(number, "there"))

    def linked(self, kind: str, number: int) -> list[Any]:
        """Of a kind of link, those that the ticket has."""
        return sorted(cell[2] for cell, (on, _) in self.cells.items() if cell[:2] == (kind, number) and on)

    def rows(self, kind: str, number: int) -> Iterator[tuple[Cell, tuple[Any, ...]]]:
        """The notes or actions that the ticket has, the oldest first."""
        for cell in sorted(cell for cell in self.cells if cell[0] == kind):
            value = self.get(*cell)
            if value is not None and value[0] == number:
                yield cell, value

    def having(self, name: str, value: Any) -> list[int]:
        """The tickets whose field has the value."""
        return [number for number in self.numbers() if self.get(number, name) == value]

    def above(self, number: int) -> list[int]:
        """The ticket, its parent, and so on up."""
        chain = [number]
        while (parent := self.get(chain[-1], "parent")) is not None and parent not in chain:
            chain.append(parent)
        return chain

    # -- doing

    def require(self, user: str, right: str | None) -> None:
        if right is not None and right not in self.rights[user]:
            raise RefusedError("not-permitted")

    def on_tickets(
        self,
        user: str,
        name: str,
        numbers: int | Sequence[int],
        change: Change,
        *,
        opens: bool = True,
        right: str | None = None,
        seen: Mapping[int, int] | None = None,
    ) -> Result:
        """One act on one ticket, or on several one by one (behaviour 9.3)."""
        if right is not None and right not in self.rights[user]:
            return "not-permitted"

        def one(part: Part) -> None:
            if not part.own("there"):
                raise RefusedError("not-found")
            if part.own("merged into"):
                raise RefusedError("invalid")
            if seen and seen.get(part.number, self.versions[part.number]) != self.versions[part.number]:
                raise RefusedError("conflict")
            change(part)
            if not part.changes:
                raise RefusedError("unchanged")
            if opens and part.own("status") == "new":
                part.put_own("status", "open")

        return self._each(self._begun(user, name), numbers, one)

    def once(self, user: str, name: str, change: Callable[[Act], tuple[int, ...]]) -> Result:
        """One act, whole or not at all."""
        act = self._begun(user, name)
        try:
            done = change(act)
        except RefusedError as refused:
            for part in act.parts.values():
                part.give_back()
            return refused.code
        self._keep(act, act.parts.values())
        return done, {}

    def _begun(self, user: str, name: str, undoes: int | None = None) -> Act:
        return Act(self.first + len(self.acts), user, name, undoes)

    def _each(self, act: Act, numbers: int | Sequence[int], one: Change) -> Result:
        single = isinstance(numbers, int)
        refused = {}
        for number in [numbers] if isinstance(numbers, int) else numbers:
            part = Part(self, act, number)
            try:
                one(part)
            except RefusedError as error:
                part.give_back()
                if single:
                    return error.code
                refused[number] = error.code
            else:
                act.parts[number] = part
                self._count([part])
        if act.parts:
            self._keep(act, [])
        return tuple(sorted(filter(None, act.parts))), refused

    def _keep(self, act: Act, parts: Iterable[Part]) -> None:
        self.acts.append(act)
        self._count(parts)

    def _count(self, parts: Iterable[Part]) -> None:
        for part in parts:
            for number in part.touched:
                self.versions[number] += 1
                self.updated[number] = self.now

    # -- taking back (X3)

    def undo(self, user: str, number: int | None = None) -> Result:
        """Take back the user's last act, or any by its number."""
        if number is not None:
            return self._take_back(user, self.acts[number - self.first], "undo")
        for act in reversed(self.acts):
            if act.user == user and act.undoes is None and not self.undone(act):
                return self._take_back(user, act, "undo")
        return "not-found"

    def redo(self, user: str) -> Result:
        """Do again what the user took back last, unless they did something since."""
        for act in reversed(self.acts):
            if act.user == user and act.undoes is None:
                break
            if act.user == user and act.name == "undo" and not self.undone(act):
                return self._take_back(user, act, "redo")
        return "not-found"

    def undone(self, act: Act, on: int | None = None) -> bool:
        """Whether it was taken back; `on` a ticket, as far as that is concerned."""
        return any(
            later.undoes == act.number and (on is None or later.around(on)) and not self.undone(later, on)
            for later in self.acts
        )

    def _take_back(self, user: str, act: Act, name: str) -> Result:
        if act.user != user and "undo others" not in self.rights[user]:
            return "not-permitted"
        if self.undone(act):
            return "conflict"
        if act.user == "system":
            return "invalid"

        def one(part: Part) -> None:
            old = act.parts[part.number]
            self._refuse_if_merge_was_worked_on(act, old)
            part.told |= old.told
            for on, cell, before, after in reversed(old.changes):
                if self.cells.get(cell, NOTHING) != after:
                    raise RefusedError("conflict")
                if cell[0] == "action" and after[0] is None and self.why_no_action(before[0]):
                    raise RefusedError("conflict")
                part.restore(on, cell, before)
            if self._breaks_a_rule(part, act):
                raise RefusedError("conflict")

        numbers = list(reversed(act.parts))
        return self._each(self._begun(user, name, act.number), numbers if len(numbers) > 1 else numbers[0], one)

    def why_no_action(self, action: tuple[Any, ...]) -> bool:
        """Whether an action can't be recorded now: another plan, plan or ticket closed, completed (behaviour 2.1)."""
        number, plan, name = action[:3]
        completed = any(row[1:3] == (plan, name) and row[7] for _cell, row in self.rows("action", number))
        return (
            self.get(number, "plan") != plan
            or self.get(number, "plan closed") is not None
            or self.get(number, "status") == "closed"
            or completed
        )

    def _refuse_if_merge_was_worked_on(self, act: Act, old: Part) -> None:
        """A merge is torn apart only while nobody has worked on either ticket since (behaviour 1.6)."""
        for _on, cell, (before, _), (after, _) in old.changes:
            if cell[1:] == ("merged into",) and any(self._worked_on(n, act) for n in (cell[0], before, after) if n):
                raise RefusedError("conflict")

    def _worked_on(self, number: int, since: Act) -> bool:
        return any(
            act.number > since.number
            and act.undoes is None
            and act.user != "system"
            and act.around(number)
            and not self.undone(act, number)
            for act in self.acts
        )

    def _breaks_a_rule(self, part: Part, act: Act) -> bool:
        """What no act may bring about, taking back none either."""
        for number in part.touched:
            gone = not self.get(number, "there") and not part.changed(number, "there")
            if gone or (self._merged_since(number, act) and not part.changed(number, "merged into")):
                return True  # behaviour 1.6: work goes on at the target
            if self.get(number, "wake") and self.get(number, "status") != "pending":
                return True  # behaviour 1.5: only a pending ticket wakes up
        for _on, cell, (before, _), (after, _) in part.changes:
            if cell[1] == "parent" and after is not None:
                cycle = cell[0] in self.above(after)
                if cycle or not self.get(after, "there") or self.get(after, "merged into"):
                    return True  # behaviour 1.7
            if cell[1] == "plan" and before is not None and self._worked_by(cell[0], before):
                return True  # behaviour 2.1: a plan that was worked stays
            if cell[1] == "there" and after is None and (self._used(cell[0]) or self._worked_on(cell[0], act)):
                return True
        return False

    def _merged_since(self, number: int, act: Act) -> bool:
        merges = (
            cell == (number, "merged into") and before is None and after is not None
            for later in self.acts[act.number - self.first + 1 :]
            for part in later.parts.values()
            for _on, cell, (before, _), (after, _) in part.changes
        )
        return self.get(number, "merged into") is not None and any(merges)

    def _worked_by(self, number: int, plan: str) -> bool:
        actions = [row for _cell, row in self.rows("action", number) if row[1] == plan]
        return bool(actions) or self.get(number, "plan closed") is not None

    def _used(self, number: int) -> bool:
        """Whether anything is left of the ticket, or refers to it."""
        return any(
            value is not None
            and (
                cell[0] == number
                or (cell[0] in LINKS and cell[1] == number)
                or (cell[0] in MOVING and value[0] == number)
                or (cell[1] in ("parent", "merged into") and value == number)
            )
            for cell, (value, _) in self.cells.items()
        )
