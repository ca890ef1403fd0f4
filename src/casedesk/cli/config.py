"""`casedesk config show|get|set|export|import`: the desk's settings, and its whole set-up as a file (X14)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.config_explain import explain
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import complain, write, write_fields, write_json
from casedesk.cli.selection import confirmed
from casedesk.cli.service_levels import recomputed
from casedesk.domain.errors import InvalidInput, NotFound
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.cli.invocation import Invocation
    from casedesk.desk.values import SetUpDifference

app = Commands(help="Show and change the desk's settings; write its whole set-up to a file, and take one in.")

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
    _refuse_preference(key, "show")
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
    _refuse_preference(key, f"set {key} VALUE")
    with invocation(ctx).open() as desk:
        outcome = desk.setup.set_setting(key, value)
        recomputed(desk)
    report(outcome, as_json=as_json)


app.command("explain")(explain)


def _refuse_preference(key: str, command: str) -> None:
    """Raise InvalidInput for what is the user's own, with the command that is for it."""
    from casedesk.settings.schema import BY_NAME

    if key.partition(".")[0] in BY_NAME:
        sentence = f"{key} is a preference of yours, not a setting of the desk; use `casedesk preferences {command}`."
        raise InvalidInput(sentence)


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where it goes; - is standard output.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a file that is there already and is no set-up.")
    ] = False,
) -> None:
    """Write the desk's whole set-up as one TOML file.

    Settings, lists, calendars, policies, plans, rules, people, views and more.

    The same set-up is always the same file. Personal macros and views, tickets and responses are no part of it.
    """
    from casedesk.desk.set_up.file import is_set_up, write_file

    with invocation(ctx).open() as desk:
        text = desk.set_up.export()
        name, own = desk.name, desk.path
    if file == "-":
        sys.stdout.write(text)
        return
    path = Path(file).expanduser()
    if not replace and path.exists() and not path.samefile(own) and not is_set_up(path):
        raise InvalidInput(f"{path} is there already and is no set-up; --replace replaces it.")
    write_file(path, text, desk=own)
    complain(f"The set-up of “{name}” is in {path}.")


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `config export` wrote; - is standard input.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Change it without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make the desk's set-up that of a file. What would change is shown first; `undo` takes it back as a whole.

    A table that is in the file is the whole truth about its kind: what is missing there is removed, or retired where
    something still uses it. A kind that isn't in the file is left as it is. With a mistake in it nothing is changed.
    """
    from casedesk.cli.set_up_text import difference_document, tell_mistakes, write_difference
    from casedesk.desk.set_up import SetUpMistakes

    run = invocation(ctx)
    act: int | None = None
    with run.open() as desk:
        try:
            text = _text_of(file)
            difference = desk.set_up.difference(text)
            if not as_json:
                write_difference(difference)
            if difference.changes and not dry_run and _agreed(run, difference, yes=yes, from_input=file == "-"):
                act = desk.set_up.apply(text, seen=difference).act_id
                recomputed(desk)
        except SetUpMistakes as error:
            tell_mistakes("standard input" if file == "-" else file, error.mistakes, as_json=as_json)
            raise typer.Exit(2) from error
    if as_json:
        write_json(difference_document(difference, act=act))
    for note in difference.notes:
        complain(note)
    if not difference.changes:
        complain("The desk is set up so already; nothing was changed.")
    elif act is not None:
        complain(f"Applied as act {act}; `casedesk undo {act}` takes it back.")
    else:
        complain("Nothing was changed.")


def _agreed(run: Invocation, difference: SetUpDifference, *, yes: bool, from_input: bool) -> bool:
    """Whether the difference is to be applied. Raises InvalidInput where nobody can be asked."""
    from casedesk.desk.set_up import said

    if yes:
        return True
    if from_input or not run.asks():
        raise InvalidInput(f"{said(difference)} – give --yes to apply it.")
    return confirmed(f"{said(difference)}. Apply it? [y/N] ")


def _text_of(file: str) -> str:
    """The text of a file or of standard input, no more of it than a set-up has.

    Raises NotFound, InvalidInput and OSError.
    """
    from casedesk.desk.set_up import LARGEST
    from casedesk.desk.set_up.file import read_file, text_in

    if file == "-":
        return text_in(sys.stdin.buffer.read(LARGEST + 1), file)
    try:
        return read_file(Path(file).expanduser())
    except FileNotFoundError:
        raise NotFound(f"There is no file {file}.") from None
