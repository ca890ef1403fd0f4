"""The desk's rules: what happens by itself when responses arrive, tickets change or time passes (behaviour 4, X7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casedesk.domain.rights import CONFIGURE
from casedesk.tui.configuration.rule_forms import RuleAsked, read_choices, rule_form
from casedesk.tui.configuration.section import (
    CHANGE,
    COPY,
    LOG,
    MOVE_DOWN,
    MOVE_UP,
    NEW,
    RETIRE,
    SWITCH,
    TRY,
    Ask,
    Contents,
    Deed,
    Do,
    Item,
    LastChanges,
    Open,
    Pick,
    Section,
    shown_by,
)
from casedesk.tui.drawing import instant

if TYPE_CHECKING:
    from textual.screen import ModalScreen

    from casedesk.desk import Desk
    from casedesk.desk.values import RuleLine, RuleRunLine, RuleTotals
    from casedesk.tui.app import CasedeskApp

RUNS_SHOWN: Final = 300
"""Runs of the log that are shown, the newest."""

CAUSES_READ: Final = 3000
"""Runs among which those are looked for that caused others, where the log of one rule is shown."""


class RuleSeen(NamedTuple):
    """A rule with its effects in words, what it did, and why it can't run, if it can't."""

    rule: RuleLine
    words: tuple[str, ...]
    totals: RuleTotals
    mistake: str


class Rules(Section):
    """The rules in the order in which they run."""

    id, title, group, right = "rules", "Rules", "Tickets", CONFIGURE
    about = (
        "What happens by itself: when something happens to what meets a rule's condition, its effects are given. They "
        "run in this order; of several that set one value, the first does."
    )
    words = (
        "rules", "outcome rules", "triggers", "conditions", "effects", "automation", "automatic", "workflow", "loop",
        "log", "escalate", "auto close",
    )  # fmt: skip

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        from casedesk.desk.values import RuleTotals

        totals, never = desk.rules.totals(), RuleTotals()
        seen = tuple(
            RuleSeen(rule, desk.rules.words(rule.effects), totals.get(rule.id, never), desk.rules.mistake_in(rule))
            for rule in desk.rules.list()
        )
        items = tuple(self._item(desk, each, changes) for each in seen)
        return Contents(items, seen, "There is no rule yet.")

    def _item(self, desk: Desk, seen: RuleSeen, changes: LastChanges) -> Item:
        rule = seen.rule
        said = said_of(rule, seen.words)
        ran = _ran(seen.totals, desk)
        return Item(
            rule.name,
            rule.name,
            seen.mistake or (said if rule.active else f"off · {said}"),
            f"{said}. {ran}" if seen.mistake else ran,
            changed=changes.get(("rule", str(rule.id))),
            muted=not rule.active,
            role="bad" if seen.mistake else "text",
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        rules = [seen.rule for seen in contents.more or ()]
        rule = shown_by(item, rules, lambda each: each.name)
        found: dict[str, Deed] = {NEW: _asking(RuleAsked())}
        if rules or rule is not None:
            found[LOG] = _log(rule.name if rule is not None else None)
        if rule is None:
            return found
        name, active = rule.name, rule.active
        found[CHANGE] = _asking(RuleAsked(rule))
        found[COPY] = _asking(RuleAsked(rule, copying=True))
        found[SWITCH] = Do(
            lambda desk, _progress: desk.rules.switch(name, not active), name, "switch off" if active else "switch on"
        )
        found[RETIRE] = Do(lambda desk, _progress: desk.rules.remove(name), short="remove")
        found[TRY] = Open(_try(rule))
        return found | _moves([each.name for each in rules], name)


def said_of(rule: RuleLine, words: Sequence[str]) -> str:
    """A rule in words: `response received: nps<=6 → open a ticket, tag detractor`."""
    return f"{rule.trigger}: {rule.condition or 'everything'} → {', '.join(words)}"


def _ran(totals: RuleTotals, desk: Desk) -> str:
    if totals.last_run is None:
        return "It never ran yet."
    failed = f", failed {_times(totals.failures)}" if totals.failures else ""
    return f"Ran {_times(totals.runs)}{failed}; last {instant(totals.last_run, desk.zone, desk.now())}."


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _asking(asked: RuleAsked) -> Ask:
    return Ask(
        lambda choices: rule_form(asked, choices),
        asked.change,
        read=read_choices,
        then=lambda entry: entry.name,
    )


def _moves(names: Sequence[str], name: str) -> dict[str, Deed]:
    place = names.index(name) + 1

    def to(wanted: int) -> Do:
        return Do(lambda desk, _progress: desk.rules.move(name, wanted), name)

    moves: dict[str, Deed] = {}
    if place > 1:
        moves[MOVE_UP] = to(place - 1)
    if place < len(names):
        moves[MOVE_DOWN] = to(place + 1)
    return moves


def _try(rule: RuleLine) -> Callable[[CasedeskApp, Callable[[bool], None]], None]:
    def show(app: CasedeskApp, ended: Callable[[bool], None]) -> None:
        from casedesk.tui.configuration.rule_trying import try_rule

        try_rule(app, rule, worked=lambda: ended(True))

    return show


class LogRead(NamedTuple):
    """What rules did, the rules whose runs caused those of others, by the run, and what it needs to be drawn."""

    runs: tuple[RuleRunLine, ...]
    causes: Mapping[int, str]
    desk: Desk


def _read_log(desk: Desk, name: str | None) -> LogRead:
    runs = desk.rules.log(rule=name, limit=RUNS_SHOWN)
    caused = name is not None and any(run.after is not None for run in runs)
    causes = {run.id: run.rule for run in desk.rules.log(limit=CAUSES_READ)} if caused else {}
    return LogRead(runs, causes, desk)


def _log(name: str | None) -> Pick:
    def modal(read: Any) -> ModalScreen[Any]:
        from casedesk.tui.configuration.rule_pages import log_lines
        from casedesk.tui.modals.text_page import TextPage

        found: LogRead = read
        zone, now = found.desk.zone, found.desk.now()
        title = f"Log of the rule {name}" if name is not None else "Log of the rules"
        return TextPage(title, lambda width: log_lines(found.runs, found.causes, width, zone, now))

    return Pick(modal, read=lambda desk: _read_log(desk, name))


RULES: Final = Rules()
