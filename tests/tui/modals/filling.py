"""Filling in a modal's form without a screen, on a real desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from casedesk.desk import Desk
from casedesk.desk.values import Outcome
from casedesk.tui import acts
from casedesk.tui.acts import Guards, Target
from casedesk.tui.forms import Choice, ChoiceField, Form, FormState, Ticks


def target_of(desk: Desk, action_id: str, *numbers: int) -> Target:
    """What the act of that action would be told of these tickets."""
    act = acts.load(action_id)
    lines = tuple(desk.tickets.lines(numbers))
    return Target(
        numbers=numbers,
        versions={line.number: line.version for line in lines},
        lines=lines,
        ticket=desk.tickets.show(numbers[0]) if len(numbers) == 1 else None,
        choices=desk.choices(),
        user=desk.user,
        more=act.read(desk, numbers) if act.read else None,
    )


def form_of(desk: Desk, action_id: str, *numbers: int) -> Form[Any]:
    """The form of that action on these tickets."""
    make = acts.load(action_id).form
    assert make is not None
    return make(target_of(desk, action_id, *numbers))


def asked(form: Form[Any], **values: Any) -> list[str]:
    """The fields that are asked when `values` are entered."""
    return [field.name for field in FormState(form, dict(values)).asked()]


def offered(form: Form[Any], name: str, **values: Any) -> dict[str, Choice]:
    """The choices of a field by label, when `values` are entered."""
    field = next(field for field in form.fields if field.name == name)
    assert isinstance(field, ChoiceField)
    return {choice.label: choice for choice in field.offered(values)}


def do(desk: Desk, action_id: str, *numbers: int, **values: Any) -> Outcome:
    """Fill in the action's form with these values and do it. A choice of a one-list form is named by its label."""
    target = target_of(desk, action_id, *numbers)
    act = acts.load(action_id)
    assert act.form is not None
    form = act.form(target)
    if "chosen" in values:
        values["chosen"] = offered(form, "chosen")[values["chosen"]].value
    guards = Guards(progress=lambda done, total: True)
    if act.guarded:
        guards["versions"] = target.versions
    return act.perform(desk, target, FormState(form, dict(values)).finish(), guards)


def ticks(*added: str, removed: tuple[str, ...] = ()) -> Ticks:
    """Names ticked and unticked by the user."""
    return Ticks(added=added, removed=removed)


def without(desk: Desk, *rights: str) -> Desk:
    """The same desk for ben without some of an agent's rights."""
    limited = desk.as_user("ben")
    limited.user = replace(limited.user, rights=limited.user.rights - set(rights))
    return limited
