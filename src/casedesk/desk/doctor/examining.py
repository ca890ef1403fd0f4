"""Looking a desk over: every check, one after the other, none of which stops the others."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.desk.desk import Desk
from casedesk.desk.doctor.check import DeskCheck, Looked, Subject
from casedesk.desk.doctor.registry import all_checks
from casedesk.desk.values import Check, Examination, Finding, User
from casedesk.domain.errors import CasedeskError, StoreUnavailable
from casedesk.domain.rights import RIGHTS
from casedesk.store.connection import SCHEMA
from casedesk.store.faults import ReadingCancelled
from casedesk.store.inspection import SeenStore, check_readable, connect_quietly, connect_to_look, schema_at, stoppable

if TYPE_CHECKING:
    from casedesk.settings.preferences import Preferences


def examine(
    path: str | Path, *, now: int | None = None, preferences: Preferences | None = None, progress: Looked | None = None
) -> Examination:
    """Look the desk at `path` over. It needs no user and changes nothing, in the file or beside it.

    `now` is in seconds, UTC, by default the machine's; `preferences` are the user's own, which are looked at, too.
    Raises StoreUnavailable when there is no desk or a newer program wrote it, ReadingCancelled when `progress` stopped
    it; a damaged desk is described.
    """
    with looked_at(Path(path), int(time.time()) if now is None else now, preferences, progress) as subject:
        checks = tuple(_looked(check, subject) for check in all_checks())
    return Examination(str(path), subject.schema, SCHEMA, checks)


@contextmanager
def looked_at(
    path: Path, now: int, preferences: Preferences | None = None, progress: Looked | None = None
) -> Iterator[Subject]:
    """The desk as checks see it. Raises StoreUnavailable."""
    if not path.exists():
        raise StoreUnavailable(f"There is no desk at {path}; `casedesk init` makes one.")
    check_readable(path)
    try:
        connection = connect_to_look(path)
    except sqlite3.DatabaseError:
        connection = connect_quietly(path)  # asks less of a damaged file
    with closing(connection):
        schema = schema_at(path, connection)
        # Nobody in particular: queries that speak of the user find nobody's tickets.
        eyes = User(0, "doctor", "", "", active=True, rights=frozenset(RIGHTS))
        desk = Desk(SeenStore(path, connection), eyes, clock=lambda: now)
        yield Subject(path, desk, connection, schema, now, preferences, progress)


def findings(check: DeskCheck, subject: Subject) -> tuple[Finding, ...]:
    """What the check finds. What keeps it from looking is a finding, too; only a stop is raised."""
    subject.tell(check.name)
    try:
        with stoppable(subject.connection, lambda: subject.progress is None or subject.progress(check.name, 0, 0)):
            return tuple(check.look(subject))
    except ReadingCancelled:
        raise
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise ReadingCancelled("The examination was stopped.") from error
        return (Finding(f"It can't be looked at: {error}."),)
    except CasedeskError as error:
        return (Finding(f"It can't be looked at: {error.sentence}"),)
    except (sqlite3.DatabaseError, ValueError, TypeError, LookupError) as error:
        # What the desk reads every day can't be read: the record is told by the check of that kind, if there is one.
        return (Finding(f"It can't be looked at ({type(error).__name__}: {error})."),)


def _looked(check: DeskCheck, subject: Subject) -> Check:
    if subject.schema < SCHEMA and not check.of_any_schema:
        return Check(check.name, check.meaning, "not looked at before the desk has the present schema")
    found = findings(check, subject)
    if not found:
        return Check(check.name, check.meaning, check.sound)
    count = sum(finding.count for finding in found)
    return Check(check.name, check.meaning, "1 finding" if count == 1 else f"{count:,} findings", found)
