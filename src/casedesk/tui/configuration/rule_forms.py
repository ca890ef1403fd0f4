"""The form of a rule: name, trigger, condition, effects; and the change that it asks for (behaviour 4.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casedesk.domain.errors import InvalidFields, InvalidInput, Unchanged
from casedesk.domain.rights import CONFIGURE
from casedesk.domain.rules import IDLE, MEANT, trigger_of
from casedesk.tui.configuration.rule_effect_forms import effect_form, effect_shown
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, EntriesField, EntryKey, Field, Form, QueryField, TextField, Values

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Progress
    from casedesk.desk.values import EffectKind, Outcome, RuleDraft, RuleLine, TriggerKind
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.configuration.section import Change

LONGEST_NAME: Final = 100
ALL_THE_SAME: Final = "Enter makes it all the same."


@dataclass(frozen=True, slots=True)
class RuleChoices:
    """What the form offers, and the desk, which completes and checks conditions."""

    desk: Desk
    names: tuple[str, ...]
    triggers: tuple[TriggerKind, ...]
    effects: tuple[EffectKind, ...]


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """The form as it was filled in."""

    name: str
    trigger: str
    condition: str
    effects: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class RuleNameField(TextField):
    """The name of a rule; no two have the same. `taken` are names without regard to case."""

    taken: frozenset[str] = frozenset()

    def mistake(self, value: Any) -> str:
        name = single_spaced(str(value))
        return f"There is a rule “{name}” already." if name.casefold() in self.taken else super().mistake(value)


@dataclass(frozen=True, kw_only=True)
class LengthField(TextField):
    """The length of time behind a trigger: `48h`."""

    def mistake(self, value: Any) -> str:
        if sentence := super().mistake(value):
            return sentence
        try:
            trigger_of(f"{IDLE} {value}")
        except InvalidInput:
            return "A length of time is a whole number and its unit, min, h, d or w, such as 48h; at most ten years."
        return ""


def single_spaced(name: str) -> str:
    """The name as the desk keeps it."""
    return " ".join(name.split())


def read_choices(desk: Desk) -> RuleChoices:
    """What the form needs to know."""
    names = tuple(rule.name for rule in desk.rules.list())
    return RuleChoices(desk, names, desk.rules.trigger_kinds(), desk.rules.effect_kinds())


class RuleAsked:
    """A rule that is asked for: a new one, another one like `rule`, or `rule` itself, to be changed.

    It remembers for which condition the desk said that it holds for everything: who enters the same once more means it.
    """

    def __init__(self, rule: RuleLine | None = None, *, copying: bool = False) -> None:
        self.rule = rule
        self.copying = copying
        self._told: tuple[str, str] | None = None

    @property
    def changed(self) -> RuleLine | None:
        """The rule that is to be changed; None for one that is to be made."""
        return None if self.copying else self.rule

    def change(self, entry: RuleEntry) -> Change:
        """The change that the filled in form asks for. What the desk refuses stands at its field."""

        def change(desk: Desk, _progress: Progress) -> Outcome:
            everything = self._told == (entry.condition, entry.trigger)
            with self._mistakes_at_fields(entry):
                if self.changed is not None:
                    return _changed(desk, self.changed, entry, everything=everything)
                return desk.rules.add(
                    entry.name,
                    entry.condition,
                    entry.effects,
                    trigger=entry.trigger,
                    active=not self.copying,
                    everything=everything,
                )

        return change

    @contextmanager
    def _mistakes_at_fields(self, entry: RuleEntry) -> Iterator[None]:
        try:
            yield
        except Unchanged:
            raise
        except InvalidFields as error:
            raise InvalidFields([("effects", _placed(*mistake)) for mistake in error.mistakes]) from error
        except InvalidInput as error:
            if error.sentence.endswith(MEANT):
                self._told = (entry.condition, entry.trigger)
                # At the field that was asked last, so that one Enter says that it is meant.
                raise InvalidFields([("effects", error.sentence.removesuffix(MEANT) + ALL_THE_SAME)]) from error
            raise InvalidFields([("condition" if error.code == "query" else "name", error.sentence)]) from error


def _placed(field: str, sentence: str) -> str:
    """A mistake in an effect, with its place in the list: `2: …`."""
    return f"{field.removeprefix('effect ')}: {sentence}" if field.startswith("effect ") else sentence


def _changed(desk: Desk, rule: RuleLine, entry: RuleEntry, *, everything: bool) -> Outcome:
    """Change what differs, and the name, as one act."""
    values: dict[str, Any] = {}
    if entry.trigger != rule.trigger:
        values["trigger"] = entry.trigger
    if entry.condition != rule.condition:
        values["condition"] = entry.condition
    if entry.effects != rule.effects:
        values["effects"] = entry.effects
    if entry.name == rule.name:
        return desk.rules.change(rule.name, **values, everything=everything)
    if not values:
        return desk.rules.rename(rule.name, entry.name)
    with desk.acts.together("rule", right=CONFIGURE) as whole:
        whole.desk.rules.change(rule.name, **values, everything=everything)
        whole.desk.rules.rename(rule.name, entry.name)
        whole.summary = f"rule “{rule.name}” → “{entry.name}”, changed"
    return whole.outcome


def rule_form(asked: RuleAsked, choices: RuleChoices) -> Form[RuleEntry]:
    """Asks for a rule; its effects are tried from there, before anything is saved."""
    rule, changed = asked.rule, asked.changed
    kind, length = _kind_and_length(rule.trigger, choices.triggers) if rule else (choices.triggers[0].id, "")
    timed = {trigger.id for trigger in choices.triggers if trigger.has_length}
    taken = frozenset(name.casefold() for name in choices.names if changed is None or name != changed.name)
    fields: list[Field] = [
        RuleNameField(
            name="name", label="Name", longest=LONGEST_NAME, taken=taken, initial=changed.name if changed else ""
        ),
        ChoiceField(
            name="trigger",
            label="Trigger",
            choices=[Choice(each.id, each.label, each.about) for each in choices.triggers],
            initial=kind,
        ),
        LengthField(
            name="length",
            label="For how long",
            when=lambda values: values.get("trigger") in timed,
            initial=length,
            placeholder="48h, 90min, 3d, 2w",
            longest=20,
        ),
        _condition_field(choices.desk, rule),
        _effects_field(choices, rule, changed),
    ]
    title = f"Change the rule · {line_of(changed.name, 40)}" if changed else "New rule"
    intro = f"Like “{line_of(rule.name, 60)}”; it is off until it is switched on.\n" if rule and asked.copying else ""
    return Form(title, fields, "Save", _entry, intro=intro)


def _condition_field(desk: Desk, rule: RuleLine | None) -> QueryField:
    def tell(text: str, values: Values) -> str:
        found = desk.rules.matches(text, _trigger(values))
        return f"holds for {found.matching:,} of {found.records:,} {found.about} now"

    return QueryField(
        name="condition",
        label="Condition",
        required=False,
        initial=rule.condition if rule else "",
        placeholder="nps<=6 OR answer.contact_me:yes",
        complete=desk.complete,
        check=desk.queries.condition,
        tell=tell,
    )


def _effects_field(choices: RuleChoices, rule: RuleLine | None, changed: RuleLine | None) -> EntriesField:
    of_responses = {trigger.id for trigger in choices.triggers if trigger.of_responses}

    def suits(kind: EffectKind, values: Values) -> bool:
        return not kind.of_responses or values.get("trigger") in of_responses

    def form(values: Values, entries: Sequence[Any], place: int | None) -> Form[Sequence[Any]]:
        return effect_form([kind for kind in choices.effects if suits(kind, values)], entries, place)

    def shown(table: Any, values: Values) -> Choice:
        return effect_shown(table, {kind.id: kind for kind in choices.effects}, lambda kind: suits(kind, values))

    def attempt(app: CasedeskApp, values: Values) -> None:
        from casedesk.tui.configuration.rule_trying import try_rule

        try_rule(app, draft(values, changed))

    return EntriesField(
        name="effects",
        label="Effects",
        form=form,
        shown=shown,
        initial=tuple(rule.effects) if rule else (),
        empty_words="None yet; Enter adds one.",
        keys={"t": EntryKey("try", attempt)},
    )


def _entry(values: Values) -> RuleEntry:
    condition = str(values.get("condition") or "").strip()
    return RuleEntry(single_spaced(values["name"]), _trigger(values), condition, tuple(values["effects"]))


def draft(values: Values, changed: RuleLine | None) -> RuleDraft:
    """The rule as it stands in the form, to be tried; in the place of the one that is to be changed."""
    from casedesk.desk.values import RuleDraft

    entry = _entry(values)
    return RuleDraft(changed.name if changed else entry.name, entry.condition, entry.effects, entry.trigger)


def _trigger(values: Values) -> str:
    """The trigger as rules keep it: `idle 48h`."""
    words = single_spaced(f"{values['trigger']} {values.get('length') or ''}")
    try:
        return trigger_of(words).text
    except InvalidInput:
        return words


def _kind_and_length(trigger: str, kinds: Sequence[TriggerKind]) -> tuple[str, str]:
    for kind in kinds:
        if kind.has_length and trigger.startswith(f"{kind.id} "):
            return kind.id, trigger.removeprefix(f"{kind.id} ")
    return trigger, ""
