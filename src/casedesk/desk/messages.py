"""Messages that went past the desk, by phone or from somebody's own mail program, logged by hand (M10, N9).

What a message does to its ticket (behaviour 1.2 and 1.4) is the same however it came.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Unpack

from casedesk import model
from casedesk.desk.closing import reopen_ticket
from casedesk.desk.matching import did_you_mean
from casedesk.desk.merging import Merging
from casedesk.desk.noting import shortened
from casedesk.desk.recording import Recorder
from casedesk.desk.relating import title_of
from casedesk.desk.values import Outcome
from casedesk.domain import lifecycle, rights
from casedesk.domain.errors import InvalidInput
from casedesk.domain.messages import CHANNELS, DIRECTIONS, IN, OUT, checked_written, heading, said_channel
from casedesk.domain.text import segmented

if TYPE_CHECKING:
    from datetime import datetime

    from casedesk.desk.acts import Numbers
    from casedesk.desk.desk import Desk
    from casedesk.desk.tickets import Manner

MESSAGE_LENGTH = 100_000
_MINUTE = 60

WROTE = "the customer wrote"
"""Why a ticket opens, reopens or stops waiting by a customer's message."""

_MERGED = "SELECT id FROM ticket WHERE id IN (SELECT value FROM json_each(?)) AND merged_into_id IS NOT NULL"


class Messaging(Merging):
    """The half of `desk.tickets` that has to do with conversations."""

    def log_message(
        self,
        numbers: Numbers,
        body: str,
        *,
        direction: str,
        channel: str = "other",
        at: datetime | None = None,
        automatic: bool = False,
        **manner: Unpack[Manner],
    ) -> Outcome:
        """Record a message that the user sent to the customer (`out`), or the customer sent (`in`), past the desk.

        `at` is when it was written, an aware instant, by default now; not ahead, nor before the ticket opened. An
        `automatic` one, such as a notice of absence, moves no ticket (behaviour 1.4). Messages always get in: versions
        don't matter, and what is logged on a merged ticket goes where that went (behaviour 1.6). A customer's message
        asks for no right beyond logging it, whether it reopens the ticket or opens one: the desk does that.

        `done` has the tickets with those that were opened for a message; `notes` say which.
        """
        message = _Logged(self._desk, body, direction, channel, at, automatic)
        manner["versions"] = None
        wanted, notes = self._where_merged(numbers)
        outcome = self._desk.acts.on_tickets(
            "message",
            wanted,
            message.log,
            right=rights.TICKETS_MESSAGE,
            summary=f"message {heading(message.direction, message.channel, automatic=automatic)}",
            opens=message.answers,
            **manner,
        )
        opened = [message.opened[number] for number in outcome.done if number in message.opened]
        notes += [message.said[number] for number in outcome.done if number in message.said]
        return replace(outcome, done=(*outcome.done, *opened), notes=tuple(notes))

    def _where_merged(self, numbers: Numbers) -> tuple[Numbers, list[str]]:
        """The tickets to which messages for these go, and a sentence for each that was merged (behaviour 1.6)."""
        wanted = [numbers] if isinstance(numbers, int) else list(numbers)
        merged = self._desk.store.reader().rows(_MERGED, (json.dumps(wanted),))
        ends = {number: self.end_of_merges(number) for (number,) in merged}
        notes = [f"#{number} was merged into #{end}, so the message is there." for number, end in ends.items()]
        if isinstance(numbers, int):
            return ends.get(numbers, numbers), notes
        return [ends.get(number, number) for number in wanted], notes


class _Logged:
    """One message as it is logged on one ticket or on many. Raises InvalidInput for one that can't be."""

    def __init__(
        self, desk: Desk, body: str, direction: str, channel: str, at: datetime | None, automatic: bool
    ) -> None:
        self._desk = desk
        self._body = checked_message(body)
        self.direction = _one_of("direction", direction, DIRECTIONS)
        self.channel = _one_of("channel", channel, CHANNELS)
        self._at = None if at is None else int(checked_written(at, desk.now()).timestamp())
        self._automatic = automatic
        self.opened: dict[int, int] = {}  # the closed ticket, and the one that the message opened
        self.said: dict[int, str] = {}  # what became of a closed ticket

    @property
    def answers(self) -> bool:
        """Whether a person wrote it to the customer: that is an act on the ticket (behaviour 1.2)."""
        return self.direction == OUT and not self._automatic

    def log(self, recorder: Recorder, ticket: model.Ticket) -> None:
        """Add the message to the ticket, or to a new one where it came too late to reopen this one."""
        at = self._written(recorder, ticket)
        inquires = self.direction == IN and not self._automatic
        if inquires and ticket.state == lifecycle.PENDING and at >= _pending_since(recorder, ticket):
            self._stop_waiting(recorder, ticket)
        elif inquires and ticket.state == lifecycle.CLOSED and at >= _closed_at(ticket):
            ticket = self._reopened_or_new(recorder, ticket, at)
        self._add(recorder, ticket, at)

    def _written(self, recorder: Recorder, ticket: model.Ticket) -> int:
        at = recorder.at if self._at is None else self._at
        if at < ticket.created_at < at + _MINUTE:
            return ticket.created_at  # who writes 10:30 means any second of that minute
        if at < ticket.created_at:
            raise InvalidInput(f"#{ticket.id} was opened after that; a message can't be older than its ticket.")
        return at

    def _add(self, recorder: Recorder, ticket: model.Ticket, at: int) -> None:
        row = model.Message(
            ticket_id=ticket.id or 0,
            direction=self.direction,
            channel=self.channel,
            author_id=recorder.act.user_id if self.answers else None,
            automatic=self._automatic,
            at=at,
            recorded_at=recorder.at,
            body=self._body,
            segmented=segmented(self._body),
        )
        said = heading(self.direction, self.channel, automatic=self._automatic)
        recorder.add(row, ticket=ticket, kind="message", text=f"{said}: {shortened(self._body)}")

    def _stop_waiting(self, recorder: Recorder, ticket: model.Ticket) -> None:
        """The customer's reply is what a pending ticket waits for (behaviour 1.2)."""
        setup = self._desk.setup
        to = setup.status_for(lifecycle.OPEN)
        texts = (setup.status_name(ticket.status_id), to.name)
        recorder.set(ticket, "state", lifecycle.OPEN)
        recorder.set(ticket, "wake_at", None)
        recorder.set(ticket, "status_id", to.id, kind="status", texts=texts, cause=WROTE)

    def _reopened_or_new(self, recorder: Recorder, ticket: model.Ticket, at: int) -> model.Ticket:
        """The closed ticket, open again, within the reopen window; after it a new one (behaviour 1.4)."""
        number = ticket.id or 0
        days = int(self._desk.setup.setting("reopen_window_days"))
        if lifecycle.within_reopen_window(_closed_at(ticket), at, days):
            reopen_ticket(self._desk, recorder, ticket, cause=WROTE)
            self.said[number] = f"#{number} was closed; by the customer's message it is open again."
            return ticket
        if not self._desk.setup.setting("case_management"):
            self.said[number] = f"#{number} is closed; case management is off, so the message opened no other ticket."
            return ticket
        new = _new_ticket(self._desk, recorder, ticket)
        self.opened[number] = new.id or 0
        self.said[number] = f"#{number} is closed, so the message opened {title_of(new)}."
        return new


def _new_ticket(desk: Desk, recorder: Recorder, closed: model.Ticket) -> model.Ticket:
    """A new ticket below the closed one: of the same contact, account and campaign, with the campaign's plan (S4)."""
    title = reply_title(closed.title)
    campaign = recorder.session.get(model.Campaign, closed.campaign_id) if closed.campaign_id is not None else None
    ticket = model.Ticket(
        title=title,
        segmented=segmented(title),
        state=lifecycle.NEW,
        status_id=desk.setup.status_for(lifecycle.NEW).id,
        contact_id=closed.contact_id,
        account_id=closed.account_id,
        campaign_id=closed.campaign_id,
        plan_id=campaign.plan_id if campaign is not None else None,
        language=closed.language,
        created_at=recorder.at,
        updated_at=recorder.at,
        origin="person",
    )
    recorder.add(ticket, kind="opened", text=title, cause=f"{WROTE} on #{closed.id}, which is closed")
    recorder.set(ticket, "parent_id", closed.id, kind="parent", texts=("", title_of(closed)))
    recorder.event(closed, "sub-ticket", title_of(ticket), cause=WROTE)
    return ticket


def _closed_at(ticket: model.Ticket) -> int:
    """When it was closed; another system's ticket may not tell."""
    return ticket.created_at if ticket.closed_at is None else ticket.closed_at


def _pending_since(recorder: Recorder, ticket: model.Ticket) -> int:
    """When the ticket came to be pending. What the customer wrote before isn't what it waits for."""
    from sqlmodel import func, select

    line = model.Activity
    moved = select(func.max(line.at)).where(line.ticket_id == ticket.id, line.record == "ticket", line.field == "state")
    return recorder.session.exec(moved).one() or ticket.created_at


def reply_title(title: str) -> str:
    """The title of a ticket that goes on with another: `Re: Late delivery`, however often it went on before."""
    from casedesk.desk.tickets import TITLE_LENGTH

    said = title if title[:3].casefold() == "re:" else f"Re: {title}"
    return said if len(said) <= TITLE_LENGTH else f"{said[: TITLE_LENGTH - 1].rstrip()}…"


def checked_message(body: str) -> str:
    """The message's words without outer blanks. Raises InvalidInput for none, and for endless ones."""
    body = body.strip()
    if not body:
        raise InvalidInput("The message is empty.")
    if len(body) > MESSAGE_LENGTH:
        raise InvalidInput(f"The message has {len(body):,} characters; {MESSAGE_LENGTH:,} are allowed.")
    return body


def _one_of(what: str, name: str, known: Sequence[str]) -> str:
    """The known word that is meant, in any case; `in-person` and `e-mail` are understood."""
    by_word = {entry.replace(" ", "-"): entry for entry in known}
    by_word |= {said_channel(entry): entry for entry in known}
    wanted = "-".join(name.casefold().split())
    if wanted in by_word:
        return by_word[wanted]
    listed = did_you_mean(name, known, f"there is {', '.join(known)}.")
    raise InvalidInput(f"There is no {what} “{name}” for a message; {listed}")
