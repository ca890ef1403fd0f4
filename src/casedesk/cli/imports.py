"""`casedesk import`: survey exports, contacts and tickets from files (behaviour 7)."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from casedesk.cli.documents import import_document
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import complain, write, write_fields, write_json, write_table
from casedesk.cli.progress import ProgressLine
from casedesk.domain.errors import NotFound, NotThere
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ImportSummary
    from casedesk.intake import Source
    from casedesk.intake.mapping import Mapping

app = Commands()

SHOWN = 10
"""Rejects, contradictions and changes that are told one by one; --json has them all."""


_PIPED = "standard input"


Kind = Literal["responses", "contacts", "tickets"]


@app.command("import")
def import_file(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV, TSV, JSON, JSON Lines or Excel; - is standard input.")
    ],
    kind: Annotated[
        Kind | None,
        typer.Option("--as", metavar="KIND", help="responses, contacts or tickets.  [default: what it looks like]"),
    ] = None,
    campaign: Annotated[
        str | None,
        typer.Option("--campaign", metavar="NAME", help="The responses' campaign.  [default: the file's name]"),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="NAME", help="Where rows with an id of their own come from.")
    ] = None,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping", metavar="NAME|FILE", help="How the columns are read: a saved mapping, or a TOML file."
        ),
    ] = None,
    save_mapping: Annotated[
        str | None, typer.Option("--save-mapping", metavar="NAME", help="Keep the mapping that is used by this name.")
    ] = None,
    sheet: Annotated[
        str, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.  [default: the first with a table]")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing, count exactly the same, and show the mapping.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask when the columns had to be guessed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import survey responses, contacts or tickets from a file.

    Running it again changes nothing. Bad rows are rejected with their reason, the good ones kept. The columns of an
    unknown table are guessed: they are shown, and on a terminal you are asked before anything is stored.
    """
    piped = file == "-"
    this = invocation(ctx)
    with this.open() as desk, _as_path(file) as path, ProgressLine("rows") as line:
        used = _mapping(desk, mapping)
        with desk.imports.propose(path, kind=kind, mapping=used, name=_PIPED if piped else "", sheet=sheet) as proposed:
            guessed = used is None and not proposed.certain
            asks = guessed and this.asks() and not (dry_run or yes or as_json or piped)
            if asks or (dry_run and not as_json):
                _show_mapping(proposed)
            if asks:
                typer.confirm("Import it so?", default=True, abort=True, err=True)
            if save_mapping and not dry_run:
                desk.imports.save_mapping(save_mapping, proposed.mapping)
        try:
            summary = desk.imports.run(
                path,
                kind=kind,
                campaign=campaign,
                source=source,
                mapping=used,
                name=_PIPED if piped else "",
                sheet=sheet,
                dry_run=dry_run,
                rejects_file=Path("standard-input.rejects.csv") if piped else None,
                progress=line.tell_bytes,
            )
        except KeyboardInterrupt:
            if not dry_run:
                complain("Stopped; importing the file again takes the rest.")
            raise
    if as_json:
        write_json(import_document(summary))
    else:
        _write_summary(summary)
    if summary.rejected:
        raise typer.Exit(1)


@contextmanager
def _as_path(file: str) -> Iterator[Path]:
    """The file; standard input is first written to one, for a table is read twice: to know it, and to take it."""
    if file != "-":
        path = Path(file).expanduser()
        if not path.exists():
            raise NotFound(f"There is no file {path}.")
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="casedesk-") as folder:
        path = Path(folder) / "standard-input"
        with path.open("wb") as spooled:
            shutil.copyfileobj(sys.stdin.buffer, spooled)
        yield path


def _mapping(desk: Desk, named: str | None) -> Mapping | None:
    if named is None:
        return None
    saved = desk.imports.mappings()
    if named in saved:
        return saved[named]
    path = Path(named).expanduser()
    if not path.is_file():
        known = f"there is {', '.join(saved)}" if saved else "none is saved yet"
        raise NotThere(f"There is no mapping “{named}”, by name ({known}) or as a file.")
    from casedesk.intake.mapping import Mapping
    from casedesk.settings.toml_file import TomlFile

    return Mapping.from_dict(TomlFile(path).values)


def _show_mapping(proposed: Source) -> None:
    write(visible_line(proposed.description))
    rows = []
    for place, column in enumerate(proposed.columns):
        cells = (row[place] for row in proposed.sample_rows if place < len(row) and row[place])
        rows.append((column.header, _becomes(column.target, proposed.kind), next(cells, "")[:200]))
    write_table(("column", "becomes", "for example"), rows, flexible=2)
    write()


def _becomes(target: str, kind: str) -> str:
    """A column's target in words; answers and variables as a query names them."""
    what, _, name = target.partition(":")
    if what in ("answer", "variable"):
        return f"{'answer' if what == 'answer' else 'contact'}.{name}"
    if not target:
        return {"responses": "an answer", "contacts": "a variable of the contact", "tickets": "a field"}[kind]
    words = f"{what} ({name})" if name else what.replace("person.", "contact's ").replace("_", " ")
    return "nothing" if target == "ignore" else words


def _write_summary(summary: ImportSummary) -> None:
    rows = "1 row" if summary.rows == 1 else f"{summary.rows:,} rows"
    new = "would be new" if summary.dry_run else "new"
    write(
        f"{rows}: {summary.imported:,} {new}, {summary.updated:,} updated, {summary.unchanged:,} unchanged,"
        f" {summary.rejected:,} rejected"
    )
    write_fields(
        [
            ("contacts made", summary.contacts_created),
            ("tickets opened", summary.tickets_opened),
            ("campaign", summary.campaign),
            ("source", summary.source),
            ("read as", f"{summary.kind}, {summary.mapping}"),
            ("rejects file", summary.rejects_file),
            *((name, text) for name, text in summary.notes.items() if name != "format"),
        ]
    )
    _write_lines("Updated", summary.changes)
    _write_lines("Contradictions, not merged", summary.contradictions)
    sys.stdout.flush()
    for line, reason in summary.rejects[:SHOWN]:
        complain(f"line {line}: {reason}")
    if summary.rejected > SHOWN:
        complain(f"{summary.rejected - SHOWN:,} more rows were rejected.")


def _write_lines(title: str, lines: tuple[tuple[int, str], ...]) -> None:
    if not lines:
        return
    write(title)
    for line, text in lines[:SHOWN]:
        write("  " + visible_line(f"line {line}: {text}"))
    if len(lines) > SHOWN:
        write(f"  and {len(lines) - SHOWN:,} more")
