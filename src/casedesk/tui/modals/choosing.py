"""What the forms on one or many tickets share: which value they have now, and how many of them something fits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casedesk.domain.rights import TICKETS_NOTE
from casedesk.tui.acts import Target
from casedesk.tui.forms import Choice, ChoiceField, Form, MultiChoiceField, TextBlockField, Values


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen of a list; None takes the present value away."""

    name: str | None


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who gets the tickets, and what they are told; a name of None takes the present one away."""

    name: str | None
    note: str = ""


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


def ask_receiver(
    target: Target, what: str, choices: Sequence[Choice], current: str | None = None, *, told: Callable[[Chosen], bool]
) -> Form[HandOver]:
    """A form with one list of `Chosen` values, and a note for those to whom `told` applies, where one may be added."""

    def takes_note(values: Values) -> bool:
        chosen = values.get("chosen")
        return TICKETS_NOTE in target.user.rights and chosen is not None and told(chosen)

    return Form(
        title=target.title(what),
        fields=[
            ChoiceField(
                name="chosen", label=what, choices=tuple(choices), initial=Chosen(current) if current else None
            ),
            TextBlockField(name="note", label="Note", required=False, when=takes_note),
        ],
        submit="Choose",
        build=lambda values: HandOver(_chosen(values).name, values.get("note") or ""),
    )


def one_of(names: Sequence[str], current: str | None, none: str, *, away: Collection[str] = ()) -> tuple[Choice, ...]:
    """The names of a list, and last the word for none of them. What all tickets have is told, and who is away."""
    choices = [Choice(Chosen(name), name, detail=_standing(name, current, away)) for name in names]
    return (*choices, Choice(Chosen(None), none))


def _standing(name: str, current: str | None, away: Collection[str]) -> str:
    said = (["now"] if name == current else []) + (["away"] if name in away else [])
    return ", ".join(said)


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
