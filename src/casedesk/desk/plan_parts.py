"""What changing plans and changing actions have in common: their names, and their parts in order.

A part that is dropped is retired and never deleted, and one that is renamed makes room for another: tickets that were
worked with it keep it as it was (behaviour 2.4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.matching import did_you_mean
from casedesk.desk.naming import a_name
from casedesk.desk.recording import Recorder
from casedesk.domain.errors import InvalidInput, NotThere

if TYPE_CHECKING:
    from sqlmodel import Session

LONGEST_DESCRIPTION = 2000

Part = model.PlanExitState | model.ActionStatus


def names_once(what: str, values: Iterable[str]) -> list[str]:
    """The names in order. Raises InvalidInput for an empty one, and for one that is there twice in any case."""
    names: list[str] = []
    for value in values:
        name = a_name(what, value)
        if is_among(name, names):
            raise InvalidInput(f"“{name}” is named twice.")
        names.append(name)
    return names


def a_description(value: str) -> str:
    """The description. Raises InvalidInput when it is too long."""
    text = value.strip()
    if len(text) > LONGEST_DESCRIPTION:
        raise InvalidInput(f"A description has at most {LONGEST_DESCRIPTION:,} characters; this has {len(text):,}.")
    return text


def is_among(name: str, names: Iterable[str]) -> bool:
    """Whether one of the names is this one, in any case."""
    return name.casefold() in {known.casefold() for known in names}


def arrange(
    recorder: Recorder,
    rows: Sequence[Part],
    wanted: Sequence[Part],
    what: str,
    users_of: Callable[[Part], int],
) -> Iterator[str]:
    """Make `wanted` the parts in use, in their order, and tell of each change in a few words.

    `rows` are the parts there are, retired ones included; one of exactly the wanted name is used again. Those that
    are not wanted are retired; `users_of` counts the tickets that keep one.
    """
    rows = sorted(rows, key=lambda row: (row.position, row.id))
    known = {row.name: row for row in rows}
    shown = [row.name for row in rows if not row.retired]
    names = [row.name for row in wanted]
    for place, new in enumerate(wanted):
        new.position = place
        row = known.get(new.name)
        if row is None:
            recorder.add(new, kind=what, text=new.name)
        else:
            recorder.set(row, "retired", False, kind=what, texts=("retired", new.name))
            recorder.set(row, "position", place, kind=what)
            yield from _closing_changed(recorder, row, new)
        if new.name not in shown:
            yield f"{what} “{new.name}” added"
    for row in rows:
        if row.name not in names and recorder.set(row, "retired", True, kind=what, texts=(row.name, "retired")):
            yield f"{what} “{row.name}” retired{_kept_by(users_of(row))}"
    if [name for name in shown if name in names] != [name for name in names if name in shown]:
        yield f"{what} order: {', '.join(names)}"


def _closing_changed(recorder: Recorder, row: Part, new: Part) -> Iterator[str]:
    if isinstance(row, model.ActionStatus) and isinstance(new, model.ActionStatus):
        words = ("leaves it open", "completes it")
        texts = (words[row.closes_action], words[new.closes_action])
        if recorder.set(row, "closes_action", new.closes_action, kind="status", texts=texts):
            yield f"“{row.name}” {texts[1]}"


def _kept_by(tickets: int) -> str:
    if not tickets:
        return ""
    return f" ({tickets:,} tickets keep it)" if tickets > 1 else " (1 ticket keeps it)"


def set_text(recorder: Recorder, row: model.Plan | model.Action, field: str, value: str) -> bool:
    """Set a name or a description; False when it was so."""
    kind = "plan" if isinstance(row, model.Plan) else "action"
    return recorder.set(row, field, value, kind=kind, texts=(getattr(row, field), value))


def find_plan(session: Session, name: str, *, retired: bool = False) -> model.Plan:
    """The plan with this name, in any case; with `retired` a retired one too. Raises InvalidInput."""
    from sqlmodel import select

    plans = session.exec(select(model.Plan)).all()
    for plan in plans:
        if plan.name.casefold() == name.strip().casefold():
            if plan.retired and not retired:
                raise InvalidInput(f"The plan “{plan.name}” is retired; bring it back first.")
            return plan
    known = [plan.name for plan in plans if retired or not plan.retired]
    hint = did_you_mean(name, known, f"the desk has {', '.join(known[:12]) or 'none yet'}.")
    raise NotThere(f"There is no plan “{name}”; {hint}")


def exit_states_of(session: Session, plan: model.Plan) -> Sequence[model.PlanExitState]:
    """The plan's exit states, retired ones included."""
    from sqlmodel import select

    return session.exec(select(model.PlanExitState).where(model.PlanExitState.plan_id == plan.id)).all()


def statuses_of(session: Session, action: model.Action) -> Sequence[model.ActionStatus]:
    """The action's statuses, retired ones included."""
    from sqlmodel import select

    return session.exec(select(model.ActionStatus).where(model.ActionStatus.action_id == action.id)).all()
