"""`casedesk backup`, `restore` and `doctor`: keeping a desk safe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, Invocation, invocation
from casedesk.cli.maintenance_documents import examination_document, restoration_document, restored_document
from casedesk.cli.output import complain, write, write_fields, write_json, write_table
from casedesk.cli.progress import ProgressLine
from casedesk.cli.selection import confirmed
from casedesk.domain.errors import InvalidInput, StoreUnavailable
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.desk.values import DeskContents, Examination, Finding, Restoration

app = Commands()

_NOTHING_LEFT = "Stopped; nothing was changed."


@app.command("backup")
def backup(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where the copy goes; in a folder it gets a dated name.")
    ],
    replace: Annotated[bool, typer.Option("--replace", help="Replace a file that is there already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Copy the desk, also while it is in use. The copy is opened and checked before it counts."""
    with invocation(ctx).open() as desk, ProgressLine("", stopped=_NOTHING_LEFT) as line:
        made = desk.backup(file, replace=replace, progress=line.tell_step)
    if as_json:
        write_json({"file": made.path, "bytes": made.size, "tickets": made.tickets})
    else:
        write(visible_line(f"{made.path}: {_tickets(made.tickets)}, {made.size:,} bytes, checked"))


@app.command("restore")
def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check the backup and show it; change nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the desk's place. The desk that is there is kept beside it, under a dated name.

    The backup is checked, and brought to the present schema, before anything is touched. Nobody may have the desk
    open meanwhile.
    """
    from casedesk.desk import restoring

    run = invocation(ctx)
    for problem in run.preferences.problems:
        complain(problem)
    path, other = run.desk_path, run.preferences.user
    with ProgressLine("", stopped=_NOTHING_LEFT) as line:
        look = restoring.rehearse if dry_run else restoring.compare
        found = look(path, file, acting_as=other, progress=line.tell_step)
    if dry_run and as_json:
        write_json(restoration_document(found))
    elif not as_json:
        _write_restoration(found)
    if dry_run:
        return
    _ask(run, found, yes=yes)
    with ProgressLine("", stopped=_NOTHING_LEFT) as line:
        done = restoring.restore(path, file, acting_as=other, clock=run.clock, progress=line.tell_step)
    if as_json:
        write_json(restored_document(done))
        return
    kept = "" if done.kept is None else f" What was there is kept in {done.kept}."
    write(visible_line(f"{done.path} is restored, with {_tickets(done.contents.tickets)}.{kept}"))


@app.command("doctor")
def doctor(
    ctx: typer.Context,
    mend: Annotated[
        bool, typer.Option("--mend", help="Mend what can be mended safely, after a backup beside the desk.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CHECK", help="Mend only what this check finds; may repeat.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look the desk over. Its file, schema, search, settings, records, timers, and your own configuration.

    Nothing is changed without --mend. Ends with 1 when something is wrong, with 5 when the file is damaged.
    """
    from casedesk.desk.doctor import examine

    run = invocation(ctx)
    if only and not mend:
        raise InvalidInput("--only goes with --mend.")
    done: tuple[str, ...] = ()
    copied = None
    with ProgressLine("", stopped="Stopped.") as line:
        if mend:
            with run.open() as desk:
                mended = desk.maintenance.mend(only, preferences=run.preferences, progress=line.tell_step)
            examination, done, copied = mended.examination, mended.done, mended.backup
        else:
            now = int(run.clock())
            examination = examine(run.desk_path, now=now, preferences=run.preferences, progress=line.tell_step)
    if as_json:
        mending = {"mended": list(done), "backup": copied} if mend else {}
        write_json(examination_document(examination) | mending)
    else:
        write_fields((check.name, check.text) for check in examination.checks)
        _write_mended(done, copied)
    _complain_of(examination)
    if examination.damaged:
        raise StoreUnavailable(f"{examination.path} is damaged; `casedesk restore` puts a backup in its place.")
    if not examination.sound:
        raise typer.Exit(1)


def _ask(run: Invocation, found: Restoration, *, yes: bool) -> None:
    """Ask where a desk is there already. Raises typer.Exit when the answer is no."""
    if yes or (found.present is None and not found.fault):
        return
    if not run.asks():
        raise InvalidInput(f"There is a desk at {found.path} – give --yes to put the backup in its place.")
    if not confirmed("Put the backup in its place? What is there is kept beside it. [y/N] "):
        complain("Nothing was changed.")
        raise typer.Exit


def _write_restoration(found: Restoration) -> None:
    there = found.present
    header = ["", "backup", *(["there now"] if there else [])]
    columns = [_told(found.backup), *([_told(there)] if there else [])]
    write_table(header, [[name, *(column[name] for column in columns)] for name in columns[0]])
    if found.fault:
        complain(found.fault)
    elif there is None:
        write(visible_line(f"There is no desk at {found.path} yet."))


def _told(held: DeskContents) -> dict[str, str]:
    return {
        "file": Path(held.path).name,
        "name": held.name,
        "tickets": f"{held.tickets:,}",
        "responses": f"{held.responses:,}",
        "contacts": f"{held.contacts:,}",
        "last act": f"{held.last_by}: {held.last_act}" if held.last_at else "none",
        "at": "" if held.last_at is None else f"{held.last_at:%Y-%m-%d %H:%M} UTC",
        "schema": str(held.schema),
    }


def _write_mended(done: tuple[str, ...], copied: str | None) -> None:
    if copied is None:
        return
    write()
    for sentence in done:
        write(visible_line(f"mended  {sentence}"))
    write(visible_line(f"backup  {copied}"))


def _complain_of(examination: Examination) -> None:
    for check in examination.checks:
        for finding in check.findings:
            records = "" if len(finding.records) < 2 else f" ({_listed(finding)})"
            way_out = "--mend mends it." if finding.mendable else finding.way_out
            complain(f"{check.name}: {finding.sentence}{records} {way_out}".rstrip())


def _listed(finding: Finding) -> str:
    more = finding.count - len(finding.records)
    return ", ".join(map(str, finding.records)) + (f" and {more:,} more" if more > 0 else "")


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count:,} tickets"
