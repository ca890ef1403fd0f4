"""Go away: the open tickets are offered to somebody else (behaviour 1.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import TICKETS_ASSIGN, TICKETS_NOTE
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import Choice, ChoiceField, Form, TextBlockField, Values, tickets_said

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome


@dataclass(frozen=True, slots=True)
class Leaving:
    """How somebody goes away; `to` is as the desk takes it, or None when the tickets stay."""

    to: str | None
    note: str = ""


def read(desk: Desk, _numbers: Sequence[int]) -> int:
    """How many open tickets the user has."""
    return desk.team.open_tickets_of("me")


def form(target: Target) -> Form[Leaving]:
    """Asks who gets the open tickets."""
    if target.user.login in target.choices.away:
        raise InvalidInput("You are away already.")
    count: int = target.more
    fields = [
        ChoiceField(name="to", label="Open tickets" if count else "Away", choices=_receivers(target, count)),
        TextBlockField(
            name="note",
            label="Note",
            required=False,
            when=lambda values: TICKETS_NOTE in target.user.rights and values.get("to") not in (None, _KEEP),
        ),
    ]
    return Form(
        title="I am away",
        fields=fields,
        submit="Go away",
        build=_leaving,
        intro=f"You have {count:,} open {'ticket' if count == 1 else 'tickets'}." if count else "",
    )


_KEEP = Leaving(None)


def _receivers(target: Target, count: int) -> tuple[Choice, ...]:
    if not count:
        return (Choice(_KEEP, "I am away"),)
    keep = Choice(_KEEP, f"keep the {tickets_said(count)}")
    if TICKETS_ASSIGN not in target.user.rights:
        return (keep,)
    me, away = target.user.login, target.choices.away
    users = [
        Choice(Leaving(login), login, refusal="away" if login in away else None)
        for login in target.choices.users
        if login != me
    ]
    teams = [Choice(Leaving(f"team:{team}"), f"team {team}") for team in target.choices.teams]
    return (keep, *users, *teams, Choice(Leaving("nobody"), "nobody"))


def _leaving(values: Values) -> Leaving:
    chosen: Leaving = values["to"]
    return Leaving(chosen.to, values.get("note") or "")


def perform(desk: Desk, target: Target, leaving: Leaving, guards: Guards) -> Outcome:
    """Go away."""
    return desk.team.go_away("me", hand_over_to=leaving.to, note=leaving.note)


ACT: Act[Leaving] = Act(
    "user.away", perform, form, read=read, many=False, needs_ticket=False, guarded=False, repeatable=False
)
