"""Keys of one's own over those of the registry: what they mean, what clashes, and what may be changed.

The user's own win over the defaults, and it is said. No key means two things at the same moment, and what leads out
of a screen keeps a key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casedesk.domain.errors import InvalidInput
from casedesk.tui.actions import ACTIONS, BY_ID, UNBOUND, Action, meet
from casedesk.tui.keyboard import SWALLOWED, key_name, key_of, same_key

NEEDED: Final = frozenset(
    {"program.quit", "program.palette", "program.help", *(each.id for each in ACTIONS if "escape" in each.keys)}
)
"""The actions that lead out of where one is, or to all others; without a key nobody could get away."""

_AT_TICKETS: Final = frozenset({"triage", "list", "detail", "page", "mode", "app"})
"""The places where the keys of macros hold."""


@dataclass(frozen=True, slots=True)
class KeyMistake:
    """What is wrong with the user's own keys of an action."""

    action_id: str
    sentence: str


@dataclass(frozen=True, slots=True)
class KeyMap:
    """The keys as they hold: by action, and what was wrong with the user's own."""

    keys: Mapping[str, tuple[str, ...]]
    mistakes: tuple[KeyMistake, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What was wrong, in sentences."""
        return tuple(mistake.sentence for mistake in self.mistakes)

    def shown(self, action_id: str) -> str:
        """The action's first key as it is written on a keyboard, or nothing."""
        keys = self.keys.get(action_id, ())
        return key_name(keys[0]) if keys else ""

    def all_shown(self, action_id: str) -> str:
        """All keys of the action, as written on a keyboard."""
        return " ".join(key_name(key) for key in self.keys.get(action_id, ()))

    def changed(self) -> dict[str, str]:
        """The bindings that differ from the registry's, for `App.set_keymap`."""
        return {name: ",".join(keys) or UNBOUND for name, keys in self.keys.items() if keys != BY_ID[name].keys}


@dataclass(frozen=True, slots=True)
class Bound:
    """An action with its keys: those that hold, and those that it has by default."""

    action: Action
    keys: tuple[str, ...]
    default: tuple[str, ...]

    @property
    def own(self) -> bool:
        """Whether they differ from the default ones."""
        return self.keys != self.default

    @property
    def needed(self) -> bool:
        """Whether it has to keep a key."""
        return self.action.id in NEEDED


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that means something else at the same moment: an action, or a macro (`action_id` is empty then)."""

    key: str
    action_id: str
    meaning: str

    @property
    def sentence(self) -> str:
        """The clash in a sentence."""
        what = f"“{self.meaning}”" if self.action_id else f"the macro “{self.meaning}”"
        return f"{key_name(self.key)} means {what} already."


def bound_actions(keymap: KeyMap) -> tuple[Bound, ...]:
    """Every action with its keys, in the order of the registry."""
    return tuple(Bound(action, keymap.keys[action.id], action.keys) for action in ACTIONS)


def clashes(
    keymap: KeyMap, action_id: str, keys: Iterable[str], macros: Mapping[str, str] | None = None
) -> tuple[Clash, ...]:
    """What else these keys mean where the action can be asked for. `macros` are names by their keys."""
    wanted = [same_key(key) for key in keys]
    action = BY_ID[action_id]
    found = [
        Clash(key, other.id, other.title)
        for key in wanted
        for other in ACTIONS
        if other.id != action_id and meet(action, other) and key in map(same_key, keymap.keys[other.id])
    ]
    if _AT_TICKETS & set(action.where):
        by_key = {same_key(key): name for key, name in (macros or {}).items()}
        found += [Clash(key, "", by_key[key]) for key in wanted if key in by_key]
    return tuple(found)


def rebound(
    keymap: KeyMap,
    action_id: str,
    keys: Iterable[str],
    *,
    macros: Mapping[str, str] | None = None,
    take: bool = False,
) -> dict[str, tuple[str, ...] | None]:
    """What to write under `[keys]` so that the action has these keys: action id → keys, None for the default ones.

    An action may have several keys. Raises InvalidInput for one that a terminal doesn't pass on, one named twice, one
    that means another action or a macro at the same moment, and where the last key of an action would go that leads
    out of a screen. With `take`, keys are taken away from the other actions instead; never from a macro.
    """
    if action_id not in BY_ID:
        raise InvalidInput(f"There is no action {action_id!r} to give keys to.")
    wanted = tuple(key_of(key) for key in keys)
    if twice := [key for place, key in enumerate(wanted) if key in wanted[:place]]:
        raise InvalidInput(f"{key_name(twice[0])} is there twice.")
    found = clashes(keymap, action_id, wanted, macros)
    if refused := [clash for clash in found if not (take and clash.action_id)]:
        raise InvalidInput(" ".join(clash.sentence for clash in refused))
    changed = {action_id: wanted}
    for clash in found:
        held = changed.get(clash.action_id, keymap.keys[clash.action_id])
        changed[clash.action_id] = tuple(key for key in held if same_key(key) != clash.key)
    for name, left in changed.items():
        if name in NEEDED and not left:
            raise InvalidInput(f"“{BY_ID[name].title}” needs a key: without one there is no way out.")
    return {name: None if left == BY_ID[name].keys else left for name, left in changed.items()}


def check_macro_key(keymap: KeyMap, key: str) -> None:
    """Raise InvalidInput when the key means an action where tickets are worked on, or never arrives, so that it can't
    run a macro. Which keys a macro may have at all is for the desk to say."""
    pressed = same_key(key)
    if pressed in SWALLOWED:
        key_of(pressed)
    for name, keys in keymap.keys.items():
        if _AT_TICKETS & set(BY_ID[name].where) and pressed in map(same_key, keys):
            raise InvalidInput(f"{key_name(pressed)} means “{BY_ID[name].title}” already; choose another key.")


def resolve(overrides: Mapping[str, Iterable[str]]) -> KeyMap:
    """The keys with the user's own put in. Where two want one key in one place, the user's wins and it is said.

    `overrides` maps action ids to keys; an empty list takes the keys away, but not from what leads out of a screen.
    """
    own, mistakes = _own(overrides)
    kept: set[str] = set()
    while True:
        keys, said = _handed_out(own, kept)
        lost = {name for name in NEEDED if not keys[name]}
        if not lost:
            break
        kept |= lost  # what has its default keys goes first; those never clash with each other, so this ends
    said += [KeyMistake(name, f"{name} needs a key, so it keeps its own.") for name in own if name in kept]
    return KeyMap(keys, (*mistakes, *said))


def _own(overrides: Mapping[str, Iterable[str]]) -> tuple[dict[str, tuple[str, ...]], list[KeyMistake]]:
    """The user's keys that can be used, by action; and what is wrong with the others."""
    own: dict[str, tuple[str, ...]] = {}
    mistakes: list[KeyMistake] = []
    for name, wanted in overrides.items():
        if name not in BY_ID:
            mistakes.append(KeyMistake(name, f"There is no action {name!r} to give keys to{_nearest(name)}"))
            continue
        asked = tuple(wanted)
        usable = tuple(dict.fromkeys(_usable(name, asked, mistakes)))
        if usable or not asked:
            own[name] = usable
    return own, mistakes


def _usable(name: str, wanted: Iterable[str], mistakes: list[KeyMistake]) -> Iterator[str]:
    """The keys that arrive, by the name that they go by here; the others are told."""
    for key in wanted:
        try:
            yield key_of(key)
        except InvalidInput as error:
            mistakes.append(KeyMistake(name, f"{name}: {error.sentence}"))


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(BY_ID), 1)
    return f"; did you mean {near[0]!r}?" if near else "."


def _handed_out(
    own: Mapping[str, tuple[str, ...]], kept: Collection[str]
) -> tuple[dict[str, tuple[str, ...]], list[KeyMistake]]:
    """Who gets which keys: first the actions that keep their default ones, then the user's own, then all others."""
    mine = {name: wanted for name, wanted in own.items() if name not in kept}
    first = {action.id: action.keys for action in ACTIONS if action.id in kept}
    others = {action.id: action.keys for action in ACTIONS if action.id not in mine and action.id not in first}
    keys: dict[str, tuple[str, ...]] = {}
    mistakes: list[KeyMistake] = []
    holders: dict[str, list[str]] = {}
    for name, wanted in {**first, **mine, **others}.items():
        granted: list[str] = []
        for key in wanted:
            meeting = [each for each in holders.get(key, ()) if meet(BY_ID[name], BY_ID[each])]
            if not meeting:
                granted.append(key)
                holders.setdefault(key, []).append(name)
            elif name in mine:
                said = f"{key_name(key)} is given to both {meeting[0]} and {name}; {meeting[0]} keeps it."
                mistakes.append(KeyMistake(name, said))
            else:
                said = f"{key_name(key)} now means {meeting[0]}; {name} has lost it."
                mistakes.append(KeyMistake(meeting[0], said))
        keys[name] = tuple(granted)
    return {action.id: keys[action.id] for action in ACTIONS}, mistakes
