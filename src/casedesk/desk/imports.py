"""Importing files: proposed first, then run in small transactions; a second run changes nothing (behaviour 7)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.importing.file import ImportFile, Progress
from casedesk.desk.values import ImportSummary
from casedesk.domain.errors import InvalidInput, NotThere
from casedesk.domain.rights import CONFIGURE, IMPORT
from casedesk.intake import open_file
from casedesk.intake.mapping import Mapping
from casedesk.intake.records import Kind
from casedesk.store import Store

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.intake import Source


class Imports:
    """`desk.imports`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def propose(
        self,
        path: str | Path,
        *,
        kind: Kind | None = None,
        mapping: Mapping | None = None,
        name: str = "",
        sheet: str = "",
    ) -> Source:
        """What the file is and how its columns would be read, with its first rows; nothing is stored. Close it.

        `sheet` is that of a workbook, by default the first that holds a table.
        """
        self._desk.require(IMPORT)
        return open_file(Path(path), kind=kind, mapping=mapping, now=self._desk.seconds(), name=name, sheet=sheet)

    def mappings(self) -> dict[str, Mapping]:
        """The mappings saved by name."""
        self._desk.require(IMPORT, CONFIGURE)
        rows = self._desk.store.reader().rows("SELECT name, definition FROM import_mapping ORDER BY name")
        return {name: Mapping.from_dict(json.loads(definition)) for name, definition in rows}

    def save_mapping(self, name: str, mapping: Mapping) -> None:
        """Keep a mapping by name, in place of one of the same name."""
        self._desk.require(IMPORT)
        name = " ".join(name.split())
        if not name:
            raise InvalidInput("The mapping needs a name.")
        with self._desk.store.write() as session:
            session.merge(model.ImportMapping(name=name, definition=mapping.to_dict()))

    def run(
        self,
        path: str | Path,
        *,
        kind: Kind | None = None,
        campaign: str | None = None,
        source: str | None = None,
        mapping: Mapping | str | None = None,
        name: str = "",
        sheet: str = "",
        dry_run: bool = False,
        rejects_file: Path | None = None,
        progress: Progress | None = None,
    ) -> ImportSummary:
        """Import a file. `mapping` is one, or the name of a saved one; without it the file's own is found.

        `name` stands for the file's name where that says nothing, as with standard input. `sheet` is that of a
        workbook, by default the first that holds a table.

        Rejected rows are written to `rejects_file` (default: beside the file, made only when there are any). A dry
        run works on a copy of the desk that is thrown away, so that it counts exactly the same. Raises InvalidInput
        when the file is no table or damaged beyond use.
        """
        self._desk.require(IMPORT)
        path = Path(path)
        if isinstance(mapping, str):
            mapping = self._named(mapping)
        with open_file(path, kind=kind, mapping=mapping, now=self._desk.seconds(), name=name, sheet=sheet) as opened:
            if dry_run:
                with self._copy_of_the_desk() as copy:
                    run = ImportFile(copy, opened, path, campaign, source, None, progress)
                    return replace(run.whole(), dry_run=True)
            where = rejects_file or path.with_name(f"{path.stem}.rejects.csv")
            return ImportFile(self._desk, opened, path, campaign, source, where, progress).whole()

    @contextmanager
    def _copy_of_the_desk(self) -> Iterator[Desk]:
        with tempfile.TemporaryDirectory(prefix="casedesk-") as folder:
            path = Path(folder) / "dry-run.desk"
            self._desk.store.copy_to(path)
            store = Store.open(path)
            try:
                yield self._desk.on(store)
            finally:
                store.close()

    def _named(self, name: str) -> Mapping:
        saved = self.mappings()
        if name not in saved:
            known = f"; there is {', '.join(saved)}" if saved else "; none is saved yet"
            raise NotThere(f"There is no mapping “{name}”{known}.")
        return saved[name]
