"""The search indexes against the rows that they follow."""

from __future__ import annotations

import os
from collections.abc import Iterator

from casedesk.desk.doctor.check import DeskCheck, Mending, Subject
from casedesk.desk.values import Finding
from casedesk.domain.errors import StoreUnavailable
from casedesk.store import checks


def _look(subject: Subject) -> Iterator[Finding]:
    if (fault := _fault(subject)) is not None:
        yield Finding(f"A search index is damaged: {fault}.", mendable=True)
        return
    differences = checks.search_differences(subject.path, subject.connection)
    if differences:
        records = "1 record" if differences == 1 else f"{differences:,} records"
        yield Finding(f"The search indexes differ from the rows in {records}.", count=differences, mendable=True)


def _fault(subject: Subject) -> str | None:
    """What is wrong inside an index; None also where only the rows can be compared."""
    if not os.access(subject.path, os.W_OK) or not os.access(subject.path.parent, os.W_OK):
        return None
    try:
        return checks.search_fault(subject.path)
    except StoreUnavailable:  # somebody is in the middle of a change
        return None


def _mend(mending: Mending) -> str:
    checks.rebuild_search(mending.desk.path)
    return "the indexes are made anew from the rows"


CHECKS = (
    DeskCheck("search", "the search indexes hold what the records say", "they agree with the records", _look, _mend),
)
