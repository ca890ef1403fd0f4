"""`casedesk config show|get|set`: the desk's settings."""

from __future__ import annotations

from typing import Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_fields, write_json
from casedesk.cli.service_levels import recomputed
from casedesk.domain.errors import NotFound
from casedesk.domain.text_safety import visible_line

app = Commands(help="Show and change the desk's settings.")

Key = Annotated[str, typer.Argument(metavar="KEY", help="A setting, such as name or zone.")]


@app.command("show")
def show(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show all settings."""
    with invocation(ctx).open() as desk:
        settings = desk.setup.settings()
    if as_json:
        write_json(settings)
    else:
        write_fields(settings.items())


@app.command("get")
def get(ctx: typer.Context, key: Key, as_json: AsJson = False) -> None:
    """Print one setting."""
    with invocation(ctx).open() as desk:
        settings = desk.setup.settings()
    if key not in settings:
        raise NotFound(f"There is no setting {key}; there is {', '.join(settings)}.")
    if as_json:
        write_json(settings[key])
    else:
        write(visible_line(str(settings[key])))


@app.command("set")
def set_(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its new value.")],
    as_json: AsJson = False,
) -> None:
    """Change one setting. `undo` takes it back."""
    with invocation(ctx).open() as desk:
        outcome = desk.setup.set_setting(key, value)
        recomputed(desk)
    report(outcome, as_json=as_json)
