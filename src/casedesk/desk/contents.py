"""What a desk's file holds, in short: for telling a backup from the desk whose place it is to take."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.desk.instants import moment
from casedesk.desk.values import DeskContents
from casedesk.domain.errors import StoreUnavailable
from casedesk.store import checks
from casedesk.store.faults import ReadingCancelled
from casedesk.store.inspection import check_readable, connect_quietly, schema_at, stoppable
from casedesk.store.reader import Reader

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_LAST_ACT = """
    SELECT a.summary, coalesce(u.login, a.actor_kind), a.at FROM act a LEFT JOIN user u ON u.id = a.user_id
    ORDER BY a.id DESC LIMIT 1"""


def contents(path: Path) -> DeskContents:
    """What the desk at `path` holds. It is only looked at, and nothing is left beside it.

    Raises StoreUnavailable, with a sentence, for what is missing, empty, foreign, newer or damaged.
    """
    check_readable(path)
    with closing(connect_quietly(path)) as connection:
        return contents_by(connection, path)


def contents_by(connection: sqlite3.Connection, path: Path) -> DeskContents:
    """The same through a connection that is open already."""
    reader = Reader(path, connection)
    schema = schema_at(path, connection)
    summary, by, at = reader.row(_LAST_ACT) or ("", "", None)
    return DeskContents(
        path=str(path),
        size=reader.value("PRAGMA page_count") * reader.value("PRAGMA page_size"),
        schema=schema,
        name=text_setting(reader, "name") or "Case desk",
        zone=text_setting(reader, "zone") or "UTC",
        tickets=reader.value("SELECT count(*) FROM ticket"),
        responses=reader.value("SELECT count(*) FROM response"),
        contacts=reader.value("SELECT count(*) FROM contact"),
        last_act=summary,
        last_by=by,
        last_at=None if at is None else moment(at),
    )


def sound_contents(path: Path, go_on: Callable[[], bool] | None = None) -> DeskContents:
    """What the desk at `path` holds, after a look at every page and reference of it.

    Raises StoreUnavailable when it isn't sound, and ReadingCancelled when `go_on` said no.
    """
    if go_on is not None and not go_on():
        raise ReadingCancelled("The checking was stopped.")
    found = contents(path)
    with closing(connect_quietly(path)) as connection, stoppable(connection, go_on):
        faults = checks.faults(path, connection)
    if faults:
        raise StoreUnavailable(f"{path} is damaged: {faults[0]}.")
    return found


def text_setting(reader: Reader, key: str) -> str:
    """A setting that is a text, also of a desk whose settings are in disorder; empty where there is none."""
    value = reader.value("SELECT value FROM setting WHERE key = ?", (key,))
    try:
        return str(json.loads(value)) if isinstance(value, str) else ""
    except ValueError:
        return ""
