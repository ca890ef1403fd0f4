"""Rules that can't run, though they are switched on (behaviour 4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from casedesk.desk.doctor.check import DeskCheck, Subject
from casedesk.desk.values import Finding
from casedesk.domain.errors import CasedeskError


def _look(subject: Subject) -> Iterator[Finding]:
    rules = subject.desk.rules
    for line in rules.list():
        if not line.active:
            continue
        try:
            rules.compiled(line)
        except CasedeskError as error:
            yield Finding(error.sentence, (line.id,), way_out="Change the rule, or switch it off (`casedesk rules`).")


CHECKS = (DeskCheck("rules", "conditions and effects of rules can be read", "every active rule can run", _look),)
