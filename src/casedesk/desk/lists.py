"""Keeping the desk's own lists: statuses, priorities, topics, tags, classifications and close options (behaviour 1.1).

Every change is one act and can be taken back. What tickets have is never deleted but retired: records keep it, nobody
is offered it; or another entry takes its place on all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.list_entries import LISTS, List, a_state, find, free_name, rows_of, why_it_stays
from casedesk.desk.list_reading import ListReading, links_of, list_called
from casedesk.desk.list_references import all_macros, all_rules, follow, macros_naming, rules_giving
from casedesk.desk.recording import Recorder
from casedesk.desk.renaming import followed
from casedesk.desk.values import ListEntry, Outcome
from casedesk.domain.errors import InvalidInput, Unchanged
from casedesk.domain.rights import CONFIGURE

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.acts import Progress
    from casedesk.desk.list_entries import Entry


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list's order: in front of an entry, behind one, or counted from 1. Only one of them is given."""

    before: str | None = None
    after: str | None = None
    to: int | None = None

    def __post_init__(self) -> None:
        given = [each for each in (self.before, self.after, self.to) if each is not None]
        if len(given) != 1:
            raise InvalidInput("Say one place: before an entry, after an entry, or a number from 1.")


class Lists(ListReading):
    """`desk.lists`. `key` is one of `keys()`."""

    def add(self, key: str, name: str, *, state: str | None = None, place: Place | None = None) -> Outcome:
        """Add an entry: at the end, of statuses at the end of those of its `state`, or at a place.

        Raises InvalidInput for a name that can't be or is taken, and for a state or a place that the list doesn't have.
        """
        which = list_called(key)
        stands_for = self._state_of_new(which, state)

        def change(recorder: Recorder) -> str:
            fresh = free_name(recorder.session, which, name, state=stands_for)
            row = _new_row(which, fresh, stands_for)
            if not isinstance(row, model.Tag):
                row.position = 1 + max((_position(other) for other in rows_of(recorder.session, which)), default=-1)
            recorder.add(row, kind=which.one, text=f"{fresh} ({stands_for})" if stands_for else fresh)
            if which.ordered:
                self._put(recorder, which, row, place)
            return f"{which.one} “{fresh}” added" + (f", which is {stands_for}" if stands_for else "")

        if place is not None:
            self._require_order(which)
        return self._desk.acts.once(f"add {which.one}", change, right=CONFIGURE)

    def rename(self, key: str, name: str, new_name: str) -> Outcome:
        """Give an entry another name, everywhere: on tickets, in rules, policies and macros. The activity keeps the
        old one.

        Raises InvalidInput for a name that can't be or is taken, and Unchanged when it is called so already.
        """
        which = list_called(key)

        def change(recorder: Recorder) -> str:
            row = find(rows_of(recorder.session, which), which, name, retired=True)
            before = row.name
            state = row.state if isinstance(row, model.Status) else ""
            fresh = free_name(recorder.session, which, new_name, state=state, own=row)
            if not recorder.set(row, "name", fresh, kind=which.one, texts=(before, fresh)):
                raise Unchanged(f"The {which.one} “{before}” is called so already.")
            changes = [f"{which.one} “{before}” → “{fresh}”", *followed(follow(recorder, which, before, fresh))]
            return "; ".join(changes)

        return self._desk.acts.once(f"rename {which.one}", change, right=CONFIGURE)

    def set_state(self, name: str, state: str) -> Outcome:
        """Let a status stand for another state, as long as no ticket has it.

        Raises InvalidInput when a ticket has it, or when it is the last one of its state.
        """
        which, wanted = LISTS["statuses"], a_state(state)

        def change(recorder: Recorder) -> str:
            row = find(rows_of(recorder.session, which), which, name, retired=True)
            assert isinstance(row, model.Status)
            if row.state == wanted:
                raise Unchanged(f"The status “{row.name}” is {wanted} already.")
            self._refuse_state_change(recorder.session, row, wanted)
            # Removed and added rather than set: the database then sees to it that no ticket has it, also when this
            # is taken back later.
            kept = {**row.model_dump(), "state": wanted}
            recorder.remove(row, kind=which.one, text=f"{row.name} ({row.state})")
            recorder.session.expunge(row)
            fresh = recorder.add(model.Status(**kept), kind=which.one, text=f"{kept['name']} ({wanted})")
            self._put(recorder, which, fresh, None)
            return f"status “{fresh.name}” is {wanted} from now on"

        return self._desk.acts.once("change status", change, right=CONFIGURE)

    def move(self, key: str, name: str, place: Place) -> Outcome:
        """Put an entry at another place in the list's order. A status stays among those of its state.

        Priorities go from the least to the most urgent. Raises InvalidInput for a place that isn't there, and
        Unchanged when the entry stands there already.
        """
        which = list_called(key)
        self._require_order(which)

        def change(recorder: Recorder) -> str:
            row = find(rows_of(recorder.session, which), which, name)
            self._put(recorder, which, row, place)
            if not recorder.lines:
                raise Unchanged(f"The {which.one} “{row.name}” stands there already.")
            names = [each.name for each in rows_of(recorder.session, which) if not each.retired]
            return f"{which.one} order: {', '.join(names)}"

        return self._desk.acts.once(f"move {which.one}", change, right=CONFIGURE)

    def retire(
        self, key: str, name: str, *, replace_by: str | None = None, progress: Progress | None = None
    ) -> Outcome:
        """Offer an entry no longer. Tickets keep it; with `replace_by` all of them get that entry instead, as the same
        act, and rules, policies and macros follow.

        Raises InvalidInput for the last status of a state and for the last priority; without `replace_by` also while
        an active rule gives the entry. One that is retired already may still be replaced on the tickets that have it.
        """
        which = list_called(key)
        if replace_by is not None:
            return self._replace(which, name, replace_by, progress)
        kept = self.show(key, name).tickets or 0
        notes: list[str] = []

        def change(recorder: Recorder) -> str:
            row = find(rows_of(recorder.session, which), which, name, retired=True)
            giving = rules_giving(all_rules(recorder.session), which, row.name)
            rules = [rule.name for rule in giving if rule.active]
            if rules and not row.retired:
                raise InvalidInput(
                    f"The rule “{rules[0]}” gives the {which.one} “{row.name}”; change it, switch it off, "
                    f"or say what is to replace the {which.one}."
                )
            if not _retire(recorder, which, row):
                raise Unchanged(f"The {which.one} “{row.name}” is retired already.")
            for macro in macros_naming(all_macros(recorder.session), which, row.name):
                if not macro.retired:
                    notes.append(f"The macro “{macro.name}” names “{row.name}” and can't run until it is changed.")
            return f"{which.one} “{row.name}” retired{_kept_by(kept)}"

        outcome = self._desk.acts.once(f"retire {which.one}", change, right=CONFIGURE)
        return replace(outcome, notes=tuple(notes))

    def restore(self, key: str, name: str) -> Outcome:
        """Offer a retired entry again. Raises Unchanged when it isn't retired."""
        which = list_called(key)

        def change(recorder: Recorder) -> str:
            row = find(rows_of(recorder.session, which), which, name, retired=True)
            if not recorder.set(row, "retired", False, kind=which.one, texts=("retired", row.name)):
                raise Unchanged(f"The {which.one} “{row.name}” isn't retired.")
            return f"{which.one} “{row.name}” brought back"

        return self._desk.acts.once(f"restore {which.one}", change, right=CONFIGURE)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _replace(self, which: List, name: str, replace_by: str, progress: Progress | None) -> Outcome:
        listed = self._read(which)
        row, other = find(listed, which, name, retired=True), find(listed, which, replace_by)
        if row.id == other.id:
            raise InvalidInput(f"“{row.name}” can't replace itself.")
        if row.state != other.state:
            raise InvalidInput(
                f"“{row.name}” is {row.state} and “{other.name}” {other.state}; both have to be the same."
            )

        notes: list[str] = []

        def first(recorder: Recorder) -> None:
            here = find(rows_of(recorder.session, which), which, row.name, retired=True)
            find(rows_of(recorder.session, which), which, other.name)
            _retire(recorder, which, here)
            notes.extend(followed(follow(recorder, which, here.name, other.name)))

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            _put_instead(recorder, ticket, which, row, other)

        outcome = self._desk.acts.once_and_on_tickets(
            f"retire {which.one}",
            first,
            self._having(which, row),
            change,
            right=CONFIGURE,
            summary=f"{which.one} “{row.name}” retired, “{other.name}” instead",
            progress=progress,
        )
        return replace(outcome, notes=tuple(notes))

    def _having(self, which: List, row: ListEntry) -> list[int]:
        """The numbers of the tickets that have the entry, merged ones included."""
        reader = self._desk.store.reader()
        if which.column:
            rows = reader.rows(f"SELECT id FROM ticket WHERE {which.column} = ? ORDER BY id", (row.id,))
        else:
            table, column = links_of(which)
            rows = reader.rows(f"SELECT ticket_id FROM {table} WHERE {column} = ? ORDER BY 1", (row.id,))
        return [number for (number,) in rows]

    def _put(self, recorder: Recorder, which: List, row: Entry, place: Place | None) -> None:
        """Put a row at its place, by default behind all (of statuses: those of its state), and count anew."""
        others = [other for other in rows_of(recorder.session, which) if other is not row]
        shown = [other for other in others if not other.retired]
        if place is None:
            state = getattr(row, "state", "")
            same_state = [other for other in others if getattr(other, "state", "") == state]
            at = 1 + others.index(same_state[-1]) if same_state else None
        elif place.to is not None:
            if not 1 <= place.to <= len(shown) + 1:
                raise InvalidInput(f"The places are 1 to {len(shown) + 1}; {place.to} isn't one of them.")
            at = others.index(shown[place.to - 1]) if place.to <= len(shown) else len(others)
        else:
            other = find(rows_of(recorder.session, which), which, place.before or place.after or "")
            if other is row:
                raise InvalidInput(f"“{row.name}” can't stand beside itself.")
            at = others.index(other) + (place.after is not None)
        wanted = [*others[:at], row, *others[at:]] if at is not None else rows_of(recorder.session, which)
        self._refuse_mixed_states(row, wanted)
        for position, each in enumerate(wanted):
            recorder.set(each, "position", position, kind=f"{which.one} order")

    @staticmethod
    def _refuse_mixed_states(row: Entry, wanted: Sequence[Entry]) -> None:
        """New statuses come first, then the open, pending and closed ones: that is also how tickets are sorted."""
        if isinstance(row, model.Status):
            from casedesk.domain.lifecycle import STATES

            states = [STATES.index(each.state) for each in wanted if isinstance(each, model.Status)]
            if states != sorted(states):
                raise InvalidInput(
                    f"“{row.name}” is {row.state}; its place is among the statuses that are {row.state}."
                )

    def _refuse_state_change(self, session: Session, row: model.Status, wanted: str) -> None:
        from sqlmodel import select

        if session.exec(select(model.Ticket.id).where(model.Ticket.status_id == row.id).limit(1)).first() is not None:
            raise InvalidInput(
                f"Tickets have the status “{row.name}”, so it stays {row.state}; add another status that is {wanted}."
            )
        reason = None if row.retired else why_it_stays(session, LISTS["statuses"], row)
        if reason is not None:
            raise InvalidInput(reason)
        free_name(session, LISTS["statuses"], row.name, state=wanted, own=row)

    @staticmethod
    def _state_of_new(which: List, state: str | None) -> str:
        if which.key == "statuses":
            if state is None:
                raise InvalidInput("Say which state the status stands for: new, open, pending or closed.")
            return a_state(state)
        if state is not None:
            raise InvalidInput(f"Only statuses stand for a state; a {which.one} has none.")
        return ""

    @staticmethod
    def _require_order(which: List) -> None:
        if not which.ordered:
            raise InvalidInput(f"The {which.key} come by name; they have no other order.")


def _new_row(which: List, name: str, state: str) -> Entry:
    if which.key == "statuses":
        return model.Status(name=name, state=state)
    rows: Any = which.rows
    row: Entry = rows(name=name)
    return row


def _position(row: Entry) -> int:
    return 0 if isinstance(row, model.Tag) else row.position


def _retire(recorder: Recorder, which: List, row: Entry) -> bool:
    """Retire the entry; False when it was. Raises InvalidInput for one that the desk can't be without."""
    reason = None if row.retired else why_it_stays(recorder.session, which, row)
    if reason is not None:
        raise InvalidInput(reason)
    return recorder.set(row, "retired", True, kind=which.one, texts=(row.name, "retired"))


def _put_instead(recorder: Recorder, ticket: model.Ticket, which: List, row: ListEntry, other: ListEntry) -> None:
    """Give the ticket the other entry in the place of this one, unless somebody took that away meanwhile."""
    cause = f"{which.one} “{row.name}” retired"
    if which.column:
        if getattr(ticket, which.column) == row.id:
            texts = (row.name, other.name)
            recorder.set(ticket, which.column, other.id, kind=which.given_as, texts=texts, cause=cause)
        return
    link = getattr(model, which.link)
    _, column = links_of(which)
    found = recorder.session.get(link, (ticket.id, row.id))
    if found is None:
        return
    recorder.remove(found, ticket=ticket, kind=which.one, text=row.name, cause=cause)
    if recorder.session.get(link, (ticket.id, other.id)) is None:
        fresh = link(**{"ticket_id": ticket.id, column: other.id})
        recorder.add(fresh, ticket=ticket, kind=which.one, text=other.name, cause=cause)


def _kept_by(tickets: int) -> str:
    if not tickets:
        return ""
    return f" ({tickets:,} tickets keep it)" if tickets > 1 else " (1 ticket keeps it)"
