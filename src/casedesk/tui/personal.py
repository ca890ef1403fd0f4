"""The user's own preferences in the running program: colours, density and keys, changed at once and put back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.notifications import SeverityLevel

from casedesk.domain.errors import CasedeskError, Unchanged
from casedesk.settings.preferences import Preferences, remember
from casedesk.settings.schema import BY_NAME, KEYS
from casedesk.tui.actions import BY_ID
from casedesk.tui.keys import KeyMap, rebound, resolve
from casedesk.tui.theming import Theming

if TYPE_CHECKING:
    from casedesk.settings.changing import Change


@runtime_checkable
class ShowsKeys(Protocol):
    """A screen with a line of keys."""

    def show_keys(self) -> None:
        """Show the keys as they are now."""


@runtime_checkable
class ShowsDensity(Protocol):
    """A screen with a list that has one or two lines for each ticket."""

    def show_density(self, density: str) -> None:
        """Show the list in this density."""


@dataclass(frozen=True)
class Changed:
    """Preferences that were changed, ready to be put back. `notes` are sentences about what doesn't hold yet."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()


class Personal(Theming):
    """An app with the user's preferences."""

    def __init__(self, preferences: Preferences, *, poll_seconds: float) -> None:
        super().__init__(preferences, poll_seconds=poll_seconds)
        self.keymap: KeyMap = resolve(preferences.keys)
        self.set_keymap(self.keymap.changed())
        self._writing_down = asyncio.Lock()

    def tell(self, text: str, severity: SeverityLevel = "information", *, seconds: float | None = None) -> None:
        """Show a short message. It is never markup."""
        raise NotImplementedError

    # In the user's configuration file

    async def change_preference(self, name: str, value: Any) -> Changed:
        """Set a preference in the user's configuration file (None: no longer set there), and show it at once.

        Raises CasedeskError as `casedesk.settings.changing.change` does; then nothing was changed.
        """
        return await self._change({name: value})

    async def change_keys(
        self,
        action_id: str,
        keys: Iterable[str] | None,
        *,
        macros: Mapping[str, str] | None = None,
        take: bool = False,
    ) -> Changed:
        """Give an action other keys (None: its default ones), from now on. Raises as `keys.rebound` does."""
        default = BY_ID[action_id].keys if action_id in BY_ID else ()
        wanted = rebound(self.keymap, action_id, default if keys is None else keys, macros=macros, take=take)
        return await self._change({f"{KEYS}.{name}": each for name, each in wanted.items()})

    async def put_preferences_back(self, changed: Changed) -> Changed:
        """Take a change back; what comes back takes that back again. Raises SettingsError."""
        from casedesk.settings.changing import put_back

        def work() -> tuple[Preferences, list[Change]]:
            preferences, undone = self.preferences, []
            for change in reversed(changed.changes):
                preferences, one = put_back(preferences, change)
                undone.append(one)
            return preferences, undone

        async with self._writing_down:
            return self._take(*await asyncio.to_thread(work))

    async def _change(self, values: Mapping[str, Any]) -> Changed:
        from casedesk.settings.changing import change_all

        async with self._writing_down:
            return self._take(*await asyncio.to_thread(change_all, self.preferences, values))

    def _take(self, preferences: Preferences, changes: list[Change]) -> Changed:
        """Show what was changed in the file."""
        self.preferences = preferences
        names = {change.name.partition(".")[0] for change in changes}
        if "theme" in names:
            self.end_preview()
        if KEYS in names:
            self.use_keys(preferences.keys)
        if "density" in names:
            self.use_density(preferences.density)
        return Changed(tuple(changes), tuple(note for name in sorted(names) for note in self._notes(name)))

    def _notes(self, name: str) -> Iterable[str]:
        if over := self.preferences.overridden.get(name):
            yield f"{over} sets the {name}, and goes over the configuration file."
        elif name in BY_NAME and not BY_NAME[name].at_once:
            yield f"The {name} holds from the next start."

    def use_keys(self, keys: Mapping[str, Iterable[str]]) -> None:
        """Let the user's own keys hold from now on, and what shows keys show these."""
        self.keymap = resolve(keys)
        self.set_keymap(self.keymap.changed())
        for screen in self.screen_stack:
            if isinstance(screen, ShowsKeys):
                screen.show_keys()

    def use_density(self, density: str) -> None:
        """Show every list in this density."""
        for screen in self.screen_stack:
            if isinstance(screen, ShowsDensity):
                screen.show_density(density)

    # As the program remembers it

    def keep_theme(self, name: str) -> None:
        """Use the theme now and at the next start."""
        self.use_theme(name)
        self._keep("theme", name)
        self.end_preview()

    def keep_density(self, density: str) -> None:
        """Use the density now and at the next start."""
        self.use_density(density)
        self._keep("density", density)

    def keep_hidden_kinds(self, kinds: frozenset[str]) -> None:
        """Remember for the next start which kinds of related records aren't shown."""
        self._keep("related_hidden", tuple(sorted(kinds)))

    def _keep(self, what: str, value: str | tuple[str, ...]) -> None:
        """Keep for the next start what was chosen: in the configuration file where that sets it, else by itself."""
        in_file = what in self.preferences.set_in_file
        self.preferences = replace(self.preferences, **{what: value})  # type: ignore[arg-type]  # as `what` is typed
        self.run_worker(self._write_down(what, value, in_file), group="remember")
        if over := self.preferences.overridden.get(what):
            self.tell(f"{over} sets the {what}, so the next start has that one again.", "warning")

    async def _write_down(self, what: str, value: str | tuple[str, ...], in_file: bool) -> None:
        """Write to the disk beside what is drawn, one after the other: what was chosen last stays."""
        async with self._writing_down:
            if not in_file:
                await asyncio.to_thread(remember, self.preferences, **{what: value})
                return
            from casedesk.settings.changing import change_all

            try:
                await asyncio.to_thread(change_all, self.preferences, {what: value})
            except Unchanged:
                pass
            except CasedeskError as error:
                self.tell(error.sentence, "warning", seconds=12)
