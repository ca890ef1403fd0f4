"""Teams as queues: what goes with a ticket that is put into one (N11, behaviour 1.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.recording import Recorder

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.setup import Named


def put_in_team(desk: Desk, recorder: Recorder, ticket: model.Ticket, team: Named | None, *, cause: str = "") -> None:
    """Put the ticket in a team's queue, or in none; an owner who isn't in that team is cleared."""
    texts = (desk.setup.name_of("team", ticket.team_id), team.name if team else "")
    recorder.set(ticket, "team_id", team.id if team else None, kind="team", texts=texts, cause=cause)
    if team is None or ticket.owner_id is None:
        return
    if recorder.session.get(model.TeamMember, (team.id, ticket.owner_id)) is None:
        before = desk.team.login(ticket.owner_id)
        recorder.set(ticket, "owner_id", None, kind="owner", texts=(before, ""), cause="not in the team")
