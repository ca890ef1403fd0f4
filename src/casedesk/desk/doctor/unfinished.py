"""Work that was interrupted, and that somebody has to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from casedesk.desk.doctor.check import TOLD, DeskCheck, Subject
from casedesk.desk.values import Finding

MARKS: Final = frozenset({"service_levels_pending"})
"""Settings by which the program remembers work that it goes on with by itself; no faults."""

_LONG_AGO = 3600
"""Seconds after which an import that hasn't finished has died."""


def _imports(subject: Subject) -> Iterator[Finding]:
    rows = subject.reader.rows(
        """SELECT id, file_name FROM import_run i WHERE finished_at IS NULL AND started_at < ?
           AND NOT EXISTS (SELECT 1 FROM import_run later WHERE later.id > i.id AND later.finished_at IS NOT NULL
                           AND later.file_name = i.file_name AND later.source = i.source)
           ORDER BY id""",
        (subject.now - _LONG_AGO,),
    )
    for file_name in dict.fromkeys(row[1] for row in rows):
        runs = [row[0] for row in rows if row[1] == file_name]
        yield Finding(
            f"The import of {file_name} was interrupted.",
            tuple(runs[:TOLD]),
            way_out=f"`casedesk import {file_name}` again completes it; what came in already isn't made twice.",
        )


CHECKS = (DeskCheck("imports", "imports have come to their end", "none was interrupted", _imports),)
