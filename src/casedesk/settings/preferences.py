"""What the user prefers: command line over environment over the configuration file over the defaults.

What the program remembers by itself (the theme last chosen) lies in a file of its own, under the configuration file.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from casedesk.settings.schema import BY_NAME, DEFAULT_THEME, DENSITIES, KEYS
from casedesk.settings.sources import COMMAND_LINE, ENVIRONMENT, FILE, Sources, read_sources, remembered
from casedesk.settings.toml_file import SettingsError, TomlFile


@dataclass(frozen=True)
class Preferences:
    """The preferences as they hold (`schema.py` says what each does). `problems` are sentences about what could not
    be used, for the user to see."""

    desk: str | None = None
    user: str | None = None
    theme: str = DEFAULT_THEME
    density: str = DENSITIES[0]
    plain: bool = False
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # action id → keys
    related_hidden: tuple[str, ...] = ()
    file: Path | None = None  # the user's configuration file, which needn't be there
    themes_folder: Path | None = None  # the user's own themes
    remembered_in: Path | None = None  # where the program keeps what it remembers
    set_in_file: frozenset[str] = frozenset()
    overridden: Mapping[str, str] = field(default_factory=dict)  # name → the option or variable that goes over the file
    problems: tuple[str, ...] = ()


def load(
    config: str | Path | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    state: Path | None = None,
    **given: Any,
) -> Preferences:
    """The preferences from every source. `given` are the command line's own (None: not given).

    A mistake in the file never stops the program: what is wrong is left out and told in `problems`, and so is a file
    that was named and isn't there.
    """
    return of_sources(read_sources(config, environment, state, given))


def of_sources(sources: Sources) -> Preferences:
    """The preferences as the sources have them, the strongest first."""
    values: dict[str, Any] = {}
    overridden: dict[str, str] = {}
    in_file: frozenset[str] = frozenset()
    for source in reversed(sources.ordered):
        values |= source.values
        if source.name == FILE:
            in_file = frozenset(source.values)
        elif source.name in (COMMAND_LINE, ENVIRONMENT):
            overridden |= {name: source.place(name) for name in source.values}
    return Preferences(
        **values,
        file=sources.file,
        themes_folder=sources.file.parent / "themes",
        remembered_in=sources.state,
        set_in_file=in_file,
        overridden=overridden,
        problems=sources.problems,
    )


def with_value(preferences: Preferences, name: str, value: Any) -> Preferences:
    """The preferences with one of them as the configuration file now has it; None: it is no longer in there.

    `name` is the preference's, or `keys.` and an action's id. What the command line or the environment says stays.
    """
    if name.startswith(f"{KEYS}."):
        action = name.partition(".")[2]
        keys = {each: wanted for each, wanted in preferences.keys.items() if each != action}
        return replace(preferences, keys=keys if value is None else {**keys, action: tuple(value)})
    in_file = preferences.set_in_file - {name} if value is None else preferences.set_in_file | {name}
    preferences = replace(preferences, set_in_file=in_file)
    if name in preferences.overridden or name not in BY_NAME:
        return preferences
    if value is None:
        value = remembered(preferences.remembered_in).values.get(name, BY_NAME[name].default)
    return replace(preferences, **{name: value})


def remember(preferences: Preferences, **chosen: str | tuple[str, ...]) -> Preferences:
    """Keep what the user chose in the program for the next start, and what is kept already.

    Written whole or not at all, so that a program started meanwhile reads the one or the other; failing is no error.
    """
    changed = replace(preferences, **chosen)  # type: ignore[arg-type]  # texts, and lists of texts, as they are named
    if changed.remembered_in is not None:
        with suppress(OSError):
            _write(changed.remembered_in, chosen)
    return changed


def _write(state: Path, chosen: Mapping[str, str | tuple[str, ...]]) -> None:
    """Put these into the file; every other line of it stays."""
    from casedesk.settings.toml_values import inline
    from casedesk.settings.writing import write_whole

    kept = [line for line in _lines(state) if line.partition("=")[0].strip() not in chosen]
    lines = [f"{name} = {inline(value)}" for name, value in chosen.items()]
    write_whole(state, "\n".join([*lines, *kept, ""]))


def _lines(state: Path) -> list[str]:
    """The lines of the file; none when it isn't there or is damaged."""
    try:
        return TomlFile(state).text.splitlines() if state.exists() else []
    except SettingsError:
        return []
