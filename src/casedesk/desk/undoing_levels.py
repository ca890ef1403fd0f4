"""What taking back a change of policies or calendars needs besides: the rules of the set-up hold for it, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.domain.errors import Conflict

if TYPE_CHECKING:
    from sqlmodel import Session

_SETUP = frozenset({"calendar", "policy"})


def forget_running(session: Session, policy: model.Policy) -> None:
    """Drop the running timers of a policy that is to go: they are worked out anew by the policies that stay.

    What has ended was judged by it, and keeps it from going.
    """
    from sqlmodel import col, delete

    running = delete(model.TicketTimer).where(
        col(model.TicketTimer.policy_id) == policy.id,
        col(model.TicketTimer.met_at).is_(None),
        col(model.TicketTimer.stopped_at).is_(None),
        col(model.TicketTimer.breached_at).is_(None),
    )
    session.exec(running)


def refuse_retired_calendar(session: Session, lines: Sequence[model.Activity], act: model.Act) -> None:
    """Raise Conflict when these lines of the act, just taken back, leave a policy that counts by a retired calendar."""
    from sqlmodel import col, select

    if not any(line.record in _SETUP for line in lines):
        return
    session.flush()
    found = session.exec(
        select(model.Policy.name, model.Calendar.name)
        .join(model.Calendar, col(model.Calendar.id) == col(model.Policy.calendar_id))
        .where(col(model.Policy.retired).is_(False), col(model.Calendar.retired).is_(True))
    ).first()
    if found is not None:
        raise Conflict(
            f"The policy “{found[0]}” would count by the retired calendar “{found[1]}”. "
            f"Act {act.id} ({act.summary}) stays."
        )
