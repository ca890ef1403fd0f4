"""Keeping a desk safe: a checked copy while it is in use, and looking the file over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.desk.values import Backup, Check, Examination
from casedesk.domain.errors import InvalidInput, StoreUnavailable
from casedesk.domain.rights import CONFIGURE, CONTACTS_VIEW, TICKETS_VIEW
from casedesk.store import Store, checks
from casedesk.store.connection import SCHEMA, schema_of

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


class Maintenance:
    """`desk.maintenance`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def backup(self, path: str | Path, *, replace: bool = False) -> Backup:
        """Copy the whole desk to `path`, also while others work in it; the copy is opened and checked before it counts.

        A file that is there already is left alone unless `replace` says so; it is replaced only by a good copy.
        Raises InvalidInput, and StoreUnavailable when the copy can't be written or isn't sound.
        """
        self._desk.require(TICKETS_VIEW)
        self._desk.require(CONTACTS_VIEW)
        target = Path(path).expanduser().absolute()
        if not target.parent.is_dir():
            raise InvalidInput(f"There is no folder {target.parent}.")
        if target.exists():
            if target.samefile(self._desk.path):
                raise InvalidInput("A backup needs another file than the desk itself.")
            if not replace or not target.is_file():
                raise InvalidInput(f"{target} exists already; it is left as it is.")
        partial = target.with_name(f".{target.name}.partial")
        partial.unlink(missing_ok=True)
        try:
            self._desk.store.copy_to(partial)
            tickets = _checked(partial)
            partial.replace(target)
        except OSError as error:
            raise StoreUnavailable(f"{target} can't be written: {error.strerror}.") from error
        finally:
            partial.unlink(missing_ok=True)
        return Backup(str(target), target.stat().st_size, tickets)

    def mend_search(self) -> None:
        """Make the search indexes anew from the rows."""
        self._desk.require(CONFIGURE)
        checks.rebuild_search(self._desk.path)


def _checked(path: Path) -> int:
    """Open a copy and return how many tickets it holds. Raises StoreUnavailable when it isn't sound."""
    found = checks.faults(path)
    if found:
        raise StoreUnavailable(f"The copy isn't sound: {found[0]}.")
    store = Store.open(path)
    try:
        return int(store.reader().value("SELECT count(*) FROM ticket"))
    finally:
        store.close()


def examine(path: str | Path) -> Examination:
    """Look a desk file over: integrity, references, schema, search index. It needs no user and changes nothing.

    Raises StoreUnavailable when there is no desk or a newer program wrote it; a damaged one is described.
    """
    path = Path(path)
    schema = schema_of(path)
    found = [_file(path)]
    differences = None
    if not found[0].findings:
        found += [_references(path), _schema(schema)]
        if schema == SCHEMA:
            check, differences = _search(path)
            found.append(check)
    return Examination(str(path), schema, SCHEMA, tuple(found), differences)


def _file(path: Path) -> Check:
    faults = checks.faults(path)
    return Check("file", "damaged" if faults else "sound", tuple(faults))


def _references(path: Path) -> Check:
    broken = checks.broken_references(path)
    return Check("references", "broken" if broken else "all lead somewhere", tuple(broken))


def _schema(schema: int) -> Check:
    if schema == SCHEMA:
        return Check("schema", f"{schema}, the newest")
    return Check("schema", f"{schema}; it becomes {SCHEMA} when the desk is next opened, after a backup")


def _search(path: Path) -> tuple[Check, int | None]:
    if (fault := checks.search_fault(path)) is not None:
        return Check("search", "damaged", (f"A search index is damaged: {fault}.",)), None
    try:
        differences = checks.search_differences(path)
    except StoreUnavailable as error:
        return Check("search", "unreadable", (error.sentence,)), None
    if differences == 0:
        return Check("search", "the indexes agree with the rows"), 0
    records = "1 record" if differences == 1 else f"{differences:,} records"
    return Check("search", "out of step", (f"The search indexes differ from the rows in {records}.",)), differences
