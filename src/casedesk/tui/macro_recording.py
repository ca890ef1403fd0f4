"""Acts that are done in the interface, taken down as the steps of a macro (X4). Knows nothing of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from casedesk.desk.values import Macro
    from casedesk.tui.acts import Request
    from casedesk.tui.forms import Ticks
    from casedesk.tui.modals.add_action import ActionTaken
    from casedesk.tui.modals.choosing import HandOver
    from casedesk.tui.modals.close import Closing

    Make = Callable[[Request, datetime], list["Step"]]

Step = dict[str, Any]

NONE = "none"


class Recording:
    """What was done since the recording began; an act that was taken back meanwhile isn't part of it."""

    def __init__(self) -> None:
        self.running = False
        self.anew: Macro | None = None  # the macro that is to get the steps in place of its own
        self._acts: list[list[Step]] = []
        self._undone: list[list[Step]] = []

    @property
    def steps(self) -> list[Step]:
        """The steps so far."""
        return [step for act in self._acts for step in act]

    def start(self, anew: Macro | None = None) -> None:
        """Begin with nothing; for a new macro, or to record the steps of one `anew`."""
        self.stop()
        self.running = True
        self.anew = anew

    def stop(self) -> None:
        """Forget what was taken down."""
        self.running = False
        self.anew = None
        self._acts, self._undone = [], []

    def take(self, steps: list[Step]) -> None:
        """An act was done; without steps, when it can't be part of a macro."""
        self._acts.append(steps)
        self._undone = []

    def undo(self) -> None:
        """The last act was taken back."""
        if self._acts:
            self._undone.append(self._acts.pop())

    def redo(self) -> None:
        """What was taken back last was done again."""
        if self._undone:
            self._acts.append(self._undone.pop())


def steps_of(request: Request, now: datetime) -> list[Step] | None:
    """What was done at `now`, as steps; None for an act that can't be part of a macro."""
    make = _STEPS.get(request.act.action_id)
    return None if make is None else make(request, now)


def _status(request: Request, now: datetime) -> list[Step]:
    from casedesk.tui.modals.change_status import Change

    change = request.result
    if not isinstance(change, Change):
        return _close(request, now)
    if change.until is None:
        return [{"status": change.status}]
    return [{"status": {"name": change.status, "until": _from_now(change.until - now)}}]


def _from_now(span: timedelta) -> str:
    """How long a ticket sleeps, as it will whenever the macro runs: in days, or hours where it is less than two."""
    hours = max(1, round(span / timedelta(hours=1)))
    return f"{round(hours / 24)}d" if hours >= 48 else f"{hours}h"


def _close(request: Request, _now: datetime) -> list[Step]:
    closing: Closing = request.result
    answers = {"resolution": closing.resolution, "exit_state": closing.exit_state, "status": closing.status}
    return [{"close": _given(answers)}]


def _action(request: Request, _now: datetime) -> list[Step]:
    taken: ActionTaken = request.result
    answers = {
        "name": taken.action,
        "status": taken.status,
        "comment": taken.comment or None,
        "close_plan": taken.close_plan,
        "exit_state": taken.exit_state,
        "resolution": taken.resolution,
    }
    return [{"action": _given(answers)}]


def _owner(request: Request, _now: datetime) -> list[Step]:
    """Oneself is `me`: whoever runs the macro becomes the owner."""
    to: HandOver = request.result
    mine = request.target is not None and to.name == request.target.user.login
    return [{"owner": "me" if mine else to.name or NONE}, *_note(to.note)]


def _team(request: Request, _now: datetime) -> list[Step]:
    to: HandOver = request.result
    return [{"team": to.name or NONE}, *_note(to.note)]


def _helpers(request: Request, _now: datetime) -> list[Step]:
    """Oneself is `me`, as for the owner."""
    ticks: Ticks = request.result
    me = request.target.user.login if request.target else ""
    names = [f"{sign}{'me' if login == me else login}" for sign, login in _signed(ticks)]
    return [{"helpers": names}] if names else []


def _macro(request: Request, _now: datetime) -> list[Step]:
    """A macro that is run while another one is recorded: what it did."""
    macro: Macro = request.result
    return [dict(step) for step in macro.steps]


def _note(body: str) -> list[Step]:
    return [{"note": body}] if body.strip() else []


def _one(what: str) -> Make:
    return lambda request, _now: [{what: request.result.name or NONE}]


def _ticked(what: str) -> Make:
    def steps(request: Request, _now: datetime) -> list[Step]:
        ticks: Ticks = request.result
        names = [f"{sign}{name}" for sign, name in _signed(ticks)]
        return [{what: names}] if names else []

    return steps


def _signed(ticks: Ticks) -> list[tuple[str, str]]:
    return [*(("+", name) for name in ticks.added), *(("-", name) for name in ticks.removed)]


def _given(answers: Mapping[str, Any]) -> Step:
    return {name: value for name, value in answers.items() if value is not None}


_STEPS: Final[Mapping[str, Make]] = {
    "ticket.note": lambda request, _now: _note(request.result),
    "ticket.status": _status,
    "ticket.close": _close,
    "ticket.action": _action,
    "ticket.owner": _owner,
    "ticket.priority": _one("priority"),
    "ticket.topic": _one("topic"),
    "ticket.team": _team,
    "ticket.tag": _ticked("tags"),
    "ticket.classify": _ticked("classifications"),
    "ticket.helpers": _helpers,
    "ticket.plan": _one("plan"),
    "ticket.title": lambda request, _now: [{"title": request.result}],
    "ticket.description": lambda request, _now: [{"description": request.result}],
    "ticket.reopen": lambda _request, _now: [{"reopen": True}],
    "macros.open": _macro,
}
"""What makes the steps of each act that can be part of a macro."""
