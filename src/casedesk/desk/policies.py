"""Service level policies: which tickets have which targets (behaviour 3.4 to 3.6, A3, A4).

Every change is one act, and can be taken back. Tickets' timers follow by `desk.service_levels.recompute`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.field_mistakes import FieldMistakes
from casedesk.desk.naming import a_name
from casedesk.desk.policy_checks import (
    WARN,
    Targets,
    Wanted,
    check_query,
    check_reach,
    checked_kind,
    checked_pauses,
    checked_targets,
    checked_warn,
    target_said,
)
from casedesk.desk.policy_reading import SWITCH, PolicyReading, is_plain
from casedesk.desk.recording import Recorder
from casedesk.desk.values import Outcome, PolicyEntry, working_time
from casedesk.domain.errors import Conflict, InvalidFields, InvalidInput, NotFound, Unchanged
from casedesk.domain.rights import LEVELS
from casedesk.domain.sla import RESOLUTION

if TYPE_CHECKING:
    from sqlmodel import Session


class Policies(PolicyReading):
    """`desk.policies`: the desk's policies."""

    def add(
        self,
        name: str,
        query: str,
        *,
        calendar: str | None = None,
        targets: Iterable[Wanted] = (),
        pauses: Iterable[str] = (),
        warn: int = WARN,
    ) -> Outcome:
        """Make a policy; it comes after the others, ahead of the default. Without `calendar` it has the default's.

        `targets` are kind, priority (None for every) and working seconds; `pauses` the kinds that stand still in
        pending; `warn` the working seconds ahead of the due instant. Raises InvalidFields with the mistakes of
        `name`, `query`, `calendar`, `targets`, `pauses` and `warn`.
        """
        given = {"name": name, "query": query, "calendar": calendar or self.default().calendar}
        rest = {"targets": list(targets), "pauses": list(pauses), "warn": warn}

        def change(recorder: Recorder) -> str:
            values, wanted = self._checked(given | rest, None)
            position = 1 + max((row.position for row in _rows(recorder.session) if not row.is_default), default=-1)
            row = recorder.add(model.Policy(**values, position=position), kind="policy", text=values["name"])
            self._set_targets(recorder, row, wanted or {})
            return f"policy “{row.name}” made"

        return self._desk.acts.once("add policy", change, right=LEVELS)

    def change(
        self,
        name: str,
        *,
        new_name: str | None = None,
        query: str | None = None,
        calendar: str | None = None,
        targets: Iterable[Wanted] | None = None,
        pauses: Iterable[str] | None = None,
        warn: int | None = None,
        seen: PolicyEntry | None = None,
    ) -> Outcome:
        """Change what is given; `targets` and `pauses` are whole.

        `seen` is the policy as the change was made for it: Conflict when it has changed since. Raises Unchanged when
        all is so already, and InvalidFields as `add` does.
        """
        given: dict[str, Any] = {"name": new_name, "query": query, "calendar": calendar, "warn": warn}
        given |= {"targets": targets and list(targets), "pauses": pauses and list(pauses)}

        def change(recorder: Recorder) -> str:
            entry = self.entry(name)
            _check_seen(entry, seen)
            values, wanted = self._checked({key: value for key, value in given.items() if value is not None}, entry)
            row = _row(recorder.session, entry)
            changes = [self._set(recorder, row, field, value) for field, value in values.items()]
            if wanted is not None:
                changes += self._set_targets(recorder, row, wanted)
            if not any(changes):
                raise Unchanged(f"Policy “{entry.name}”: nothing to change.")
            return f"policy “{entry.name}”: {'; '.join(filter(None, changes))}"

        return self._desk.acts.once("change policy", change, right=LEVELS)

    def set_target(self, name: str, kind: str, seconds: int | None, *, priority: str | None = None) -> Outcome:
        """Set one target in working seconds, for every priority or for one; None takes it away."""
        kind = checked_kind(kind)

        def change(recorder: Recorder) -> str:
            entry = self.entry(name)
            row = _row(recorder.session, entry)
            named = None if priority is None else self._desk.setup.entry("priority", priority)
            key = (kind, named.id if named else None)
            wanted = {(each.kind, each.priority_id): (each.priority, each.seconds) for each in entry.targets}
            if seconds is None and wanted.pop(key, None) is None:
                raise NotFound(f"The policy “{entry.name}” has no target for {target_said(kind, priority)}.")
            if seconds is not None:
                wanted |= checked_targets(self._desk, [(kind, priority, seconds)])
                check_reach(self._desk.calendars.working(entry.calendar_id), self._desk.seconds(), seconds)
            changes = self._set_targets(recorder, row, wanted)
            if not changes:
                raise Unchanged(f"Policy “{entry.name}”: nothing to change.")
            return f"policy “{entry.name}”: {'; '.join(changes)}"

        return self._desk.acts.once("change policy", change, right=LEVELS)

    def move(self, name: str, place: int) -> Outcome:
        """Put the policy at this place in the order, the first being 1. Raises InvalidInput for the default."""

        def change(recorder: Recorder) -> str:
            entry = self.entry(name)
            if entry.is_default:
                raise InvalidInput(f"“{entry.name}” is the default, and that comes last.")
            order = [each.id for each in self.in_order() if not each.is_default]
            if not 1 <= place <= len(order):
                raise InvalidInput(f"There are {len(order)} places ahead of the default; {place} isn't one of them.")
            order.remove(entry.id)
            order.insert(place - 1, entry.id)
            rows = {row.id: row for row in _rows(recorder.session)}
            for position, policy_id in enumerate(order):
                row = rows[policy_id]
                texts = (f"place {row.position + 1}", f"place {position + 1}")
                recorder.set(row, "position", position, kind="policy", texts=texts)
            if not recorder.lines:
                raise Unchanged(f"The policy “{entry.name}” is at place {place} already.")
            return f"policy “{entry.name}” moved to place {place}"

        return self._desk.acts.once("move policy", change, right=LEVELS)

    def retire(self, name: str) -> Outcome:
        """Let the policy apply to no ticket. Raises InvalidInput for the default, which stays."""

        def change(recorder: Recorder) -> str:
            entry = self.entry(name, retired=True)
            if entry.is_default:
                raise InvalidInput(f"“{entry.name}” is the default: it stays, for the tickets that no other matches.")
            row = _row(recorder.session, entry)
            if not recorder.set(row, "retired", True, kind="policy", texts=(entry.name, "retired")):
                raise Unchanged(f"The policy “{entry.name}” is retired already.")
            return f"policy “{entry.name}” retired"

        return self._desk.acts.once("retire policy", change, right=LEVELS)

    def restore(self, name: str) -> Outcome:
        """Bring a retired policy back, at its old place. Raises InvalidInput while its calendar is retired."""

        def change(recorder: Recorder) -> str:
            entry = self.entry(name, retired=True)
            if entry.retired and self._desk.calendars.entry(entry.calendar, retired=True).retired:
                raise InvalidInput(f"The calendar “{entry.calendar}” is retired; bring it back first.")
            row = _row(recorder.session, entry)
            if not recorder.set(row, "retired", False, kind="policy", texts=("retired", entry.name)):
                raise Unchanged(f"The policy “{entry.name}” isn't retired.")
            return f"policy “{entry.name}” brought back"

        return self._desk.acts.once("restore policy", change, right=LEVELS)

    def set_simple(self, hours: float | None, calendar: str | None = None) -> Outcome:
        """Service levels in their simple form, as one act: on, with the working hours in which a ticket is to be
        closed; or off, with None, which keeps the hours for another time (A3, A4).

        The hours are the default policy's resolution target, counted by `calendar` where one is named. Raises
        InvalidFields with the mistakes of `hours` and `calendar`, and Unchanged.
        """

        def change(recorder: Recorder) -> str:
            changes = [] if hours is None and calendar is None else self._set_simple_target(recorder, hours, calendar)
            switched = self._desk.setup.record_setting(recorder, SWITCH, hours is not None)
            if not switched and not changes:
                raise Unchanged(f"Service levels are {'off' if hours is None else 'on, and so,'} already.")
            said = f"service levels {'off' if hours is None else 'on'}" if switched else "service levels"
            return ": ".join(filter(None, [said, ", ".join(changes)]))

        return self._desk.acts.once("service levels", change, right=LEVELS)

    def switch(self, on: bool) -> Outcome:
        """Time tickets by the policies, or time nothing at all. Raises Unchanged."""

        def change(recorder: Recorder) -> str:
            word = "on" if on else "off"
            if not self._desk.setup.record_setting(recorder, SWITCH, on):
                raise Unchanged(f"Service levels are {word} already.")
            return f"service levels {word}"

        return self._desk.acts.once("service levels", change, right=LEVELS)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _set_simple_target(self, recorder: Recorder, hours: float | None, calendar: str | None) -> list[str]:
        entry = self.default()
        values: dict[str, Any] = {"calendar": calendar or entry.calendar}
        if hours is not None:
            kept = [(each.kind, each.priority, each.seconds) for each in entry.targets if not is_plain(each)]
            values["targets"] = [*kept, (RESOLUTION, None, _seconds_of(hours))]
        try:
            checked, wanted = self._checked(values, entry)
        except InvalidFields as error:
            raise InvalidFields(
                ("hours" if field == "targets" else field, sentence) for field, sentence in error.mistakes
            ) from error
        row = _row(recorder.session, entry)
        changes = [self._set(recorder, row, field, value) for field, value in checked.items()]
        if wanted is not None:
            changes += self._set_targets(recorder, row, wanted)
        return list(filter(None, changes))

    def _checked(self, wanted: dict[str, Any], own: PolicyEntry | None) -> tuple[dict[str, Any], Targets | None]:
        """The given values by their columns, and the targets where they are given. Raises InvalidFields."""
        mistakes = FieldMistakes()
        values: dict[str, Any] = {}
        if "name" in wanted:
            values["name"] = mistakes.checked("name", lambda: self._free_name(wanted["name"], own), "")
        if "query" in wanted:
            values["query"] = mistakes.checked("query", lambda: self._checked_query(wanted["query"], own), "")
        if "calendar" in wanted:
            values["calendar_id"] = mistakes.checked("calendar", lambda: self._calendar_id(wanted["calendar"]), 0)
        targets: Targets | None = None
        if "targets" in wanted:
            targets = mistakes.checked("targets", lambda: checked_targets(self._desk, wanted["targets"]), Targets())
        if "pauses" in wanted:
            values["pauses"] = mistakes.checked("pauses", lambda: checked_pauses(wanted["pauses"]), list[str]())
        if "warn" in wanted:
            values["warn"] = mistakes.checked("warn", lambda: checked_warn(wanted["warn"]), 0)
        mistakes.refuse()
        where = "targets" if "targets" in wanted else "calendar"
        mistakes.checked(where, lambda: self._check_reach(values.get("calendar_id"), targets, own), None)
        mistakes.refuse()
        return values, targets

    def _check_reach(self, calendar_id: int | None, targets: Targets | None, own: PolicyEntry | None) -> None:
        """Raise InvalidInput when the calendar has too little working time for the longest target."""
        if own is not None and calendar_id is None and targets is None:
            return
        seconds = [length for _name, length in (targets or {}).values()]
        if own is not None and targets is None:
            seconds = [target.seconds for target in own.targets]
        chosen = calendar_id or (own.calendar_id if own else 0)
        if seconds:
            check_reach(self._desk.calendars.working(chosen), self._desk.seconds(), max(seconds))

    def _checked_query(self, query: str, own: PolicyEntry | None) -> str:
        text = query.strip()
        if own is not None and own.is_default:
            if text:
                raise InvalidInput(f"“{own.name}” is the default: it is for what no other matches, and has no query.")
            return ""
        check_query(self._desk, text)
        return text

    def _calendar_id(self, name: str) -> int:
        try:
            return self._desk.calendars.entry(name).id
        except NotFound as error:
            raise InvalidInput(error.sentence) from error

    def _free_name(self, name: str, own: PolicyEntry | None) -> str:
        wanted = a_name("A policy", name)
        for other in self.list(retired=True):
            if (own is None or other.id != own.id) and other.name.casefold() == wanted.casefold():
                more = "; bring that back, or choose another name" if other.retired else ""
                raise InvalidInput(f"There is a {'retired ' * other.retired}policy “{other.name}” already{more}.")
        return wanted

    def _set(self, recorder: Recorder, row: model.Policy, field: str, value: Any) -> str:
        """Set a column; what an act says of it, nothing when it was so."""
        before = self._said(field, getattr(row, field))
        after = self._said(field, value)
        if not recorder.set(row, field, value, kind="policy", texts=(before, after)):
            return ""
        return f"{field.removesuffix('_id')} → {f'“{after}”' if field == 'name' else after or 'none'}"

    def _said(self, field: str, value: Any) -> str:
        if field == "calendar_id":
            return next((each.name for each in self._desk.calendars.list(retired=True) if each.id == value), "")
        if field == "warn":
            return working_time(value) if value else ""
        return ", ".join(value) if field == "pauses" else str(value)

    def _set_targets(self, recorder: Recorder, row: model.Policy, wanted: Targets) -> list[str]:
        """Make these the policy's targets; what an act says of each that changed."""
        from sqlmodel import select

        changes = []
        found = recorder.session.exec(select(model.PolicyTarget).where(model.PolicyTarget.policy_id == row.id)).all()
        before = {(target.kind, target.priority_id): target for target in found}
        for (kind, priority_id), target in before.items():
            if (kind, priority_id) not in wanted:
                said = target_said(kind, self._desk.setup.name_of("priority", priority_id) or None)
                recorder.remove(target, kind="target", text=f"{said}: {working_time(target.seconds)}")
                changes.append(f"no target for {said}")
        for (kind, priority_id), (priority, seconds) in wanted.items():
            said = f"{target_said(kind, priority)}: {working_time(seconds)}"
            existing = before.get((kind, priority_id))
            if existing is None:
                new = model.PolicyTarget(policy_id=row.id or 0, kind=kind, priority_id=priority_id, seconds=seconds)
                recorder.add(new, kind="target", text=said)
                changes.append(said)
            elif recorder.set(
                existing, "seconds", seconds, kind="target", texts=(working_time(existing.seconds), said)
            ):
                changes.append(said)
        return changes


def _seconds_of(hours: float) -> int:
    """Hours as whole seconds; what is no number of hours becomes 0, which no target has."""
    return round(hours * 3600) if isfinite(hours) else 0


def _check_seen(entry: PolicyEntry, seen: PolicyEntry | None) -> None:
    if seen is not None and entry != seen:
        raise Conflict(f"The policy “{entry.name}” has changed since you saw it.")


def _rows(session: Session) -> Sequence[model.Policy]:
    from sqlmodel import select

    return session.exec(select(model.Policy)).all()


def _row(session: Session, entry: PolicyEntry) -> model.Policy:
    row = session.get(model.Policy, entry.id)
    assert row is not None
    return row
