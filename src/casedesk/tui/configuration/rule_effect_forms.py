"""The form of an effect of a rule: which, and its values, as the desk describes them (behaviour 4.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import (
    Choice,
    ChoiceField,
    Field,
    FieldError,
    Form,
    MultiChoiceField,
    TextField,
    Values,
    choices_of,
)

if TYPE_CHECKING:
    from casedesk.desk.values import EffectKind, EffectPart

Table = Mapping[str, Any]
"""An effect as rules keep it, `{"tag": "detractor"}`."""

EFFECT: Final = "effect"
"""The field that asks which effect."""

LONGEST_VALUE: Final = 100


def effect_form(kinds: Sequence[EffectKind], entries: Sequence[Table], place: int | None) -> Form[Sequence[Table]]:
    """Asks for an effect among others, or for what is to be changed of the one in that place. Of an effect that a rule
    can have several times, several values are taken at once: it ends with an effect for each."""
    now = entries[place] if place is not None else {}
    others = [table for at, table in enumerate(entries) if at != place]
    which = ChoiceField(
        name=EFFECT,
        label="Effect",
        choices=[Choice(kind.id, kind.label, kind.about, _refusal(kind, others)) for kind in kinds],
        initial=next((kind.id for kind in kinds if kind.id in now), None),
    )
    fields: list[Field] = [which]
    for kind in kinds:
        fields += [_part_field(kind, part, now.get(kind.id), others) for part in kind.parts]

    def build(values: Values) -> list[Table]:
        return _tables(next(kind for kind in kinds if kind.id == values[EFFECT]), values)

    title = "Change the effect" if place is not None else "Add an effect"
    return Form(title, fields, "Change it so" if place is not None else "Add it", build)


def _refusal(kind: EffectKind, others: Sequence[Table]) -> str | None:
    if not kind.repeatable and any(kind.id in table for table in others):
        return "the rule does so already"
    if any(not part.choices and not part.free and not part.optional for part in kind.parts):
        return "the desk has none of these"
    return None


def _part_field(kind: EffectKind, part: EffectPart, value: Any, others: Sequence[Table]) -> Field:
    """Asks for one value of an effect: of those to choose from, or freely."""
    name = _field_name(kind, part)
    now = _part_of(value, part, kind)

    def when(values: Values) -> bool:
        return values.get(EFFECT) == kind.id

    if kind.repeatable:
        used = {table[kind.id] for table in others if kind.id in table}
        return MultiChoiceField(
            name=name,
            label=part.label,
            when=when,
            choices=[Choice(choice, line_of(choice, 100)) for choice in _with(part.choices, now) if choice not in used],
            ticked=frozenset([now] if now else []),
            allow_new=part.free,
        )
    if part.free:
        return TextField(
            name=name, label=part.label, when=when, initial=now, required=not part.optional, longest=LONGEST_VALUE
        )
    none = [Choice("", "none")] if part.optional else []
    return ChoiceField(
        name=name,
        label=part.label,
        when=when,
        choices=[*none, *choices_of(part.choices)],
        initial=now or ("" if part.optional else None),
        required=not part.optional,
    )


def _with(choices: Sequence[str], value: str) -> list[str]:
    """The choices with the one that is chosen, also where it isn't offered any longer."""
    return [*choices, *([value] if value and value not in choices else [])]


def _field_name(kind: EffectKind, part: EffectPart) -> str:
    return f"{kind.id}.{part.id}"


def _part_of(value: Any, part: EffectPart, kind: EffectKind) -> str:
    """The value's part; a text alone is the first one."""
    if isinstance(value, Mapping):
        return str(value.get(part.id) or "")
    return value if isinstance(value, str) and part is kind.parts[0] else ""


def _tables(kind: EffectKind, values: Values) -> list[Table]:
    """The effects that were entered."""
    if not kind.parts:
        return [{kind.id: True}]
    given = {part.id: values.get(_field_name(kind, part)) or "" for part in kind.parts}
    if kind.repeatable:
        (part,) = kind.parts
        ticked = values[_field_name(kind, part)].ticked
        if not ticked:
            raise FieldError(_field_name(kind, part), f"{part.label} is needed.")
        return [{kind.id: name} for name in ticked]
    if "" in given:
        return [{kind.id: given[""]}]
    return [{kind.id: {part: value for part, value in given.items() if value}}]


def effect_shown(table: Table, kinds: Mapping[str, EffectKind], suits: Callable[[EffectKind], bool]) -> Choice:
    """An effect as it is listed: what it does, and the values that it has."""
    what, value = next(iter(table.items()))
    kind = kinds.get(what)
    if kind is None:
        return Choice(what, line_of(what, 60), line_of(str(value), 200), "there is no such effect")
    said = [(part, words) for part in kind.parts if (words := _part_of(value, part, kind))]
    values = [words if part is kind.parts[0] else f"{part.label}: {words}" for part, words in said]
    refusal = None if suits(kind) else "not with this trigger: the ticket is there already"
    return Choice(what, line_of(kind.label, 60), line_of(" · ".join(values), 200), refusal)
