"""Merging tickets (behaviour 1.6): what hangs on one goes to another, and the one is closed and says where it went."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Unpack

from casedesk import model
from casedesk.desk.parentage import chain_above
from casedesk.desk.recording import Recorder
from casedesk.desk.relating import title_of
from casedesk.desk.ticket_reading import TicketReading
from casedesk.desk.values import Outcome
from casedesk.domain import lifecycle, rights
from casedesk.domain.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlmodel import Session

    from casedesk.desk.acts import Numbers
    from casedesk.desk.desk import Desk
    from casedesk.desk.tickets import Manner

_THEM = "(SELECT value FROM json_each(?1))"

_COUNTED = (
    *(
        (what, f"SELECT count(*) FROM {table} WHERE {column} IN {_THEM}")
        for what, table, column in (
            ("note", "note", "ticket_id"),
            ("message", "message", "ticket_id"),
            ("action", "ticket_action", "ticket_id"),
            ("tag", "ticket_tag", "ticket_id"),
            ("classification", "ticket_classification", "ticket_id"),
            ("helper", "ticket_helper", "ticket_id"),
            ("sub-ticket", "ticket", "parent_id"),
            ("earlier merge", "ticket", "merged_into_id"),
        )
    ),
    *(
        (
            what,
            f"""SELECT (SELECT count(*) FROM ticket_{what} WHERE ticket_id IN {_THEM})
                       + (SELECT count({what}_id) FROM ticket WHERE id IN {_THEM})""",
        )
        for what in ("contact", "account")
    ),
)
"""What hangs on tickets, by its kind: the queries that count it."""


class Merging(TicketReading):
    """The merging half of `desk.tickets`."""

    def merge(self, numbers: Numbers, into: int, **manner: Unpack[Manner]) -> Outcome:
        """Merge tickets into another. Each is one part of the act: done, and taken back, wholly or not at all.

        Notes, messages, recorded actions, tags, classifications, helpers, contacts, accounts and sub-tickets move, what
        the target has already is dropped, and earlier merges follow. Raises InvalidInput for a merge into the ticket
        itself or into one that was merged, and Conflict when either isn't at the version that the user saw.
        """
        versions = manner.get("versions")
        seen = {into: versions[into]} if versions and into in versions else {}

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            target = _target(recorder.session, ticket, into)
            self._desk.acts.check_version(target, seen)
            seen.clear()  # the first merge of several moves the target on
            _Merge(self._desk, recorder, ticket, target).run()

        summary = f"#{numbers} merged into #{into}" if isinstance(numbers, int) else f"merged into #{into}"
        return self._desk.acts.on_tickets(
            "merge", numbers, change, right=rights.TICKETS_MERGE, summary=summary, opens=False, **manner
        )

    def would_move(self, numbers: Iterable[int]) -> str:
        """What hangs on these tickets and would move in a merge: `2 notes, 1 action`; nothing when nothing does."""
        self._desk.require(rights.TICKETS_VIEW)
        reader = self._desk.store.reader()
        wanted = (json.dumps(list(numbers)),)
        return counted([(what, int(reader.value(sql, wanted))) for what, sql in _COUNTED])

    def end_of_merges(self, number: int) -> int:
        """The ticket that a ticket went into, however often it was merged on; itself when it wasn't merged.

        What comes in later for a merged ticket belongs there (behaviour 1.6). Raises NotFound.
        """
        self._desk.require(rights.TICKETS_VIEW)
        reader = self._desk.store.reader()
        row = reader.row(
            """WITH RECURSIVE way(id, next) AS (
                   SELECT id, merged_into_id FROM ticket WHERE id = ?
                   UNION SELECT t.id, t.merged_into_id FROM way JOIN ticket t ON t.id = way.next)
               SELECT id FROM way WHERE next IS NULL""",
            (number,),
        )
        if row is None:
            raise NotFound(f"There is no ticket #{number}.")
        return int(row[0])


def _target(session: Session, ticket: model.Ticket, into: int) -> model.Ticket:
    if into == ticket.id:
        raise InvalidInput(f"#{into} can't be merged into itself.")
    target = session.get(model.Ticket, into)
    if target is None:
        raise NotFound(f"There is no ticket #{into}.")
    if target.merged_into_id == ticket.id:
        raise InvalidInput(f"#{into} was merged into #{ticket.id} itself; take that back first.")
    if target.merged_into_id is not None:
        raise InvalidInput(f"#{into} was merged into #{target.merged_into_id}; merge into that one.")
    return target


class _Merge:
    """One merge underway: everything of the source that moves, and what is said of it."""

    def __init__(self, desk: Desk, recorder: Recorder, source: model.Ticket, target: model.Ticket) -> None:
        self._desk = desk
        self._recorder = recorder
        self._session = recorder.session
        self._source = source
        self._target = target
        self._moved: Counter[str] = Counter()

    def run(self) -> None:
        """Move, close, and say it in both feeds."""
        source, target = self._source, self._target
        self._move_rows("note", model.Note)
        self._move_rows("message", model.Message)
        self._move_rows("action", model.TicketAction)
        self._move_people()
        setup, login = self._desk.setup, self._desk.team.login
        self._move_links("tag", model.TicketTag, "tag_id", lambda key: self._named(model.Tag, key))
        self._move_links(
            "classification", model.TicketClassification, "classification_id",
            lambda key: setup.name_of("classification", key),
        )  # fmt: skip
        self._move_links("helper", model.TicketHelper, "user_id", login, own=target.owner_id)
        self._move_sub_tickets()
        self._take_plan()
        for earlier in self._rows(model.Ticket, "merged_into_id"):
            texts = (title_of(source), title_of(target))
            self._recorder.set(earlier, "merged_into_id", target.id, kind="merged into", texts=texts)
        self._close()
        self._recorder.set(source, "merged_into_id", target.id, kind="merged into", texts=("", title_of(target)))
        moved = counted(self._moved.items())
        said = f"{title_of(source)} ({moved})" if moved else title_of(source)
        self._recorder.tell(target, source.id or 0, "merged ticket", after=said)
        self._recorder.touch(target)

    def _rows(self, table: type[Any], column: str = "ticket_id") -> Sequence[Any]:
        from sqlmodel import select

        rows: Sequence[Any] = self._session.exec(select(table).where(getattr(table, column) == self._source.id)).all()
        return rows

    def _named(self, table: type[Any], key: int) -> str:
        row = self._session.get(table, key)
        return str(row.name or getattr(row, "email", None) or f"#{key}") if row is not None else f"#{key}"

    def _move_rows(self, kind: str, table: type[Any]) -> None:
        for row in self._rows(table):
            self._recorder.set(row, "ticket_id", self._target.id, ticket=self._target)
            self._moved[kind] += 1

    def _move_people(self) -> None:
        """The source's contact and account become the target's where it has none, otherwise further ones."""
        for kind, table, people in (
            ("contact", model.TicketContact, model.Contact),
            ("account", model.TicketAccount, model.Account),
        ):
            column = f"{kind}_id"
            theirs, ours = getattr(self._source, column), getattr(self._target, column)
            if theirs is not None and ours is None:
                texts = ("", self._named(people, theirs))
                self._recorder.set(self._target, column, theirs, kind=kind, texts=texts)
                self._drop_link(table, theirs)
            elif theirs is not None and theirs != ours:
                self._link(kind, table, column, theirs, self._named(people, theirs))
            self._move_links(
                kind, table, column, lambda key, people=people: self._named(people, key),
                own=getattr(self._target, column),
            )  # fmt: skip

    def _move_links(self, kind: str, table: type[Any], column: str, named: Any, own: int | None = None) -> None:
        """Move links; one to `own`, which the target has without a link, is dropped like those that it has."""
        for row in self._rows(table):
            key = getattr(row, column)
            self._recorder.remove(row, ticket=self._source)
            if key != own:
                self._link(kind, table, column, key, named(key))

    def _drop_link(self, table: type[Any], key: int) -> None:
        """Remove the target's link to what it has without one by now."""
        link = self._session.get(table, (self._target.id, key))
        if link is not None:
            self._recorder.remove(link, ticket=self._target)

    def _link(self, kind: str, table: type[Any], column: str, key: int, name: str) -> None:
        if self._session.get(table, (self._target.id, key)) is None:
            row = table(ticket_id=self._target.id, **{column: key})
            said = f"other {kind}" if table in (model.TicketContact, model.TicketAccount) else kind
            self._recorder.add(row, ticket=self._target, kind=said, text=name)
            self._moved[kind] += 1

    def _move_sub_tickets(self) -> None:
        """Sub-tickets go below the target; one that the target is itself a part of goes where the source was.

        The source's own parent becomes the target's, where it has none and isn't above it.
        """
        source, target = self._source, self._target
        above = chain_above(self._session, target)
        for part in self._rows(model.Ticket, "parent_id"):
            to = source.parent_id if part.id in above else target.id
            self._put_below(part, to)
            self._moved["sub-ticket"] += 1
        if source.parent_id is None:
            return
        parent = source.parent_id
        above_target, above_parent = chain_above(self._session, target), self._chain(parent)
        if parent in above_target or target.id in above_parent:
            if parent in (target.id, target.parent_id):
                self._put_below(source, None)
        elif target.parent_id is None:
            self._put_below(source, None)
            self._put_below(target, parent)

    def _chain(self, number: int) -> list[int]:
        ticket = self._session.get(model.Ticket, number)
        return chain_above(self._session, ticket) if ticket is not None else []

    def _put_below(self, ticket: model.Ticket, parent: int | None) -> None:
        before = self._session.get(model.Ticket, ticket.parent_id) if ticket.parent_id is not None else None
        to = self._session.get(model.Ticket, parent) if parent is not None else None
        self._recorder.set(ticket, "parent_id", parent, kind="parent", texts=(title_of(before), title_of(to)))

    def _take_plan(self) -> None:
        """A target without a plan goes on with the source's, if that is still open: its actions came along."""
        source, target = self._source, self._target
        open_plan = source.plan_id is not None and source.plan_closed_at is None
        if open_plan and target.plan_id is None and target.state != lifecycle.CLOSED:
            texts = ("", self._desk.setup.name_of("plan", source.plan_id))
            self._recorder.set(target, "plan_id", source.plan_id, kind="plan", texts=texts)

    def _close(self) -> None:
        """Close the source without a resolution: its work goes on elsewhere. One that is closed stays as it is."""
        source, setup = self._source, self._desk.setup
        if source.state == lifecycle.CLOSED:
            return
        to = setup.status_for(lifecycle.CLOSED)
        texts = (setup.status_name(source.status_id), to.name)
        self._recorder.set(source, "state", lifecycle.CLOSED)
        self._recorder.set(source, "closed_at", self._recorder.at)
        self._recorder.set(source, "closed_by_id", self._recorder.act.user_id)
        self._recorder.set(source, "wake_at", None)
        self._recorder.set(source, "status_id", to.id, kind="status", texts=texts, cause="merged")


def counted(moves: Iterable[tuple[str, int]]) -> str:
    """`2 notes, 1 action`."""
    return ", ".join(f"{count:,} {what}{'s' if count != 1 else ''}" for what, count in moves if count)
