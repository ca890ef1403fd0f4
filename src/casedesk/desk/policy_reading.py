"""Reading service level policies (behaviour 3.4)."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from casedesk.desk.matching import did_you_mean
from casedesk.desk.values import PolicyEntry, SimpleLevels, TargetEntry
from casedesk.domain.errors import NotFound
from casedesk.domain.rights import CONFIGURE, LEVELS, TICKETS_VIEW
from casedesk.domain.sla import KINDS, RESOLUTION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casedesk.desk.desk import Desk
    from casedesk.store.reader import Row

_POLICIES = """
    SELECT p.id, p.name, p.query, p.is_default, p.calendar_id, c.name, p.pauses, p.warn, p.retired,
           t.kind, r.name, t.priority_id, t.seconds
    FROM policy p JOIN calendar c ON c.id = p.calendar_id
    LEFT JOIN policy_target t ON t.policy_id = p.id LEFT JOIN priority r ON r.id = t.priority_id
    WHERE p.retired <= ?
    ORDER BY p.retired, p.is_default, p.position, p.id, t.priority_id IS NOT NULL, r.position, r.id"""

SWITCH = "service_levels"
"""The setting that says whether tickets are timed at all."""


class PolicyReading:
    """The reading half of `desk.policies`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def in_order(self) -> tuple[PolicyEntry, ...]:
        """The policies that apply, in their order, the default last. What times tickets reads them for everybody."""
        return self._read(retired=False)

    def list(self, *, retired: bool = False) -> tuple[PolicyEntry, ...]:
        """The policies in their order, the default last; with `retired`, those that are retired come after it."""
        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        return self._read(retired=retired)

    def show(self, name: str) -> PolicyEntry:
        """The policy of that name, in any case, retired ones included. Raises NotFound with the nearest names."""
        return self.entry(name, retired=True)

    def entry(self, name: str, *, retired: bool = False) -> PolicyEntry:
        """The policy of that name, in any case; a retired one only with `retired`. Raises NotFound."""
        every = self.list(retired=True)
        wanted = " ".join(name.split()).casefold()
        found = next((each for each in every if each.name.casefold() == wanted), None)
        if found is None:
            known = [each.name for each in every if retired or not each.retired]
            hint = did_you_mean(name, known, f"there is {', '.join(known[:12])}.")
            raise NotFound(f"There is no policy “{name}”; {hint}")
        if found.retired and not retired:
            raise NotFound(f"The policy “{found.name}” is retired; bring it back first.")
        return found

    def default(self) -> PolicyEntry:
        """The policy of the tickets that no other matches. There is always exactly one."""
        return self.in_order()[-1]

    def simple(self) -> SimpleLevels:
        """Service levels in their simple form (A3, A4)."""
        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        every = self.in_order()
        default = every[-1]
        plain = next((each for each in default.targets if is_plain(each)), None)
        alone = all(is_plain(target) and policy.is_default for policy in every for target in policy.targets)
        hours = None if plain is None else plain.seconds / 3600
        return SimpleLevels(bool(self._desk.setup.setting(SWITCH)), hours, default.calendar, alone)

    def _read(self, *, retired: bool) -> tuple[PolicyEntry, ...]:
        rows = self._desk.store.reader().rows(_POLICIES, (retired,))
        return tuple(_entry(list(group)) for _policy_id, group in groupby(rows, key=lambda row: row[0]))


def is_plain(target: TargetEntry) -> bool:
    """Whether it is the target of the simple form: for closing, whatever the priority."""
    return target.kind == RESOLUTION and target.priority_id is None


def _entry(rows: Sequence[Row]) -> PolicyEntry:
    policy_id, name, query, is_default, calendar_id, calendar, pauses, warn, retired = rows[0][:9]
    targets = [TargetEntry(*row[9:]) for row in rows if row[9] is not None]
    targets.sort(key=lambda entry: KINDS.index(entry.kind))
    return PolicyEntry(
        policy_id,
        name,
        query,
        bool(is_default),
        calendar_id,
        calendar,
        frozenset(json.loads(pauses)),
        warn,
        tuple(targets),
        bool(retired),
    )
