"""Doing and taking back: one recorded transaction an act, on one ticket or on many (X3, behaviour 9.2 and 9.3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from casedesk import model
from casedesk.desk import journal
from casedesk.desk.dashboard_records import check_dashboards
from casedesk.desk.feed import lines_since, undone_acts
from casedesk.desk.last_doors import holders, keep_last_doors
from casedesk.desk.list_entries import check_lists
from casedesk.desk.list_references import check_rules
from casedesk.desk.merged import refuse_if_merged
from casedesk.desk.recording import EVENTS, FIRST_ACT, Recorder
from casedesk.desk.rule_running import run_pending
from casedesk.desk.team_records import check_teams
from casedesk.desk.undo_rights import rights_to_undo
from casedesk.desk.undoing import Undoing
from casedesk.desk.values import ActLine, Outcome, Refusal
from casedesk.desk.view_records import check_views
from casedesk.domain import lifecycle, rights
from casedesk.domain.errors import CasedeskError, Conflict, InvalidInput, NotFound, NotPermitted, Unchanged

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.desk import Desk
    from casedesk.desk.together import Together

Numbers = int | Iterable[int]
Change = Callable[[Recorder, "model.Ticket"], None]
Progress = Callable[[int, int], bool]
"""Told how many of how many are done; False stops after the tickets done so far."""

_CHUNK = 200
"""Tickets a transaction, when an act is for many: a stop or a crash leaves whole tickets, and others get their turn."""

Item = TypeVar("Item")


class _NothingDoneError(Exception):
    """Rolls back a transaction in which every ticket was refused, or which was only a rehearsal."""


class Acts:
    """The desk's acts: running, undoing, redoing, and the journal."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

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
        """Make `change` on each ticket as one act.

        One number: whatever refuses it is raised. Several: refusals are listed and the rest is done. `versions` are
        those that the user saw; a ticket that has moved on since is a Conflict that tells what changed. `opens`:
        the act counts as work, so a new ticket becomes open (behaviour 1.2).
        """
        self._desk.require(rights.TICKETS_VIEW)
        self._desk.require(right)
        return self._each(name, numbers, self._on_one(change, versions, opens), summary, progress)

    def rehearse(
        self, name: str, numbers: Iterable[int], change: Change, *, right: str, opens: bool = True
    ) -> tuple[dict[int, list[model.Activity]], list[Refusal]]:
        """Do the same as `on_tickets` and roll it back: each ticket's lines as they would be, and the refusals."""
        self._desk.require(rights.TICKETS_VIEW)
        self._desk.require(right)
        lines: dict[int, list[model.Activity]] = {}
        refused: list[Refusal] = []
        one = self._on_one(change, None, opens)
        for chunk in _chunks(list(dict.fromkeys(numbers)), _CHUNK):
            with suppress(_NothingDoneError), self.transaction() as session:
                act = self._begin(session, name)
                done = self._do_chunk(session, act, chunk, one, refused, single=False)
                run_pending(self._desk, session)
                lines |= {number: [] for number in done}
                for line in _lines_of(session, act):
                    session.expunge(line)  # it is read after the rollback
                    lines.setdefault(line.ticket_id or 0, []).append(line)
                raise _NothingDoneError
        return lines, refused

    def once(self, name: str, change: Callable[[Recorder], str], *, right: str) -> Outcome:
        """Make a change that belongs to no one ticket, as one act; `change` returns the summary."""
        self._desk.require(right)
        with self.transaction() as session:
            act = self._begin(session, name)
            act.summary = change(Recorder(session, act))
            session.add(act)
        return Outcome(act.id, name, act.summary, ())

    @contextmanager
    def together(self, name: str, *, right: str, keep: bool = True) -> Iterator[Together]:
        """Make several changes as one act in one transaction, by the desk that is handed out (X14).

        An error takes all of them back; so does the end, unless they are to be kept and something was changed.
        """
        from casedesk.desk.together import JoinedDesk, Together

        self._desk.require(right)
        with suppress(_NothingDoneError), self.transaction() as session:
            act = self._begin(session, name)
            whole = Together(JoinedDesk(self._desk, session, act), name, keep, Outcome(None, name, name, ()))
            yield whole
            session.flush()
            if not (whole.keep and _lines_of(session, act)):
                raise _NothingDoneError
            act.summary = whole.summary
            session.add(act)
            whole.outcome = Outcome(act.id, name, act.summary, ())
        self._desk.forget_settings()

    def once_and_on_tickets(
        self,
        name: str,
        first: Callable[[Recorder], None],
        numbers: Iterable[int],
        change: Change,
        *,
        right: str,
        summary: str,
        progress: Progress | None = None,
    ) -> Outcome:
        """Make the change `first`, which belongs to no one ticket, and then `change` on each ticket, as one act.

        What refuses the first is raised, and nothing is done. The tickets may be merged ones; it counts as no work on
        them. `progress` counts the tickets.
        """
        self._desk.require(right)

        def one(session: Session, act: model.Act, number: int) -> None:
            if not number:
                first(Recorder(session, act))
                return
            ticket = session.get(model.Ticket, number)
            if ticket is None:
                raise NotFound(f"There is no ticket #{number}.")
            change(Recorder(session, act, part=number), ticket)

        def tell(done: int, total: int) -> bool:
            return progress is None or progress(done - 1, total - 1)

        return self._each(name, [0, *numbers], one, summary, tell)

    def undo(self, act_id: int | None = None, *, progress: Progress | None = None) -> Outcome:
        """Take back an act: the user's last one, or the one named.

        Another user's act needs a right of its own. Raises Conflict when it would overwrite a later change, or was
        taken back already, and NotFound when there is nothing to take back.
        """
        self._desk.require(rights.ACTS_UNDO)
        reader = self._desk.store.reader()
        target = journal.last_to_undo(reader, self._desk.user.id) if act_id is None else journal.act(reader, act_id)
        return self._take_back(target, "undo", progress)

    def redo(self, *, progress: Progress | None = None) -> Outcome:
        """Do again what the user took back last, unless they have done something else since."""
        self._desk.require(rights.ACTS_UNDO)
        target = journal.last_to_redo(self._desk.store.reader(), self._desk.user.id)
        return self._take_back(target, "redo", progress)

    def journal(self, limit: int = 50, *, before: int | None = None) -> list[ActLine]:
        """The latest acts of everybody, newest first; those before the act with the id `before`, where one is named."""
        self._desk.require(rights.ACTS_JOURNAL)
        return journal.latest(self._desk.store.reader(), limit, before)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _on_one(
        self, change: Change, versions: Mapping[int, int] | None, opens: bool
    ) -> Callable[[Session, model.Act, int], None]:
        def one(session: Session, act: model.Act, number: int) -> None:
            ticket = session.get(model.Ticket, number)
            if ticket is None:
                raise NotFound(f"There is no ticket #{number}.")
            refuse_if_merged(ticket)
            self.check_version(ticket, versions)
            recorder = Recorder(session, act, part=number)
            change(recorder, ticket)
            if not recorder.lines:
                raise Unchanged(f"#{number}: nothing to change.")
            if opens and ticket.state == lifecycle.NEW:
                self.open_by_first_act(recorder, ticket)

        return one

    def _each(
        self,
        name: str,
        numbers: Numbers,
        one: Callable[[Session, model.Act, int], None],
        summary: str,
        progress: Progress | None,
        undoes_id: int | None = None,
    ) -> Outcome:
        single = isinstance(numbers, int)
        wanted = [numbers] if isinstance(numbers, int) else list(dict.fromkeys(numbers))
        done: list[int] = []
        refused: list[Refusal] = []
        act_id: int | None = None
        stopped = False
        for chunk in _chunks(wanted, _CHUNK):
            try:
                with self.transaction() as session:
                    act = session.get(model.Act, act_id) if act_id else self._begin(session, name, undoes_id)
                    assert act is not None
                    fresh = self._do_chunk(session, act, chunk, one, refused, single)
                    if not fresh and act_id is None:
                        raise _NothingDoneError
                    done += fresh
                    act.summary = _summary(summary, done)
                    session.add(act)
                act_id = act.id
            except _NothingDoneError:
                pass
            if progress is not None and not progress(len(done) + len(refused), len(wanted)):
                stopped = len(done) + len(refused) < len(wanted)
                break
        return Outcome(act_id, name, _summary(summary, done), tuple(filter(None, done)), tuple(refused), stopped)

    def _do_chunk(
        self,
        session: Session,
        act: model.Act,
        numbers: Sequence[int],
        one: Callable[[Session, model.Act, int], None],
        refused: list[Refusal],
        single: bool,
    ) -> list[int]:
        from sqlalchemy.exc import IntegrityError

        done = []
        for number in numbers:
            so_far = len(session.info.get(EVENTS, ()))
            try:
                with session.begin_nested():
                    one(session, act, number)
                done.append(number)
            except IntegrityError as error:
                refusal = _clash(act, number, str(error.orig))
                if refusal is None:
                    raise
                if single:
                    raise refusal from error
                refused.append(Refusal(number, refusal.code, refusal.sentence))
                del session.info.get(EVENTS, [])[so_far:]
            except CasedeskError as error:
                if single or not (number or act.undoes_id):  # what all the rest of the act builds on
                    raise
                refused.append(Refusal(number, error.code, error.sentence))
                del session.info.get(EVENTS, [])[so_far:]
        return done

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A transaction at whose end rules run that it has set off, and the timers follow what was done in it."""
        with self._desk.store.write() as session:
            yield session
            run_pending(self._desk, session)
            self._desk.service_levels.follow(session)

    def _begin(self, session: Session, name: str, undoes_id: int | None = None) -> model.Act:
        behind = self._desk.behind
        act = model.Act(
            at=self._desk.seconds(),
            name=name,
            actor_kind="user",
            user_id=self._desk.user.id,
            behind_id=behind.id if behind else None,
            undoes_id=undoes_id,
        )
        session.add(act)
        session.flush()
        return act

    def check_version(self, ticket: model.Ticket, versions: Mapping[int, int] | None) -> None:
        """Raise Conflict, saying what changed, when the ticket isn't at the version that the user saw."""
        seen = None if versions is None else versions.get(ticket.id or 0)
        if seen is None or seen == ticket.version:
            return
        changes = "; ".join(lines_since(self._desk.store.reader(), ticket.id or 0, seen)) or "it was changed"
        raise Conflict(f"#{ticket.id} has changed since you saw it: {changes}.")

    def open_by_first_act(self, recorder: Recorder, ticket: model.Ticket) -> None:
        """Let a new ticket become open, as the first act of an agent on it does (behaviour 1.2)."""
        status = self._desk.setup.status_for(lifecycle.OPEN)
        recorder.set(ticket, "state", lifecycle.OPEN)
        recorder.set(
            ticket,
            "status_id",
            status.id,
            kind="status",
            texts=(self._desk.setup.status_name(ticket.status_id), status.name),
            cause=FIRST_ACT,
        )

    # -- undo ---------------------------------------------------------------------------------------------------

    def _take_back(self, act: model.Act, name: str, progress: Progress | None) -> Outcome:
        if act.user_id != self._desk.user.id and not self._desk.can(rights.ACTS_UNDO_OTHERS):
            raise NotPermitted(f"{self._desk.user.login} may take back only their own acts.")
        if act.id in undone_acts(self._desk.store.reader(), [act.id or 0]):
            raise Conflict(f"Act {act.id} ({act.summary}) was taken back already.")
        if act.actor_kind == "import":
            raise InvalidInput(journal.IMPORT_STAYS)
        if act.actor_kind == "system":
            raise InvalidInput(f"Act {act.id} ({act.summary}) can't be taken back; set the status again instead.")
        for right in sorted(rights_to_undo(self._desk.store.reader(), act)):
            self._desk.require(right)
        kept = holders(self._desk.store.reader())
        undoing = Undoing(self._desk.store.reader(), act)
        numbers = undoing.parts()
        if not numbers:
            raise InvalidInput(f"Act {act.id} ({act.name}) changed nothing that can be taken back.")

        def one(session: Session, new: model.Act, number: int) -> None:
            undoing.take_back(Recorder(session, new, part=number or None), number)
            if not number:
                keep_last_doors(session, kept, Conflict)
                check_lists(session)
                check_rules(session)
                check_teams(session)
                check_views(session)
                check_dashboards(session)

        outcome = self._each(
            name,
            numbers[0] if len(numbers) == 1 else numbers,
            one,
            f"{name}: {_what(act.summary)}",
            progress,
            undoes_id=act.id,
        )
        self._desk.forget_settings()
        return outcome


def _lines_of(session: Session, act: model.Act) -> Sequence[model.Activity]:
    from sqlmodel import col, select

    return session.exec(
        select(model.Activity).where(model.Activity.act_id == act.id).order_by(col(model.Activity.id))
    ).all()


def _chunks(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


def _clash(act: model.Act, number: int, said: str) -> Conflict | None:
    """What the database refused, for people; None for what nobody foresaw."""
    place = f"#{number}: " if number else ""
    if "response_id" in said:
        return Conflict(f"{place}its response has another open ticket already.")
    if act.undoes_id is not None and "FOREIGN KEY" in said:
        return Conflict(f"{place}what act {act.undoes_id} made is used by now, so it can't be taken away.")
    if act.undoes_id is not None and "UNIQUE" in said:
        return Conflict(f"{place}what act {act.undoes_id} changed would clash with what was made since.")
    return None


def _what(summary: str) -> str:
    """What an act did, without the count of its tickets and without the words of an undo before it."""
    return re.sub(r"^(?:(?:undo|redo): )*(.*?)(?: · (?:#\d+|[\d,]+ tickets))?$", r"\1", summary)


def _summary(summary: str, done: Sequence[int]) -> str:
    tickets = [number for number in done if number]
    if len(tickets) == 1:
        return f"{summary} · #{tickets[0]}" if "#" not in summary else summary
    return f"{summary} · {len(tickets):,} tickets" if tickets else summary
