"""`casedesk` by itself, `demo` and `init`: making a desk and opening the interface."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, Invocation, invocation
from casedesk.cli.output import complain, write, write_json
from casedesk.cli.progress import ProgressLine
from casedesk.domain.errors import InvalidInput, StoreUnavailable
from casedesk.domain.text_safety import visible_line

app = Commands()


def open_interface(run: Invocation) -> None:
    """Open the desk on the terminal; without a desk, offer the ways to come by one."""
    path = run.desk_path
    if not path.exists() and not _at_terminal():
        raise StoreUnavailable(f"There is no desk at {path}: `casedesk init` makes one, `casedesk demo` shows one.")
    _need_terminal("`casedesk --help` lists the commands")
    if path.exists():
        _show(run, path)
        return
    from casedesk.tui.screens.first_run import run_first_run

    run_first_run(path, run.preferences, clock=run.clock)


@app.command("demo")
def demo(
    ctx: typer.Context,
    path: Annotated[
        Path | None, typer.Option("--path", metavar="FILE", help="Keep the desk in this file.", show_default=False)
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Only make the desk and print where it is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a desk from the sample data and open it. It is thrown away afterwards unless --path keeps it."""
    run = invocation(ctx)
    if as_json and not no_open:
        raise InvalidInput("--json goes with --no-open.")
    if not no_open:
        _need_terminal("--no-open only makes the desk")
    if path is not None or no_open:
        kept = path.expanduser() if path else Path(tempfile.mkdtemp(prefix="casedesk-")) / "demo.desk"
        _make_demo(run, kept)
        if not no_open:
            _show(run, kept)
        elif as_json:
            write_json({"desk": str(kept)})
        else:
            write(visible_line(str(kept)))
        return
    with tempfile.TemporaryDirectory(prefix="casedesk-") as folder:
        passing = Path(folder) / "demo.desk"
        _make_demo(run, passing)
        _show(run, passing)


@app.command("init")
def init(
    ctx: typer.Context,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The desk's name.")] = "Case desk",
    zone: Annotated[
        str | None,
        typer.Option("--zone", metavar="ZONE", help="The IANA zone of its times.  [default: this machine's]"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a desk with you as its administrator. It has the usual lists and an example plan."""
    from casedesk.desk import Desk

    run = invocation(ctx)
    with Desk.create(run.desk_path, name=name, zone=zone, clock=run.clock) as desk:
        other = run.preferences.user
        if other is not None and other != desk.user.login:
            # Whoever starts as somebody else will go on as them, so they need a place at the desk as well.
            desk.team.add_user(other, role="administrator")
        administrators = [user.login for user in desk.team.users()]
        if as_json:
            made = {"desk": str(desk.path), "name": desk.name, "zone": desk.zone.key, "administrators": administrators}
            write_json(made)
        else:
            who = " and ".join(administrators)
            write(visible_line(f"Made {desk.path}: “{desk.name}”, {desk.zone.key}, administrator {who}."))


def _at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _need_terminal(otherwise: str) -> None:
    if not _at_terminal():
        raise InvalidInput(f"The interface needs a terminal; {otherwise}.")


def _make_demo(run: Invocation, path: Path) -> None:
    """Make the demo beside its place and move it there when it is whole."""
    from casedesk.desk.demo import make_demo

    if path.exists():
        raise StoreUnavailable(f"{path} exists already; it is left as it is.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".casedesk-", dir=path.parent) as folder, ProgressLine("steps") as line:
        made = Path(folder) / path.name
        make_demo(made, clock=run.clock, progress=line.tell)
        made.rename(path)


def _show(run: Invocation, path: Path) -> None:
    from casedesk.desk import Desk
    from casedesk.tui.launch import run as run_app

    with Desk.open(path, acting_as=run.preferences.user, clock=run.clock, told=complain) as desk:
        run_app(desk, run.preferences)
