"""Being away: somebody else gets the open tickets, or the queue does (behaviour 1.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.noting import add_note, checked_note
from casedesk.domain.errors import InvalidInput, Unchanged
from casedesk.domain.rights import TICKETS_ASSIGN, TICKETS_NOTE, TICKETS_VIEW, USERS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder
    from casedesk.desk.values import Outcome, User

NOBODY = "nobody"
TEAM = "team:"


@dataclass(frozen=True, slots=True)
class _Receiver:
    """Who gets the tickets: a user, a team's queue (a user of None), or nobody (both None)."""

    said: str
    user_id: int | None = None
    login: str = ""
    team_id: int | None = None
    team: str = ""


def open_tickets_of(desk: Desk, login: str) -> int:
    """How many tickets that aren't closed the user owns."""
    return int(
        desk.store.reader().value(
            "SELECT count(*) FROM ticket WHERE owner_id = ? AND state IN ('new', 'open', 'pending')",
            (desk.team.user(login).id,),
        )
    )


def go_away(desk: Desk, login: str, *, hand_over_to: str | None = None, note: str = "") -> Outcome:
    """Mark the user as away and hand over their open tickets, as one act.

    `hand_over_to` is a login, `team:NAME` for a team's queue, or `nobody`, which keeps the team; None leaves the
    tickets where they are. `note` is added to each ticket that is handed over. Others than oneself need the right to
    change users. Raises InvalidInput for a receiver who can't be, and Unchanged when the user is away already.
    """
    user = _checked_user(desk, login)
    receiver = _receiver(desk, user, hand_over_to) if hand_over_to else None
    if receiver:
        desk.require(TICKETS_ASSIGN)
    if note.strip():
        if receiver is None:
            raise InvalidInput("A note goes with tickets that are handed over; say to whom.")
        desk.require(TICKETS_NOTE)
        note = checked_note(note)

    def change(recorder: Recorder) -> str:
        row = recorder.session.get(model.User, user.id)
        assert row is not None
        if not recorder.set(row, "away", True, kind="user", texts=("", f"{user.login} away")):
            raise Unchanged(f"{user.login} is away already.")
        if receiver is None:
            return f"{user.login} is away"
        handed = _hand_over(recorder, user, receiver, note.strip())
        count = "1 ticket" if handed == 1 else f"{handed:,} tickets"
        return f"{user.login} is away, {count} to {receiver.said}"

    return desk.acts.once("away", change, right=TICKETS_VIEW)


def come_back(desk: Desk, login: str) -> Outcome:
    """Mark the user as there again. What was handed over stays where it is. Raises Unchanged when they aren't away."""
    user = _checked_user(desk, login)

    def change(recorder: Recorder) -> str:
        row = recorder.session.get(model.User, user.id)
        assert row is not None
        if not recorder.set(row, "away", False, kind="user", texts=("", f"{user.login} back")):
            raise Unchanged(f"{user.login} isn't away.")
        return f"{user.login} is back"

    return desk.acts.once("back", change, right=TICKETS_VIEW)


def _checked_user(desk: Desk, login: str) -> User:
    user = desk.team.user(login)
    if user.id != desk.user.id:
        desk.require(USERS)
    return user


def _receiver(desk: Desk, user: User, name: str) -> _Receiver:
    name = name.strip()
    if name.casefold() == NOBODY:
        return _Receiver(NOBODY)
    if name.casefold().startswith(TEAM):
        team = desk.setup.entry("team", name[len(TEAM) :])
        return _Receiver(f"the team {team.name}", team_id=team.id, team=team.name)
    to = desk.team.user(name)
    if to.id == user.id:
        raise InvalidInput(f"{user.login} can't hand over to themselves.")
    if to.away:
        raise InvalidInput(f"{to.login} is away as well; choose somebody who is there.")
    return _Receiver(to.login, user_id=to.id, login=to.login)


def _hand_over(recorder: Recorder, user: User, receiver: _Receiver, note: str) -> int:
    """Give the user's open tickets to the receiver; returns how many there were."""
    from sqlmodel import col, select

    owned = select(model.Ticket).where(
        model.Ticket.owner_id == user.id, col(model.Ticket.state).in_(("new", "open", "pending"))
    )
    tickets = recorder.session.exec(owned.order_by(col(model.Ticket.id))).all()
    teams = {team.id: team.name for team in recorder.session.exec(select(model.Team)).all()}
    cause = f"{user.login} is away"
    for ticket in tickets:
        if receiver.team_id is not None:
            texts = (teams.get(ticket.team_id, ""), receiver.team)
            recorder.set(ticket, "team_id", receiver.team_id, kind="team", texts=texts, cause=cause)
        texts = (user.login, receiver.login)
        recorder.set(ticket, "owner_id", receiver.user_id, kind="owner", texts=texts, cause=cause)
        if note:
            add_note(recorder, ticket, note)
    return len(tickets)
