"""The acts on tickets: each public method is one permitted, recorded act that can be taken back.

Every act takes one number or several. `versions` are those that the user saw (behaviour 9.3); `progress` is told
how far an act on many is, and stops it by returning False.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from casedesk import model
from casedesk.desk.case_management import refuse_without_cases
from casedesk.desk.closing import change_status, close_ticket, reopen_ticket
from casedesk.desk.contacts import contact_to_open_for
from casedesk.desk.instants import instant_text
from casedesk.desk.messages import Messaging
from casedesk.desk.noting import add_note, checked_note, shortened
from casedesk.desk.queues import put_in_team
from casedesk.desk.recording import Recorder
from casedesk.desk.relating import Relating, put_below
from casedesk.desk.tagging import add_tag, find_tag, tag_name
from casedesk.desk.values import Outcome
from casedesk.domain import lifecycle, rights
from casedesk.domain.errors import InvalidInput, Unchanged
from casedesk.domain.text import segmented
from casedesk.domain.wake_up import checked_wake_up

if TYPE_CHECKING:
    from datetime import datetime

    from casedesk.desk.acts import Change, Numbers, Progress

TITLE_LENGTH = 300

_CLOSING = frozenset({"close", "status", "action"})
"""Acts that may close tickets, and then say which sub-tickets stay open (N5)."""


class Manner(TypedDict, total=False):
    """How an act on several tickets goes."""

    versions: Mapping[int, int] | None
    progress: Progress | None


class Tickets(Relating, Messaging):
    """`desk.tickets`: reading, and every act on tickets."""

    def new(
        self,
        title: str,
        priority: str,
        *,
        topic: str | None = None,
        description: str = "",
        note: str = "",
        contact: str | int | None = None,
        tags: Collection[str] = (),
        parent: int | None = None,
    ) -> Outcome:
        """Open a ticket by hand (Q2); its number is in `done`. A contact is named by id, e-mail, phone or name.
        With a `parent` it is a sub-ticket of that one."""
        refuse_without_cases(self._desk, "no ticket can be opened")
        if parent is not None:
            self._desk.require(rights.TICKETS_RELATE)
        if note.strip():
            self._desk.require(rights.TICKETS_NOTE)
        setup = self._desk.setup
        title = ticket_title(title)
        priority_id = setup.entry("priority", priority).id
        topic_id = setup.entry("topic", topic).id if topic else None
        opened: list[int] = []

        def change(recorder: Recorder) -> str:
            person = contact_to_open_for(recorder.session, self._desk, contact)
            ticket = model.Ticket(
                title=title,
                description=description,
                segmented=segmented(f"{title}\n{description}"),
                state=lifecycle.NEW,
                status_id=setup.status_for(lifecycle.NEW).id,
                priority_id=priority_id,
                topic_id=topic_id,
                contact_id=person.id if person else None,
                account_id=person.account_id if person else None,
                created_at=recorder.at,
                updated_at=recorder.at,
                origin="person",
            )
            recorder.add(ticket, kind="opened", text=title)
            for tag in tags:
                add_tag(recorder, ticket, tag)
            if note.strip():
                add_note(recorder, ticket, note)
            if parent is not None:
                put_below(recorder, ticket, parent)
            opened.append(ticket.id or 0)
            return f"new ticket #{ticket.id}"

        outcome = self._desk.acts.once("new ticket", change, right=rights.TICKETS_NEW)
        return Outcome(outcome.act_id, outcome.name, outcome.summary, tuple(opened))

    def set_status(
        self, numbers: Numbers, status: str, *, until: datetime | None = None, **manner: Unpack[Manner]
    ) -> Outcome:
        """Change the status (M8). Closing needs a resolution where the desk has any: use `close` (behaviour 1.1).

        A pending ticket returns to open at `until`, an aware instant that is ahead (behaviour 1.5); without one it
        waits until somebody opens it.
        """
        entry = self._desk.setup.status(status)
        if until is not None:
            if entry.state != lifecycle.PENDING:
                raise InvalidInput(f"Only a pending ticket wakes up; {entry.name} is {entry.state}.")
            until = checked_wake_up(until, self._desk.now())

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            change_status(self._desk, recorder, ticket, entry, until)

        summary = f"status → {entry.name}" + (f" until {instant_text(self._desk, until)}" if until else "")
        return self._do("status", numbers, change, rights.TICKETS_STATUS, summary, manner, opens=False)

    def add_note(self, numbers: Numbers, body: str, **manner: Unpack[Manner]) -> Outcome:
        """Add a note that the other agents see (M11). Notes always get in: versions don't matter (behaviour 9.3)."""
        body = checked_note(body)
        manner["versions"] = None
        return self._do(
            "note", numbers, lambda recorder, ticket: add_note(recorder, ticket, body), rights.TICKETS_NOTE,
            "note", manner,
        )  # fmt: skip

    def classify(
        self, numbers: Numbers, add: Collection[str] = (), remove: Collection[str] = (), **manner: Unpack[Manner]
    ) -> Outcome:
        """Add or remove classifications (M12)."""
        added = [self._desk.setup.entry("classification", name) for name in add]
        removed = [self._desk.setup.entry("classification", name) for name in remove]

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            for entry in added:
                if recorder.session.get(model.TicketClassification, (ticket.id, entry.id)) is None:
                    row = model.TicketClassification(ticket_id=ticket.id or 0, classification_id=entry.id)
                    recorder.add(row, ticket=ticket, kind="classification", text=entry.name)
            for entry in removed:
                found = recorder.session.get(model.TicketClassification, (ticket.id, entry.id))
                if found is not None:
                    recorder.remove(found, ticket=ticket, kind="classification", text=entry.name)

        summary = "classification " + _plus_minus([e.name for e in added], [e.name for e in removed])
        return self._do("classify", numbers, change, rights.TICKETS_CLASSIFY, summary, manner)

    def tag(
        self, numbers: Numbers, add: Collection[str] = (), remove: Collection[str] = (), **manner: Unpack[Manner]
    ) -> Outcome:
        """Add or remove tags; a tag that the desk doesn't have yet is made."""
        added = [tag_name(name) for name in add]
        removed = [tag_name(name) for name in remove]

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            for name in added:
                add_tag(recorder, ticket, name)
            for name in removed:
                tag = find_tag(recorder, name)
                found = tag and recorder.session.get(model.TicketTag, (ticket.id, tag.id))
                if tag and found:
                    recorder.remove(found, ticket=ticket, kind="tag", text=tag.name)

        summary = "tags " + _plus_minus(added, removed)
        return self._do("tag", numbers, change, rights.TICKETS_TAG, summary, manner)

    def set_priority(self, numbers: Numbers, priority: str | None, **manner: Unpack[Manner]) -> Outcome:
        """Change the priority; None takes it away."""
        return self._set_entry(numbers, "priority", priority, rights.TICKETS_PRIORITY, manner)

    def set_topic(self, numbers: Numbers, topic: str | None, **manner: Unpack[Manner]) -> Outcome:
        """Change the topic; None takes it away."""
        return self._set_entry(numbers, "topic", topic, rights.TICKETS_TOPIC, manner)

    def set_team(self, numbers: Numbers, team: str | None, *, note: str = "", **manner: Unpack[Manner]) -> Outcome:
        """Put the tickets in a team's queue; an owner who isn't in that team is cleared (behaviour 1.8).

        `note` tells the team what it takes over, and is part of the act.
        """
        note = self._hand_over_note(note)
        entry = self._desk.setup.entry("team", team) if team else None

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            put_in_team(self._desk, recorder, ticket, entry)
            if note and recorder.lines:
                add_note(recorder, ticket, note)

        summary = f"team → {entry.name if entry else 'none'}"
        return self._do("team", numbers, change, rights.TICKETS_ASSIGN, summary, manner)

    def assign(self, numbers: Numbers, login: str | None, *, note: str = "", **manner: Unpack[Manner]) -> Outcome:
        """Make a user the owner; None clears it. The team stays (behaviour 1.8). `me` is the present user.

        `note` tells the new owner what they take over, and is part of the act.
        """
        note = self._hand_over_note(note)
        user = self._desk.team.user(login) if login else None

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            texts = (self._desk.team.login(ticket.owner_id), user.login if user else "")
            if not recorder.set(ticket, "owner_id", user.id if user else None, kind="owner", texts=texts):
                raise Unchanged(f"#{ticket.id}: {user.login if user else 'nobody'} is the owner already.")
            if note:
                add_note(recorder, ticket, note)

        summary = f"owner → {user.login if user else 'none'}"
        return self._do("assign", numbers, change, rights.TICKETS_ASSIGN, summary, manner)

    def set_helpers(
        self, numbers: Numbers, add: Collection[str] = (), remove: Collection[str] = (), **manner: Unpack[Manner]
    ) -> Outcome:
        """Add or remove users who work on the ticket beside its owner (N1)."""
        added = [self._desk.team.user(login) for login in add]
        removed = [self._desk.team.user(login) for login in remove]

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            for user in added:
                if recorder.session.get(model.TicketHelper, (ticket.id, user.id)) is None:
                    row = model.TicketHelper(ticket_id=ticket.id or 0, user_id=user.id)
                    recorder.add(row, ticket=ticket, kind="helper", text=user.login)
            for user in removed:
                found = recorder.session.get(model.TicketHelper, (ticket.id, user.id))
                if found is not None:
                    recorder.remove(found, ticket=ticket, kind="helper", text=user.login)

        summary = "helpers " + _plus_minus([u.login for u in added], [u.login for u in removed])
        return self._do("helpers", numbers, change, rights.TICKETS_ASSIGN, summary, manner)

    def set_plan(self, numbers: Numbers, plan: str | None, **manner: Unpack[Manner]) -> Outcome:
        """Give the tickets another plan, or none. A ticket on whose plan something was done keeps it."""
        entry = self._desk.setup.entry("plan", plan) if plan else None

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            self._desk.plans.give(recorder, ticket, entry)

        return self._do(
            "plan", numbers, change, rights.TICKETS_PLAN, f"plan → {entry.name if entry else 'none'}", manner
        )

    def add_action(
        self,
        numbers: Numbers,
        action: str,
        *,
        status: str | None = None,
        comment: str = "",
        close_plan: bool | None = None,
        exit_state: str | None = None,
        resolution: str | None = None,
        **manner: Unpack[Manner],
    ) -> Outcome:
        """Record an action of the ticket's plan (S10, behaviour 2.1 to 2.3).

        Where it closes the plan, and the plan says so, it closes the ticket as well (behaviour 1.3): that is a right
        of its own and needs a `resolution` where the desk has close options. Of several tickets, those that it
        doesn't close take none.
        """
        several = not isinstance(numbers, int)

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            ends = self._desk.plans.act(
                recorder, ticket, action, status=status, comment=comment, close_plan=close_plan,
                exit_state=exit_state, resolution=resolution,
            )  # fmt: skip
            if resolution and not ends and not several:
                raise InvalidInput(f"“{action}” doesn't close #{ticket.id}, so there is no resolution to choose.")

        summary = f"action: {action}" + (f" – {status}" if status else "")
        return self._do("action", numbers, change, rights.TICKETS_ACTION, summary, manner)

    def edit_title(self, number: int, text: str, **manner: Unpack[Manner]) -> Outcome:
        """Change the title."""
        return self._edit(number, "title", ticket_title(text), manner)

    def edit_description(self, number: int, text: str, **manner: Unpack[Manner]) -> Outcome:
        """Change the description (N4)."""
        return self._edit(number, "description", text, manner)

    def close(
        self,
        numbers: Numbers,
        resolution: str | None = None,
        exit_state: str | None = None,
        *,
        status: str | None = None,
        **manner: Unpack[Manner],
    ) -> Outcome:
        """Close (A2, behaviour 1.3): with a resolution where the desk has close options, and with an exit state while
        a plan is open; of several tickets, those without a plan take none. `status` is one of the desk's own that
        stand for closed, by default the first; a ticket that is closed gets only that."""
        entry = self._desk.setup.status(status) if status else None
        if entry is not None and entry.state != lifecycle.CLOSED:
            raise InvalidInput(f"The status {entry.name} doesn't close a ticket.")
        several = not isinstance(numbers, int)

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            if entry is not None and ticket.state == lifecycle.CLOSED:
                change_status(self._desk, recorder, ticket, entry)
            else:
                taken = None if several and ticket.plan_id is None else exit_state
                close_ticket(self._desk, recorder, ticket, resolution=resolution, exit_state=taken, status=entry)

        summary = f"closed{': ' + resolution if resolution else ''}"
        return self._do("close", numbers, change, rights.TICKETS_CLOSE, summary, manner, opens=False)

    def reopen(self, numbers: Numbers, **manner: Unpack[Manner]) -> Outcome:
        """Open a closed ticket again; what it was closed with stays in the feed."""

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            reopen_ticket(self._desk, recorder, ticket)

        return self._do("reopen", numbers, change, rights.TICKETS_REOPEN, "reopened", manner, opens=False)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _hand_over_note(self, note: str) -> str:
        if not note.strip():
            return ""
        self._desk.require(rights.TICKETS_NOTE)
        return checked_note(note)

    def _do(
        self,
        name: str,
        numbers: Numbers,
        change: Change,
        right: str,
        summary: str,
        manner: Manner,
        *,
        opens: bool = True,
    ) -> Outcome:
        outcome = self._desk.acts.on_tickets(name, numbers, change, right=right, summary=summary, opens=opens, **manner)
        return replace(outcome, notes=self.open_below(outcome.done)) if name in _CLOSING else outcome

    def _set_entry(self, numbers: Numbers, what: str, name: str | None, right: str, manner: Manner) -> Outcome:
        entry = self._desk.setup.entry(what, name) if name else None
        setup = self._desk.setup
        field = f"{what}_id"

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            texts = (setup.name_of(what, getattr(ticket, field)), entry.name if entry else "")
            recorder.set(ticket, field, entry.id if entry else None, kind=what, texts=texts)

        return self._do(what, numbers, change, right, f"{what} → {entry.name if entry else 'none'}", manner)

    def _edit(self, number: int, field: str, text: str, manner: Manner) -> Outcome:
        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            before = getattr(ticket, field)
            if recorder.set(ticket, field, text, kind=field, texts=(shortened(before), shortened(text))):
                recorder.set(ticket, "segmented", segmented(f"{ticket.title}\n{ticket.description}"))

        return self._do(f"edit {field}", number, change, rights.TICKETS_EDIT, f"{field} edited", manner)


def ticket_title(title: str) -> str:
    """The text as a title can have it, with single spaces. Raises InvalidInput."""
    title = " ".join(title.split())
    if not title:
        raise InvalidInput("The title is empty.")
    if len(title) > TITLE_LENGTH:
        raise InvalidInput(f"The title has {len(title)} characters; {TITLE_LENGTH} are allowed.")
    return title


def _plus_minus(add: Collection[str], remove: Collection[str]) -> str:
    return " ".join([*(f"+{name}" for name in add), *(f"-{name}" for name in remove)])
