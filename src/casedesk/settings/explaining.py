"""Why a preference is what it is: what every source says, and which of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casedesk.domain.errors import NotFound
from casedesk.settings.schema import BY_NAME, KEYS, PREFERENCES, Preference
from casedesk.settings.sources import DEFAULT, FILE, Source, Sources


@dataclass(frozen=True, slots=True)
class Said:
    """What one source says. `place` is where it stands: `--desk`, `CASEDESK_THEME`, `FILE, line 3`; empty for the
    default. One with a `mistake` is passed over."""

    source: str
    place: str
    value: Any = None
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A preference as it holds. `name` is its own, or `keys.` and an action's id; `said` has the strongest first."""

    name: str
    title: str
    summary: str
    value: Any
    holding: Said  # the source whose word counts
    said: tuple[Said, ...]
    preference: Preference


@dataclass(frozen=True, slots=True)
class ActionKeys:
    """An action's keys by default and as they hold, and what is wrong with those that the user set."""

    title: str
    summary: str
    default: tuple[str, ...]
    held: tuple[str, ...]
    mistakes: tuple[str, ...] = ()


def explain_all(sources: Sources, actions: Mapping[str, ActionKeys]) -> list[Explanation]:
    """Every preference, and the keys of every action that the configuration file gives some. `actions`: all, by id."""
    found = [_of_preference(sources, each) for each in PREFERENCES if each.name != KEYS]
    in_file = next(source for source in sources.ordered if source.name == FILE)
    own = [f"{KEYS}.{action}" for action in in_file.values.get(KEYS, {})]
    wrong = [name for name in in_file.mistakes if name.startswith(f"{KEYS}.")]
    return found + [_of_keys(sources, name, actions) for name in dict.fromkeys([*own, *wrong])]


def explain(sources: Sources, name: str, actions: Mapping[str, ActionKeys]) -> Explanation:
    """One preference, or the keys of one action as `keys.ACTION`. Raises NotFound, with the nearest name."""
    action = name.removeprefix(f"{KEYS}.")
    if name in BY_NAME and name != KEYS:
        return _of_preference(sources, BY_NAME[name])
    if action != name and action in actions:
        return _of_keys(sources, name, actions)
    from difflib import get_close_matches

    known = [each for each in BY_NAME if each != KEYS] + [f"{KEYS}.{each}" for each in actions]
    near = get_close_matches(name, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(BY_NAME)}.ACTION."
    raise NotFound(f"There is no preference {name}; {hint}")


def _of_preference(sources: Sources, preference: Preference) -> Explanation:
    said = [each for source in sources.ordered if (each := _said(source, preference.name)) is not None]
    said.append(Said(DEFAULT, "", preference.default))
    holding = next(each for each in said if not each.mistake)
    title, summary = preference.title, preference.summary
    return Explanation(preference.name, title, summary, holding.value, holding, tuple(said), preference)


def _of_keys(sources: Sources, name: str, actions: Mapping[str, ActionKeys]) -> Explanation:
    action = name.partition(".")[2]
    known = actions.get(action, ActionKeys(action, "There is no such action.", (), ()))
    default = Said(DEFAULT, "", known.default)
    file = next(source for source in sources.ordered if source.name == FILE)
    wrong = " ".join([*([file.mistakes[name]] if name in file.mistakes else ()), *known.mistakes])
    keys = file.values.get(KEYS, {}).get(action)
    if keys is None and not wrong:
        return Explanation(name, known.title, known.summary, known.held, default, (default,), BY_NAME[KEYS])
    in_file = Said(FILE, file.place(name), keys, wrong)
    holding = in_file if keys is not None and (known.held != known.default or not wrong) else default
    return Explanation(name, known.title, known.summary, known.held, holding, (in_file, default), BY_NAME[KEYS])


def _said(source: Source, name: str) -> Said | None:
    if name in source.mistakes:
        return Said(source.name, source.place(name), mistake=source.mistakes[name])
    if name in source.values:
        return Said(source.name, source.place(name), source.values[name])
    return None
