"""`casedesk config explain`: every preference with its value, where that came from, and what the other sources say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_json
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.settings.explaining import ActionKeys, Explanation, Said
    from casedesk.settings.sources import Sources

Key = Annotated[
    str | None, typer.Argument(metavar="KEY", help="A preference, such as theme or keys.ticket.note; none: all.")
]


def explain(ctx: typer.Context, key: Key = None, as_json: AsJson = False) -> None:
    """Show your preferences and where each comes from.

    What is wrong in your configuration file is said, too.

    The order is command line, environment, configuration file, what the program remembers, default.
    """
    from casedesk.settings import explaining

    sources = invocation(ctx).sources()
    actions = action_keys(sources)
    if key is not None:
        found = explaining.explain(sources, key, actions)
        if as_json:
            write_json(_document(found))
        else:
            _write(found)
        return
    everything = explaining.explain_all(sources, actions)
    mistakes = [*sources.problems, *_key_mistakes(sources, actions)]
    if as_json:
        write_json(
            {
                "file": str(sources.file),
                "remembered": str(sources.state),
                "preferences": [_document(each) for each in everything],
                "mistakes": mistakes,
            }
        )
        return
    write(f"Configuration file  {visible_line(str(sources.file))}{'' if sources.file.exists() else ' (not there)'}")
    for each in everything:
        write()
        _write(each)
    if mistakes:
        write()
        write("Mistakes")
    for sentence in mistakes:
        write(f"  {visible_line(sentence)}")


def action_keys(sources: Sources) -> dict[str, ActionKeys]:
    """Every action with its keys, and what is wrong with those of the configuration file."""
    from casedesk.settings.explaining import ActionKeys
    from casedesk.settings.preferences import of_sources
    from casedesk.tui.keys import bound_actions, resolve

    keymap = resolve(of_sources(sources).keys)
    wrong: dict[str, list[str]] = {}
    for mistake in keymap.mistakes:
        wrong.setdefault(mistake.action_id, []).append(mistake.sentence)
    found = {
        each.action.id: ActionKeys(
            each.action.title, each.action.summary, each.default, each.keys, tuple(wrong.pop(each.action.id, ()))
        )
        for each in bound_actions(keymap)
    }
    unknown = {name: ActionKeys(name, "There is no such action.", (), (), tuple(said)) for name, said in wrong.items()}
    return found | unknown


def _key_mistakes(sources: Sources, actions: dict[str, ActionKeys]) -> list[str]:
    """What is wrong with the keys of the configuration file, each with its line."""
    from casedesk.settings.sources import FILE

    file = next(source for source in sources.ordered if source.name == FILE)
    return [f"{file.place(f'keys.{name}')}: {sentence}" for name, keys in actions.items() for sentence in keys.mistakes]


def _write(found: Explanation) -> None:
    write(f"{found.name}  {said_value(found.value)}")
    write(f"  {found.title}. {found.summary}")
    write(f"  from {_place(found.holding)}")
    for said in found.said:
        if said.mistake and said is not found.holding:
            write(f"  passed over: {visible_line(said.mistake)}")
        elif said is not found.holding:
            write(f"  {_place(said)} says {said_value(said.value)}")
    if found.preference.variable:
        write(f"  set by {found.preference.variable} in the environment, or in the configuration file")


def said_value(value: Any) -> str:
    """A preference's value in a line of text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return visible_line(" ".join(value)) or "none"
    return "none" if value is None else visible_line(str(value))


def _place(said: Said) -> str:
    return f"{said.source} {visible_line(said.place)}".rstrip()


def _document(found: Explanation) -> dict[str, Any]:
    return {
        "preference": found.name,
        "value": found.value,
        "source": found.holding.source,
        "place": found.holding.place or None,
        "title": found.title,
        "summary": found.summary,
        "allowed": list(found.preference.choices) or None,
        "variable": found.preference.variable or None,
        "said": [
            {
                "source": said.source,
                "place": said.place or None,
                "value": said.value,
                "mistake": said.mistake or None,
            }
            for said in found.said
        ],
    }
