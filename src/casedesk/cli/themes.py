"""`casedesk themes list|check|new`: the themes there are, and making one of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import complain, write, write_json, write_table
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.settings.themes import Theme

app = Commands(help="List the themes, check a theme's file, and begin one of your own.")


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the themes, yours and the shipped ones."""
    from casedesk.settings.preferences import of_sources
    from casedesk.settings.themes import ThemeShelf

    preferences = of_sources(invocation(ctx).sources())
    themes, problems = ThemeShelf(preferences.themes_folder).all()
    if as_json:
        write_json(
            [
                {"name": each.name, "title": each.title, "dark": each.dark, "own": each.own,
                 "present": each.name == preferences.theme, "colours": dict(each.colours)}
                for each in themes
            ]
        )  # fmt: skip
    else:
        rows = [
            (each.name, each.title, "dark" if each.dark else "light", "yours" if each.own else "shipped",
             "present" if each.name == preferences.theme else "")
            for each in themes
        ]  # fmt: skip
        write_table(("name", "title", "kind", "whose", ""), rows)
    for problem in problems:
        complain(problem)


@app.command("check")
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A theme's file, such as mine.toml.")],
    as_json: AsJson = False,
) -> None:
    """Say what is wrong in a theme's file, each mistake with its line, and what would be hard to read."""
    from casedesk.settings.contrast import too_faint
    from casedesk.settings.preferences import of_sources
    from casedesk.settings.themes import ThemeMistakes, ThemeShelf
    from casedesk.settings.toml_file import SettingsError

    theme: Theme | None = None
    mistakes: tuple[str, ...] = ()
    try:
        theme = ThemeShelf(of_sources(invocation(ctx).sources()).themes_folder).check(file)
    except ThemeMistakes as error:
        mistakes = error.mistakes
    except SettingsError as error:
        mistakes = (error.sentence,)
    faint = list(too_faint(theme.colours)) if theme else []
    if as_json:
        found = [{"colour": ink, "on": ground, "contrast": round(ratio, 2)} for ink, ground, ratio in faint]
        write_json({"file": str(file), "mistakes": list(mistakes), "faint": found})
    elif theme is not None:
        write(f"{visible_line(str(file))} has no mistake.")
        for ink, ground, ratio in faint:
            write(f"  {ink} is hard to read on {ground}: contrast {ratio:.1f}, 4.5 is enough.")
    else:
        for sentence in mistakes:
            complain(sentence)
    if mistakes:
        raise typer.Exit(2)


@app.command("new")
def new(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Small letters, digits and hyphens.")],
    base: Annotated[str, typer.Option("--base", metavar="THEME", help="The theme to begin with.")] = "dark",
    as_json: AsJson = False,
) -> None:
    """Begin a theme of your own: a file with every colour explained. The program takes on what you save in it."""
    from casedesk.settings.preferences import of_sources
    from casedesk.settings.themes import begin_theme

    folder = of_sources(invocation(ctx).sources()).themes_folder
    assert folder is not None  # it lies beside the configuration file, which always has a place
    path = begin_theme(folder, name, base)
    if as_json:
        write_json({"name": name, "file": str(path), "base": base})
    else:
        write(f"{visible_line(str(path))} has every colour of {base}; change them there.")
        write(f"`casedesk preferences set theme {name}` chooses it.")
