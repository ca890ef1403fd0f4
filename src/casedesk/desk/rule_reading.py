"""The desk's rules as they are stored."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING

from casedesk.desk.values import RuleLine
from casedesk.domain.errors import CasedeskError
from casedesk.domain.rules import trigger_of

if TYPE_CHECKING:
    from casedesk.store.reader import Reader, Row

_RULES = 'SELECT id, name, "trigger", condition, effects, active FROM rule {} ORDER BY position, id'


def all_rules(reader: Reader) -> list[RuleLine]:
    """Every rule in the desk's order."""
    return [_line(row) for row in reader.rows(_RULES.format(""))]


def active_rules(reader: Reader, kinds: Collection[str] | None = None) -> list[RuleLine]:
    """The active rules in the desk's order: all, or those that one of these kinds of trigger sets off."""
    rules = [_line(row) for row in reader.rows(_RULES.format("WHERE active"))]
    return [rule for rule in rules if (kind := _kind(rule)) and (kinds is None or kind in kinds)]


def _kind(rule: RuleLine) -> str:
    """The kind of its trigger; empty for one that a later version of the program brought."""
    try:
        return trigger_of(rule.trigger).kind
    except CasedeskError:
        return ""


def _line(row: Row) -> RuleLine:
    return RuleLine(*(*row[:4], tuple(json.loads(row[4])), bool(row[5])))
