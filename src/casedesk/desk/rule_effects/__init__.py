"""What rules can do: one module an effect, and a line for it here (behaviour 4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casedesk.desk.matching import did_you_mean
from casedesk.desk.rule_effects.beginning import Beginning as Beginning
from casedesk.desk.rule_effects.classification import AddClassification
from casedesk.desk.rule_effects.close import CloseTicket
from casedesk.desk.rule_effects.effect import Effect as Effect
from casedesk.desk.rule_effects.open_ticket import OpenTicket
from casedesk.desk.rule_effects.owner import SetOwner
from casedesk.desk.rule_effects.plan import SetPlan
from casedesk.desk.rule_effects.priority import SetPriority
from casedesk.desk.rule_effects.status import SetStatus
from casedesk.desk.rule_effects.tag import AddTag
from casedesk.desk.rule_effects.team import SetTeam
from casedesk.desk.rule_effects.topic import SetTopic
from casedesk.domain.errors import CasedeskError, InvalidFields, InvalidInput

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk

EFFECTS: Final[Mapping[str, type[Effect]]] = {
    each.id: each
    for each in (
        OpenTicket,
        SetPriority,
        SetTopic,
        SetTeam,
        SetOwner,
        AddTag,
        AddClassification,
        SetPlan,
        SetStatus,
        CloseTicket,
    )
}
"""Every effect, by what rules call it, in the order in which forms offer them."""

Tables = Iterable[Mapping[str, Any]]
"""Effects as rules keep them: a list of tables with one entry each, `{"tag": "detractor"}`."""


def ready_effects(desk: Desk, tables: Tables) -> tuple[Effect, ...]:
    """The effects, looked up in the desk. Raises InvalidInput for the first that can't be."""
    return tuple(_ready(desk, what, value) for what, value in _pairs(tables))


def checked_effects(desk: Desk, tables: Tables) -> tuple[Effect, ...]:
    """The same for effects that somebody has just given: raises InvalidFields with `effect 1`, `effect 2`, …"""
    found: list[Effect] = []
    mistakes = []
    for number, (what, value) in enumerate(_pairs(tables), 1):
        try:
            effect = _ready(desk, what, value)
        except CasedeskError as error:
            mistakes.append((f"effect {number}", error.sentence))
            continue
        twice = next((other for other in found if effect.sets and other.sets == effect.sets), None)
        if twice is not None:
            sentence = f"“{effect.words}” and “{twice.words}” exclude each other: a rule sets a value once."
            mistakes.append((f"effect {number}", sentence))
        elif effect not in found:
            found.append(effect)
    if mistakes:
        raise InvalidFields(mistakes)
    return tuple(found)


def stored_effects(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    """The effects as rules keep them."""
    return [{effect.id: effect.stored} for effect in effects]


def effect_words(desk: Desk, tables: Tables) -> tuple[str, ...]:
    """Each effect in words, also of a rule that names what is gone."""
    words = []
    for what, value in _pairs(tables):
        try:
            words.append(_ready(desk, what, value).words)
        except CasedeskError:
            words.append(f"{what} {value}")
    return tuple(words)


def _ready(desk: Desk, what: str, value: Any) -> Effect:
    found = EFFECTS.get(what)
    if found is None:
        hint = did_you_mean(what, EFFECTS, f"there is {', '.join(EFFECTS)}.")
        raise InvalidInput(f"There is no effect “{what}”; {hint}")
    return found.ready(desk, value)


def _pairs(tables: Tables) -> list[tuple[str, Any]]:
    return [pair for table in tables for pair in table.items()]
