"""What the forms on one or many tickets share: which value they have now, and how many of them something fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casedesk.tui.acts import Target
from casedesk.tui.forms import Choice, ChoiceField, Form, MultiChoiceField, Values


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen of a list; None takes the present value away."""

    name: str | None


def ask_one(target: Target, what: str, choices: Sequence[Choice], current: str | None = None) -> Form[Chosen]:
    """A form with one list, whose choices have `Chosen` values: a digit or a first letter answers it at once.

    The cursor stands on what all the tickets have now, if there is such a choice.
    """
    now = Chosen(current) if current else None
    return Form(
        title=target.title(what),
        fields=[ChoiceField(name="chosen", label=what, choices=tuple(choices), initial=now)],
        submit="Choose",
        build=_chosen,
    )


def _chosen(values: Values) -> Chosen:
    chosen: Chosen = values["chosen"]
    return chosen


def one_of(names: Sequence[str], current: str | None, none: str) -> tuple[Choice, ...]:
    """The names of a list, and last the word for none of them. What all tickets have already is told."""
    choices = [Choice(Chosen(name), name, detail="now" if name == current else "") for name in names]
    return (*choices, Choice(Chosen(None), none))


def fits(count: int, of: int) -> str:
    """`fits 3 of 12`, for a choice that not every marked ticket can take; nothing when all can."""
    return "" if count >= of else f"fits {count:,} of {of:,}"


def held_field(
    label: str, names: Sequence[str], held: Mapping[str, int], target: Target, **more: Any
) -> MultiChoiceField:
    """A field of names to tick: those that all tickets of the target have are ticked, those that some have are half.

    A name that tickets have but the desk no longer offers is listed too, so that it can be taken away.
    """
    every = [*names, *(name for name in held if name not in set(names))]
    return MultiChoiceField(
        name="names",
        label=label,
        choices=tuple(Choice(name, name, detail=_held_by(held.get(name, 0), target.count)) for name in every),
        ticked=frozenset(name for name, count in held.items() if count >= target.count),
        mixed=frozenset(name for name, count in held.items() if 0 < count < target.count),
        **more,
    )


def _held_by(count: int, of: int) -> str:
    return f"{count:,} of {of:,}" if 0 < count < of else ""
