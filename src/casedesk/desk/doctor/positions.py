"""The order of lists: no two entries have one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from casedesk import model
from casedesk.desk.doctor.check import DeskCheck, Mending, Subject
from casedesk.desk.values import Finding


@dataclass(frozen=True, slots=True)
class _Ordered:
    """A table whose rows have an order, within those that share the `group` columns; `only` leaves some of them out."""

    rows: str  # the class
    one: str
    group: str = ""
    only: str = "NOT retired"
    key: str = "id"

    @property
    def table(self) -> str:
        return str(getattr(model, self.rows).__tablename__)


_TABLES: Final = (
    _Ordered("Status", "statuses", "state"),
    _Ordered("Priority", "priorities"),
    _Ordered("Topic", "topics"),
    _Ordered("Classification", "classifications"),
    _Ordered("CloseOption", "close options"),
    _Ordered("Policy", "policies", only="NOT retired AND NOT is_default"),
    _Ordered("Rule", "rules", only="1"),
    _Ordered("PlanExitState", "exit states of a plan", "plan_id"),
    _Ordered("ActionStatus", "statuses of an action", "action_id"),
    _Ordered("PlanAction", "actions of a plan", "plan_id", only="1", key="action_id"),
    _Ordered("DashboardWidget", "widgets of a dashboard", "dashboard_id", only="1"),
)


def _clashing(subject: Subject, ordered: _Ordered) -> list[list[tuple[Any, int]]]:
    """The groups in which two rows have one position: each row's key with its position, in the order shown."""
    group = ordered.group or "0"
    groups: defaultdict[Any, list[tuple[Any, int]]] = defaultdict(list)
    rows = subject.reader.rows(
        f"""SELECT {group}, {ordered.key}, position FROM {ordered.table}
            WHERE {ordered.only} ORDER BY position, {ordered.key}"""
    )
    for named, key, position in rows:
        groups[named].append(((named, key) if ordered.key != "id" else key, position))
    return [found for found in groups.values() if len({position for _key, position in found}) < len(found)]


def _look(subject: Subject) -> Iterator[Finding]:
    for ordered in _TABLES:
        for rows in _clashing(subject, ordered):
            ids = tuple(key if isinstance(key, int) else key[1] for key, _position in rows)
            yield Finding(f"Two of the {ordered.one} have one place.", ids, mendable=True)


def _mend(mending: Mending) -> str:
    """Count them anew in the order in which they are shown."""
    names = []
    with mending.recorded() as recorder:
        for ordered in _TABLES:
            for rows in _clashing(mending.subject, ordered):
                names.append(ordered.one)
                for place, (key, _position) in enumerate(rows):
                    row = recorder.session.get(getattr(model, ordered.rows), key)
                    assert row is not None
                    recorder.set(row, "position", place)
    return f"{', '.join(dict.fromkeys(names))} counted anew in their order"


CHECKS = (DeskCheck("positions", "the order of lists is clear", "each entry has its own place", _look, _mend),)
