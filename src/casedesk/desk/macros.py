"""Macros: acts under a name, run as one act (X4)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from casedesk import model
from casedesk.desk import macro_steps
from casedesk.desk.acts import Acts
from casedesk.desk.feed import describe
from casedesk.desk.matching import did_you_mean
from casedesk.desk.recording import SET, Recorder
from casedesk.desk.values import Difference, FieldChange, Macro, Outcome
from casedesk.domain import rights
from casedesk.domain.errors import CasedeskError, Conflict, InvalidInput, NotFound, NotPermitted, Unchanged
from casedesk.domain.macros import macro_key, macro_name

if TYPE_CHECKING:
    from casedesk.desk.acts import Change, Numbers, Progress
    from casedesk.desk.desk import Desk
    from casedesk.desk.tickets import Manner

Steps = Iterable[Mapping[str, Any]]
Which = str | Macro
"""A macro by its name, the user's own before a shared one of that name; or just the one that was read before."""

_MACROS = """
    SELECT m.id, m.name, u.login, m.key, m.steps FROM macro m LEFT JOIN user u ON u.id = m.owner_id
    WHERE (m.owner_id IS NULL OR m.owner_id = ?) AND {} m.retired
    ORDER BY m.owner_id IS NULL, m.name COLLATE NOCASE, m.id"""


class _Step(NamedTuple):
    """What an act of the desk would do to a ticket."""

    change: Change
    opens: bool


class _Taken(Acts):
    """Stands in the place of `desk.acts` and keeps what would be done to each ticket, so that several acts can be
    done as one. The right to each is asked for here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.steps: list[_Step] = []

    def on_tickets(
        self,
        name: str,
        numbers: Numbers,
        change: Change,
        *,
        right: str,
        summary: str,
        versions: Mapping[int, int] | None = None,
        progress: Progress | None = None,
        opens: bool = True,
    ) -> Outcome:
        self._desk.require(right)
        self.steps.append(_Step(change, opens))
        return Outcome(None, name, summary, ())


class Macros:
    """`desk.macros`: the user's own macros, and those that all share."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self, *, retired: bool = False) -> list[Macro]:
        """The user's own macros by name, then the shared ones; or instead of them those that are retired."""
        self._desk.require(rights.TICKETS_VIEW)
        return list(self._all(retired=retired))

    def show(self, name: str) -> Macro:
        """The macro of that name in any case, the user's own before a shared one. Raises NotFound with the nearest."""
        self._desk.require(rights.TICKETS_VIEW)
        return self._found(name)

    def words(self, steps: Steps) -> tuple[str, ...]:
        """Each of the steps in a few words."""
        return tuple(map(_words, steps))

    def make(self, name: str, steps: Steps, *, key: str = "", shared: bool = False) -> Outcome:
        """Make a macro of the user's own, or a shared one, which is a right of its own.

        Raises InvalidInput for a name that is taken, an unknown name in a step, or a key that can't be.
        """
        self._desk.require(rights.MACROS_OWN)
        name, ready = macro_name(name), macro_steps.checked(self._desk, steps)
        owner_id = self._owner_id(shared)
        self._check_free(name, owner_id)
        key = self._checked_key(key)

        def change(recorder: Recorder) -> str:
            retired = self._row_of(name, owner_id, retired=True)
            if retired is None:
                row = model.Macro(name=name, owner_id=owner_id, key=key, steps=ready)
                recorder.add(row, kind="macro", text=name)
            else:
                # A retired macro of that name comes back with other steps: what ran under it stays told apart by act.
                row = _row(recorder, retired)
                for field, value in (("name", name), ("key", key), ("steps", ready), ("retired", False)):
                    recorder.set(row, field, value, kind="macro", texts=("", name))
            return f"macro “{name}” made"

        return self._desk.acts.once("macro", change, right=rights.MACROS_OWN)

    def change(
        self,
        which: Which,
        *,
        new_name: str | None = None,
        steps: Steps | None = None,
        key: str | None = None,
        shared: bool | None = None,
    ) -> Outcome:
        """Rename a macro, give it other steps, another key (empty: none), or share it; what is None stays.

        Raises NotPermitted for a shared one without the right, Unchanged when nothing would differ, and Conflict
        when the steps are to be changed of a macro that was read before, and somebody changed them since.
        """
        self._desk.require(rights.MACROS_OWN)
        found = self._changeable(which)
        if steps is not None and isinstance(which, Macro) and which.steps != found.steps:
            raise Conflict(f"The steps of “{found.name}” have changed since you saw them.")
        wanted = found.name if new_name is None else macro_name(new_name)
        owner_id = self._owner_id(found.shared if shared is None else shared)
        self._check_free(wanted, owner_id, but=found.id, retired_too=True)
        values: dict[str, Any] = {"name": wanted, "owner_id": owner_id}
        if steps is not None:
            values["steps"] = macro_steps.checked(self._desk, steps)
        if key is not None:
            values["key"] = self._checked_key(key, but=found.id)

        def change(recorder: Recorder) -> str:
            row = _row(recorder, found.id)
            for field, value in values.items():
                texts = (str(getattr(row, field) or ""), str(value or ""))
                recorder.set(row, field, value, kind="macro", texts=texts)
            if not recorder.lines:
                raise Unchanged(f"The macro “{found.name}” is so already.")
            return f"macro “{found.name}” changed"

        return self._desk.acts.once("macro", change, right=rights.MACROS_OWN)

    def retire(self, which: Which) -> Outcome:
        """Take a macro out of the list. What was done by it stays."""
        self._desk.require(rights.MACROS_OWN)
        found = self._changeable(which)

        def change(recorder: Recorder) -> str:
            recorder.set(_row(recorder, found.id), "retired", True, kind="macro", texts=(found.name, "retired"))
            return f"macro “{found.name}” retired"

        return self._desk.acts.once("macro", change, right=rights.MACROS_OWN)

    def run(self, which: Which, numbers: Numbers, **manner: Unpack[Manner]) -> Outcome:
        """Do all steps on each ticket, whole or not at all; on many as one act.

        A step that would change nothing is passed over. Raises NotPermitted when the user lacks the right to a step,
        and InvalidInput when a step names what the desk no longer has, or when the steps aren't those that were read.
        """
        self._desk.require(rights.TICKETS_VIEW)
        macro = self._as_seen(which)
        change, opens = self._as_one(macro)
        return self._desk.acts.on_tickets(
            "macro", numbers, change, right=rights.TICKETS_VIEW, summary=f"macro “{macro.name}”", opens=opens, **manner
        )

    def difference(self, which: Which, numbers: Iterable[int]) -> tuple[Difference, ...]:
        """What `run` would change on each ticket: found by doing it and rolling it back, so that it can't differ.

        Nobody else can write meanwhile, for a few milliseconds a ticket; ask for some hundred at most.
        """
        self._desk.require(rights.TICKETS_VIEW)
        wanted = list(dict.fromkeys(numbers))
        change, opens = self._as_one(self._as_seen(which))
        lines, refused = self._desk.acts.rehearse("macro", wanted, change, right=rights.TICKETS_VIEW, opens=opens)
        refusals = {refusal.number: refusal for refusal in refused}
        return tuple(
            Difference(number, (), refusals[number].reason, refusals[number].code)
            if number in refusals
            else Difference(number, _changes(lines[number]))
            for number in wanted
        )

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _as_one(self, macro: Macro) -> tuple[Change, bool]:
        """The steps as one change of a ticket, and whether one of them counts as work that opens a new ticket."""
        taken = _Taken(self._desk)
        desk = self._desk.on(self._desk.store)
        vars(desk)["acts"] = taken
        try:
            for step in macro_steps.checked(desk, macro.steps):
                macro_steps.act(desk, step)
        except InvalidInput as error:
            raise InvalidInput(f"The macro “{macro.name}” can't run. {error.sentence}") from error
        except NotPermitted as error:
            raise NotPermitted(f"The macro “{macro.name}” can't run: {error.sentence}") from error

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            for step in taken.steps:
                try:
                    step.change(recorder, ticket)
                except Unchanged:
                    continue

        return change, any(step.opens for step in taken.steps)

    def _all(self, *, retired: bool = False) -> tuple[Macro, ...]:
        rows = self._desk.store.reader().rows(_MACROS.format("" if retired else "NOT"), (self._desk.user.id,))
        return tuple(_macro(*row) for row in rows)

    def _found(self, which: Which) -> Macro:
        every = self._all()
        name = which.name if isinstance(which, Macro) else which
        wanted = " ".join(name.split()).casefold()
        for found in every:
            meant = not isinstance(which, Macro) or found.shared == which.shared
            if meant and found.name.casefold() == wanted:
                return found
        known = [found.name for found in every]
        hint = did_you_mean(name, known, f"there is {', '.join(known) or 'none yet'}.")
        raise NotFound(f"There is no macro “{name}”; {hint}")

    def _as_seen(self, which: Which) -> Macro:
        """The macro, to be run. What was read before has to hold still: its difference was shown to somebody."""
        macro = self._found(which)
        if isinstance(which, Macro) and which.steps != macro.steps:
            raise InvalidInput(f"The steps of “{macro.name}” have changed since you saw them; choose it again.")
        return macro

    def _changeable(self, which: Which) -> Macro:
        found = self._found(which)
        if found.shared:
            self._desk.require(rights.MACROS_SHARE)
        return found

    def _owner_id(self, shared: bool) -> int | None:
        if shared:
            self._desk.require(rights.MACROS_SHARE)
        return None if shared else self._desk.user.id

    def _row_of(self, name: str, owner_id: int | None, *, retired: bool) -> int | None:
        for found in self._all(retired=retired):
            if found.name.casefold() == name.casefold() and found.shared == (owner_id is None):
                return found.id
        return None

    def _check_free(
        self, name: str, owner_id: int | None, *, but: int | None = None, retired_too: bool = False
    ) -> None:
        whose = "shared macro" if owner_id is None else "macro of yours"
        for retired in (False, True) if retired_too else (False,):
            taken = self._row_of(name, owner_id, retired=retired)
            if taken is not None and taken != but:
                which = f"retired {whose}" if retired else whose
                raise InvalidInput(f"There is a {which} “{name}” already.")

    def _checked_key(self, key: str, *, but: int | None = None) -> str:
        key = macro_key(key)
        for found in self._all():
            if key and found.id != but and found.key == key:
                raise InvalidInput(f"The key {key} runs the macro “{found.name}” already.")
        return key


def _macro(id_: int, name: str, owner: str | None, key: str, steps: str) -> Macro:
    listed: list[Mapping[str, Any]] = json.loads(steps)
    return Macro(id_, name, owner, key, tuple(listed), tuple(map(_words, listed)))


def _words(step: Mapping[str, Any]) -> str:
    try:
        return macro_steps.worded(step)
    except CasedeskError:  # a step that a later version of the program brought
        return json.dumps(step, ensure_ascii=False)


def _row(recorder: Recorder, macro_id: int) -> model.Macro:
    row = recorder.session.get(model.Macro, macro_id)
    if row is None:
        raise NotFound("The macro is gone.")
    return row


def _changes(lines: Sequence[model.Activity]) -> tuple[FieldChange, ...]:
    """The lines that people read, with one entry for a field that was set more than once."""
    found: dict[object, FieldChange] = {}
    for line in lines:
        if not line.kind:
            continue
        place: object = line.kind if line.operation == SET else line.id
        before = found[place].before if place in found else line.before_text
        words = describe(line.kind, line.operation, before, line.after_text)
        found[place] = FieldChange(line.kind, before, line.after_text, words)
    return tuple(found.values())
