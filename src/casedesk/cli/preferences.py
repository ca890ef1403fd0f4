"""`casedesk preferences show|set|unset|keys`: what is the user's own and holds on every desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.config_explain import said_value
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import complain, write, write_fields, write_json, write_table
from casedesk.domain.errors import InvalidInput
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.settings.changing import Change
    from casedesk.settings.preferences import Preferences

app = Commands(
    help="Show and change what you prefer, on every desk: in your configuration file."
    " `casedesk config explain` shows where each comes from."
)

Key = Annotated[str, typer.Argument(metavar="KEY", help="A preference, such as theme; or keys.ACTION.")]


@app.command("show")
def show(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show your preferences as they hold."""
    preferences = _preferences(ctx)
    from casedesk.settings.schema import KEYS, PREFERENCES

    values = {each.name: getattr(preferences, each.name) for each in PREFERENCES if each.name != KEYS}
    if as_json:
        write_json({**values, KEYS: {action: list(keys) for action, keys in preferences.keys.items()}})
        return
    own = {f"{KEYS}.{action}": keys for action, keys in preferences.keys.items()}
    write_fields((name, said_value(value)) for name, value in {**values, **own}.items())


@app.command("set")
def set_(
    ctx: typer.Context,
    key: Key,
    values: Annotated[list[str], typer.Argument(metavar="VALUE…", help="Its value; for an action its keys, or none.")],
    take: Annotated[bool, typer.Option("--take", help="Take keys away from the actions that have them now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Set a preference in your configuration file; every other line of it stays."""
    preferences = _preferences(ctx)
    _report(*_changed(preferences, _wanted(preferences, key, values, take)), as_json=as_json)


@app.command("unset")
def unset(ctx: typer.Context, key: Key, as_json: AsJson = False) -> None:
    """Take a preference out of your configuration file."""
    _report(*_changed(_preferences(ctx), {key: None}), as_json=as_json)


@app.command("keys")
def keys(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show every action with its keys, yours and the default ones."""
    from casedesk.tui.keyboard import key_name
    from casedesk.tui.keys import bound_actions, resolve

    keymap = resolve(_preferences(ctx).keys)
    bound = bound_actions(keymap)
    if as_json:
        write_json(
            [
                {"action": each.action.id, "title": each.action.title, "group": each.action.group,
                 "keys": list(each.keys), "default": list(each.default), "own": each.own}
                for each in bound
            ]
        )  # fmt: skip
    else:
        write_table(
            ("action", "keys", "default", "what it does"),
            [
                (each.action.id, " ".join(map(key_name, each.keys)),
                 " ".join(map(key_name, each.default)) if each.own else "", each.action.summary)
                for each in bound
            ],
            flexible=3,
        )  # fmt: skip
    for problem in keymap.problems:
        complain(problem)


def _preferences(ctx: typer.Context) -> Preferences:
    from casedesk.settings.preferences import of_sources

    return of_sources(invocation(ctx).sources())


def _wanted(preferences: Preferences, key: str, values: list[str], take: bool) -> dict[str, Any]:
    """What to write for the words of the command line. Raises InvalidInput."""
    from casedesk.settings.schema import BY_NAME, KEYS

    if key.startswith(f"{KEYS}."):
        from casedesk.tui.keys import rebound, resolve

        wanted = [] if values == ["none"] else values
        changed = rebound(resolve(preferences.keys), key.partition(".")[2], wanted, take=take)
        return {f"{KEYS}.{action}": each for action, each in changed.items()}
    if len(values) > 1:
        raise InvalidInput(f"{key} has one value.")
    return {key: BY_NAME[key].read(values[0]) if key in BY_NAME and key != KEYS else values[0]}


def _changed(preferences: Preferences, wanted: dict[str, Any]) -> tuple[Preferences, list[Change]]:
    from casedesk.settings.changing import change_all

    return change_all(preferences, wanted)


def _report(preferences: Preferences, changes: list[Change], *, as_json: bool) -> None:
    notes = [
        f"{preferences.overridden[change.name]} sets the {change.name}, and goes over the configuration file."
        for change in changes
        if change.name in preferences.overridden
    ]
    if as_json:
        documents = [
            {"preference": each.name, "before": each.before, "after": each.after, "file": str(each.file)}
            for each in changes
        ]
        write_json({"changed": documents, "notes": notes})
        return
    for each in changes:
        what = "is no longer set" if each.after is None else f"is {said_value(each.after)} now,"
        write(f"{each.name} {what} in {visible_line(str(each.file))}.")
    for note in notes:
        complain(note)
