"""The journal of acts: what everybody did last, and taking back one of them (X3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import ACTS_UNDO_OTHERS
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.drawing import instant
from casedesk.tui.forms import Choice, ChoiceField, Form

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ActLine, Outcome, User

LISTED = 100

_LASTING = frozenset({"import", "desk made", "wake up"})
"""Acts that nobody can take back."""


def read(desk: Desk, _numbers: Sequence[int]) -> tuple[list[ActLine], ZoneInfo, datetime]:
    """The last acts, with the zone and the instant to show them in."""
    return desk.acts.journal(LISTED), desk.zone, desk.now()


def form(target: Target) -> Form[int]:
    """Lists the acts; the chosen one is taken back."""
    acts, zone, now = target.more
    if not acts:
        raise InvalidInput("Nothing has been done on this desk yet.")
    times = [instant(act.at, zone, now) for act in acts]
    width = max(map(len, times))
    choices = tuple(_choice(act, target.user, f"{at:>{width}}") for act, at in zip(acts, times, strict=True))
    return Form(
        title="Journal of acts",
        fields=[ChoiceField(name="act", label="Take back", choices=choices, at_once=False)],
        submit="Take it back",
        build=lambda values: int(values["act"]),
    )


def _choice(act: ActLine, user: User, at: str) -> Choice:
    return Choice(act.id, f"{at} {act.actor} · {act.summary}", refusal=_refusal(act, user))


def _refusal(act: ActLine, user: User) -> str | None:
    """Why the user can't take the act back, or None."""
    if act.undone:
        return "taken back"
    if act.name in _LASTING:
        return "stays"
    if act.actor != user.login and ACTS_UNDO_OTHERS not in user.rights:
        return "somebody else's"
    return None


def perform(desk: Desk, target: Target, act_id: int, guards: Guards) -> Outcome:
    """Take the act back."""
    return desk.acts.undo(act_id, progress=guards["progress"])


ACT: Act[int] = Act("acts.journal", perform, form, read=read, needs_ticket=False, guarded=False, repeatable=False)
