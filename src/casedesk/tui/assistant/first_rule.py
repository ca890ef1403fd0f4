"""The first rule: which responses open a ticket, proposed from those that were imported (M1, M2)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from casedesk.domain.errors import CasedeskError, InvalidFields, InvalidInput, Unchanged
from casedesk.domain.rules import RESPONSE_RECEIVED
from casedesk.tui.assistant.step import ADD, EDIT, OPEN_TICKETS, SWITCH, Drawing, Step, count, intro
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, ChoiceField, Field, FieldError, Form, QueryField, TextField, Values, YesNoField
from casedesk.tui.panels.lines import blank, heading
from casedesk.tui.widgets.cursor_pane import Row
from casedesk.tui.widgets.drawn import spread

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Progress
    from casedesk.desk.values import Matches, Outcome, RuleLine, RuleProposal
    from casedesk.tui.screens.assistant import AssistantScreen

RULE, PROPOSAL, OWN = "rule", "proposal", "own"

ASKED: Final = ("open_ticket", "tag", "priority")
"""The effects that the form asks for; a rule keeps its others."""

FIELDS_OF_EFFECTS: Final = {f"effect {place}": "tags" for place in range(2, 100)}
"""The first effect opens the ticket; those after it are the tags."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the cursor can stand on: a rule or a proposal by its name, or the condition of one's own."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule for new responses, and what it holds for; without that, why it can't be said."""

    rule: RuleLine
    matches: Matches | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RulesSeen:
    """The rules for new responses, the proposals that none of them is, and the priorities."""

    rules: tuple[RuleSeen, ...]
    proposals: tuple[RuleProposal, ...]
    priorities: tuple[str, ...]
    responses: int

    def rule(self, part: Hashable | None) -> RuleSeen | None:
        """The rule that the cursor stands on."""
        name = part.name if isinstance(part, Part) and part.kind == RULE else None
        return next((each for each in self.rules if each.rule.name == name), None)

    def proposal(self, part: Hashable | None) -> RuleProposal | None:
        """The proposal that the cursor stands on."""
        name = part.name if isinstance(part, Part) and part.kind == PROPOSAL else None
        return next((each for each in self.proposals if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Entered:
    """The form as it was filled in."""

    name: str
    condition: str
    tags: tuple[str, ...]
    priority: str | None
    open_now: bool


class FirstRule(Step[RulesSeen]):
    """Makes a rule of a proposal or of one's own condition, and opens tickets for what came before it."""

    id, title = "rule", "First rule"
    words = {ADD: "make it", OPEN_TICKETS: "open tickets", EDIT: "change", SWITCH: "on/off"}

    def read(self, desk: Desk) -> RulesSeen:
        from casedesk.desk.rule_proposals import propose_rules

        rules = tuple(_seen(desk, rule) for rule in desk.rules.list() if rule.trigger == RESPONSE_RECEIVED)
        known = {each.rule.condition.casefold() for each in rules}
        proposals = tuple(each for each in propose_rules(desk) if each.condition.casefold() not in known)
        responses = desk.past_responses.matches("").responses
        return RulesSeen(rules, proposals, desk.choices().priorities, responses)

    def rows(self, found: RulesSeen, drawing: Drawing) -> list[Row]:
        width = drawing.width
        about = "A rule opens a ticket for a response as it comes, and gives it what you say."
        if not found.responses:
            about += " Nothing is imported yet, so it can't be said how many it would be."
        rows = intro(about, width)
        for each in found.rules:
            rows += _rule_rows(each, width, plain=drawing.plain)
        rows += [Row(blank()), Row(heading("Proposed" if found.proposals else "More", width - 1))]
        for proposal in found.proposals:
            said = f"{proposal.matches.matching:,} of {count(proposal.matches.responses, 'response')}"
            key = Part(PROPOSAL, proposal.name)
            rows.append(Row(spread([(line_of(proposal.name), "text")], [(said, "text")], width - 1), key))
            rows.append(Row([("  " + line_of(proposal.why), "muted")]))
        rows.append(Row([("Another condition", "text")], Part(OWN)))
        return rows

    def first(self, found: RulesSeen) -> Hashable:
        if any(each.matches is not None and each.matches.matching for each in found.rules) or not found.proposals:
            return Part(RULE, found.rules[0].rule.name) if found.rules else Part(OWN)
        return Part(PROPOSAL, found.proposals[0].name)

    def offers(self, action_id: str, found: RulesSeen, part: Hashable | None) -> bool:
        seen = found.rule(part)
        if seen is None:
            return action_id == ADD
        waiting = seen.rule.active and seen.matches is not None and seen.matches.waiting and _opens(seen.rule)
        return action_id in (EDIT, SWITCH) or (action_id == OPEN_TICKETS and bool(waiting))

    def next_word(self, found: RulesSeen) -> str:
        return "go on"

    async def do(self, action_id: str, host: AssistantScreen) -> None:
        found: RulesSeen = host.content
        seen = found.rule(host.part)
        if seen is None:
            await host.ask(lambda: _new_form(host, found, found.proposal(host.part)), lambda new: _make(host, new))
        elif action_id == EDIT:
            rule = seen.rule
            await host.ask(lambda: _form(host, found, rule), lambda new: _change(host, rule, new))
        elif action_id == SWITCH:
            name, active = seen.rule.name, seen.rule.active
            host.change(lambda desk: desk.rules.switch(name, not active), host.part)
        else:
            name, report = seen.rule.name, host.work.report
            host.change(lambda desk: desk.past_responses.open_tickets(name, progress=report), host.part)


def _seen(desk: Desk, rule: RuleLine) -> RuleSeen:
    try:
        return RuleSeen(rule, desk.past_responses.matches(rule.condition))
    except CasedeskError as error:
        return RuleSeen(rule, None, error.sentence)


def _opens(rule: RuleLine) -> bool:
    return any(effect.get("open_ticket") for effect in rule.effects)


def _rule_rows(each: RuleSeen, width: int, *, plain: bool) -> list[Row]:
    rule, matches = each.rule, each.matches
    mark = ("x " if plain else "✓ ") if rule.active else "  "
    state = "" if rule.active else " · off"
    left = [(mark, "good"), (line_of(rule.name), "strong"), (state, "muted")]
    said, more = "", line_of(each.problem)
    if matches is not None:
        said = f"{matches.matching:,} of {count(matches.responses, 'response')}"
        waiting = f"{count(matches.waiting, 'response')} without a ticket"
        more = " · ".join([line_of(rule.condition, 200), *([waiting] if matches.waiting else [])])
    key = Part(RULE, rule.name)
    return [Row(spread(left, [(said, "text")], width - 1), key), Row([("  " + more, "muted")])]


def _form(host: AssistantScreen, found: RulesSeen, rule: RuleLine) -> Form[Entered]:
    """Asks for what is to be changed of a rule."""
    fields = _fields(host.app.desk, found, rule.condition, rule.effects)
    return Form(
        title=f"Change the rule · {line_of(rule.name, 40)}",
        fields=fields,
        submit="Change it so",
        build=lambda values: _entered(values, rule.name),
        known_as=FIELDS_OF_EFFECTS,
    )


def _new_form(host: AssistantScreen, found: RulesSeen, proposal: RuleProposal | None) -> Form[Entered]:
    """Asks for a rule: as proposed, or of one's own."""
    taken = {each.rule.name.casefold() for each in found.rules}
    effects = ({"tag": proposal.tag},) if proposal else ()
    said = ""
    if proposal:
        matches = proposal.matches
        without = f"{matches.waiting:,} of them have no ticket"
        said = f"{matches.matching:,} of {count(matches.responses, 'response')} match; {without}."
    return Form(
        title="A rule",
        fields=[
            TextField(name="name", label="Name", initial=proposal.name if proposal else "", longest=100),
            *_fields(host.app.desk, found, proposal.condition if proposal else "", effects),
            YesNoField(
                name="open_now",
                label="Open tickets for the responses that are here already",
                initial=True,
                when=lambda _values: bool(found.responses),
            ),
        ],
        submit="Make the rule",
        build=lambda values: _entered(values, _free_name(values, taken)),
        intro=said,
        known_as=FIELDS_OF_EFFECTS,
    )


def _fields(desk: Desk, found: RulesSeen, condition: str, effects: Sequence[Mapping[str, object]]) -> list[Field]:
    """Condition, tags and priority."""
    priority = _values(effects, "priority")
    return [
        QueryField(
            name="condition",
            label="For responses that match",
            initial=condition,
            placeholder="nps<=6 OR answer.contact_me:yes",
            complete=desk.complete,
            check=desk.queries.check,
        ),
        TextField(
            name="tags",
            label="Tags",
            initial=", ".join(_values(effects, "tag")),
            placeholder="callback, refund",
            required=False,
        ),
        ChoiceField(
            name="priority",
            label="Priority",
            choices=(Choice("", "none"), *(Choice(name, name) for name in found.priorities)),
            initial=priority[0] if priority else "",
            required=False,
        ),
    ]


def _values(effects: Sequence[Mapping[str, object]], what: str) -> list[str]:
    return [str(effect[what]) for effect in effects if what in effect]


def _free_name(values: Values, taken: set[str]) -> str:
    name = " ".join(str(values["name"]).split())
    if name.casefold() in taken:
        raise FieldError("name", f"There is a rule “{name}” already.")
    return name


def _entered(values: Values, name: str) -> Entered:
    tags = tuple(dict.fromkeys(tag for each in str(values["tags"]).split(",") if (tag := " ".join(each.split()))))
    condition = str(values["condition"]).strip()
    return Entered(name, condition, tags, values["priority"] or None, bool(values.get("open_now")))


def _effects(new: Entered, kept: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    effects: list[dict[str, Any]] = [{"open_ticket": True}, *({"tag": tag} for tag in new.tags)]
    if new.priority:
        effects.append({"priority": new.priority})
    return [*effects, *(dict(each) for each in kept if not set(each) & set(ASKED))]


def _make(host: AssistantScreen, new: Entered) -> None:
    host.change(_making(new, host.work.report), Part(RULE, new.name))


def _making(new: Entered, progress: Progress) -> Callable[[Desk], Outcome]:
    def make(desk: Desk) -> Outcome:
        with _mistakes_at_condition():
            made = desk.rules.add(new.name, new.condition, _effects(new))
        if not new.open_now:
            return made
        try:
            return desk.past_responses.open_tickets(new.name, progress=progress)
        except Unchanged:  # every response that matches has its ticket
            return made

    return make


def _change(host: AssistantScreen, rule: RuleLine, new: Entered) -> None:
    def change(desk: Desk) -> Outcome:
        with _mistakes_at_condition():
            return desk.rules.change(rule.name, condition=new.condition, effects=_effects(new, rule.effects))

    host.change(change, Part(RULE, rule.name))


@contextmanager
def _mistakes_at_condition() -> Iterator[None]:
    """What the desk refuses without naming a field is about the condition."""
    try:
        yield
    except (InvalidFields, Unchanged):
        raise
    except InvalidInput as error:
        raise InvalidFields([("condition", error.sentence)]) from error
