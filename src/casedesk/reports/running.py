"""Running a report, and keeping it for as long as nobody changes the desk (quality: first within a second, again at
once, and right a second after an act by anyone)."""

from __future__ import annotations

import importlib
import threading
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import InvalidInput
from casedesk.domain.rights import REPORTS_VIEW
from casedesk.reports.frame import Frame

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.reports.values import Report, Request

REPORTS: dict[str, str] = {
    "tickets": "casedesk.reports.cases",
    "cases": "casedesk.reports.cases",
    "sla": "casedesk.reports.sla",
    "feedback": "casedesk.reports.feedback",
    "causes": "casedesk.reports.causes",
    "people": "casedesk.reports.people",
}
"""Each report's name and the module whose `report` makes it."""

PENDING = "Due times are being worked out anew, so these figures may change; `casedesk sweep` does it at once."

_KEPT = 32


class Reports:
    """The reports of a desk. May be used from any thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: OrderedDict[Request, tuple[Any, Report]] = OrderedDict()
        self._lock = threading.Lock()

    def run(self, request: Request) -> Report:
        """The report; the kept one where nothing has changed since. Raises InvalidInput and QueryError."""
        self._desk.require(REPORTS_VIEW)
        if request.report not in REPORTS:
            raise InvalidInput(f"There is no report “{request.report}”; there is {', '.join(REPORTS)}.")
        with self._desk.store.reader().snapshot():
            return self._run(request)

    def _run(self, request: Request) -> Report:
        pending = self._desk.service_levels.pending
        state = (*self._state(), pending)
        with self._lock:
            kept = self._kept.get(request)
        if kept is not None and kept[0] == state and not pending:
            return kept[1]
        found: Report = importlib.import_module(REPORTS[request.report]).report(Frame(self._desk, request))
        if pending:
            found = replace(found, notes=(PENDING, *found.notes))
        with self._lock:
            self._kept[request] = (state, found)
            self._kept.move_to_end(request)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found

    def _state(self) -> tuple[Any, ...]:
        """What differs as soon as anybody, in any process, has changed something; and each minute, for what runs."""
        row = self._desk.store.reader().row(
            "SELECT (SELECT max(id) FROM act), (SELECT max(id) FROM activity), (SELECT max(id) FROM response)"
        )
        return (*(row or ()), self._desk.seconds() // 60)
