"""The Textual app: themes, toasts, keys of one's own, and the triage screen on an opened desk."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from rich.style import Style
from textual import on
from textual.command import CommandPalette
from textual.notifications import SeverityLevel

from casedesk.domain.errors import CasedeskError
from casedesk.settings.preferences import DEFAULT_THEME, Preferences, remember
from casedesk.settings.themes import Theme, ThemeShelf
from casedesk.settings.toml_file import SettingsError
from casedesk.tui.actions import KeyMap, bindings, resolve
from casedesk.tui.drawing import block_of
from casedesk.tui.key_order import KeyOrder
from casedesk.tui.theming import role_styles, textual_theme
from casedesk.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.screen import Screen

    from casedesk.desk import Desk
    from casedesk.desk.values import Choices, TabCount, TicketLine
    from casedesk.reports import Reports

_SEVERITY_ROLES = {"information": "text", "warning": "warning", "error": "bad"}

WARM_AFTER = 0.4
"""Seconds after which what the first act needs is loaded; it keeps a core busy for half a second."""

STYLES = Path(__file__).parent / "styles"


@dataclass(frozen=True)
class Opened:
    """An opened desk with what the first screen shows, read before the screen is there."""

    desk: Desk
    name: str
    tabs: tuple[TabCount, ...]
    choices: Choices
    numbers: tuple[int, ...]
    lines: tuple[TicketLine, ...]
    whole: bool  # the desk has no more tickets than these
    home: int | None = None  # the dashboard that opens first


def open_desk(desk: Desk, first: int = 64) -> Opened:
    """Read what the first screen needs. Raises CasedeskError."""
    pieces = desk.tickets.stream("", first=first)
    numbers = tuple(next(pieces, ()))
    lines = tuple(desk.tickets.lines(numbers))
    tabs = tuple(desk.tickets.tabs())
    whole = len(numbers) < first
    return Opened(desk, desk.name, tabs, desk.choices(), numbers, lines, whole, desk.home())


class CasedeskApp(KeyOrder):
    """The interface on one desk, for one user."""

    TITLE = "casedesk"
    CSS_PATH = [
        STYLES / f"{sheet}.tcss"
        for sheet in (
            "base",
            "triage",
            "triage_mode",
            "forms",
            "import_file",
            "first_run",
            "definitions",
            "responses",
            "reports",
            "dashboards",
        )
    ]
    ENABLE_COMMAND_PALETTE = False  # the app opens its own (palette.py)
    BINDINGS = bindings("app")
    NOTIFICATION_TIMEOUT = 4

    def __init__(
        self,
        opened: Opened | None,
        preferences: Preferences,
        *,
        poll_seconds: float = 1.0,
        first_screen: Callable[[], Screen[Any]] | None = None,
    ) -> None:
        super().__init__()
        self._opened = opened
        self._first_screen = first_screen
        self.preferences = preferences
        self.poll_seconds = poll_seconds
        self.keymap: KeyMap = resolve(preferences.keys)
        self.set_keymap(self.keymap.changed())
        self.themes = ThemeShelf(preferences.themes_folder)
        self.role_styles: Mapping[str, Style] = {}
        self._themes_used: dict[str, Theme] = {}
        self.failure: str | None = None
        self._writing_down = asyncio.Lock()
        self._first_problem = self._start_with_theme(preferences.theme)

    @property
    def desk(self) -> Desk:
        """The desk that is open."""
        assert self._opened is not None
        return self._opened.desk

    @cached_property
    def reports(self) -> Reports:
        """The desk's reports, kept from one look to the next."""
        from casedesk.reports import Reports

        return Reports(self.desk)

    def get_default_screen(self) -> Screen[Any]:
        from casedesk.tui.screens.triage import TriageScreen

        if self._opened is None:
            return super().get_default_screen()
        return TriageScreen(self._opened, self.preferences, poll_seconds=self.poll_seconds)

    def show_desk(self, opened: Opened) -> None:
        """Show a desk that was opened only now, in the place of the first screen."""
        self._opened = opened
        self.switch_screen(self.get_default_screen())
        self._warm_soon()

    def close_desk(self) -> None:
        """Close the desk that `show_desk` was given, if it was given any."""
        if self._opened is not None:
            self._opened.desk.close()

    def _warm_soon(self) -> None:
        """Load what the first act needs, once the first tickets stand on the screen and the list is being read."""
        self.set_timer(WARM_AFTER, lambda: self.run_worker(self._warm, thread=True, group="warm"))

    def _warm(self) -> None:
        from casedesk.tui import acts
        from casedesk.tui.modals import form_modal  # noqa: F401  # what every form needs

        self.desk.warm()
        for action_id in acts.MODULES:
            acts.load(action_id)

    def on_mount(self) -> None:
        self.call_after_refresh(_look_for_garbage)
        if self.preferences.plain:
            self.add_class("-plain")
            self.animation_level = "none"
        problems = [*self.preferences.problems, *self.keymap.problems, *self._first_problem]
        if problems:
            self.tell("\n".join(problems[:6]), "warning", seconds=12)
        if self._opened is not None:
            if self._opened.home is not None:
                self.screen.call_later(self.screen.run_action, "dashboards_show")
            self._warm_soon()
        elif self._first_screen is not None:
            self.push_screen(self._first_screen())

    def tell(self, text: str, severity: SeverityLevel = "information", *, seconds: float | None = None) -> None:
        """Show a short message: in the bottom line where it fits into it, else in the corner. It is never markup."""
        said = block_of(text, 600)
        below = next((screen for screen in reversed(self.screen_stack) if not screen.is_modal), None)
        line = next(iter(below.query(KeyLine)), None) if below is not None else None
        if line is not None and "\n" not in said and cell_len(said) < line.size.width:
            line.say(said, _SEVERITY_ROLES[severity], seconds or self.NOTIFICATION_TIMEOUT)
        else:
            self.notify(said, severity=severity, timeout=seconds, markup=False)

    # Themes

    def _start_with_theme(self, name: str) -> list[str]:
        """Use the theme, or the default one where it can't be used; sentences about what was wrong."""
        try:
            self.use_theme(name)
        except SettingsError as error:
            self.use_theme(DEFAULT_THEME)
            return [error.sentence]
        return []

    def use_theme(self, name: str) -> None:
        """Draw everything in this theme. Raises SettingsError when it can't be used."""
        theme = self._themes_used.get(name)
        if theme is None:
            theme = self._themes_used[name] = self.themes.theme(name)
            self.register_theme(textual_theme(theme))
        self.role_styles = role_styles(theme)
        self.theme = name

    def keep_theme(self, name: str) -> None:
        """Use the theme now and at the next start."""
        self.use_theme(name)
        self._remember("theme", name)

    def keep_density(self, density: str) -> None:
        """Remember the density for the next start."""
        self._remember("density", density)

    def keep_hidden_kinds(self, kinds: frozenset[str]) -> None:
        """Remember for the next start which kinds of related records aren't shown."""
        self._remember("related_hidden", tuple(sorted(kinds)))

    def _remember(self, what: str, value: str | tuple[str, ...]) -> None:
        self.preferences = replace(self.preferences, **{what: value})  # type: ignore[arg-type]  # as `what` is typed
        self.run_worker(self._write_down(what, value), group="remember")
        if what in self.preferences.set_in_file:
            self.tell(f"The configuration file sets the {what}, so the next start has that one again.", "warning")

    async def _write_down(self, what: str, value: str | tuple[str, ...]) -> None:
        """Write to the disk beside what is drawn, one after the other: what was chosen last stays."""
        async with self._writing_down:
            await asyncio.to_thread(remember, self.preferences, **{what: value})

    # Keys

    def action_program_palette(self) -> None:
        from casedesk.tui.palette import Commands, Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette([Commands], placeholder="Command…", id="--command-palette"))

    def action_program_theme(self) -> None:
        from casedesk.tui.palette import Palette, ThemeCommands

        self.push_screen(Palette([ThemeCommands], placeholder="Theme…", id="--command-palette"))

    @on(CommandPalette.OptionHighlighted)
    def _preview_theme(self, event: CommandPalette.OptionHighlighted) -> None:
        """Show a theme while it is gone over in the palette."""
        from casedesk.tui.palette import ChooseTheme

        command = getattr(getattr(event.highlighted_event.option, "hit", None), "command", None)
        self._try_theme(command.name if isinstance(command, ChooseTheme) else self.preferences.theme)

    @on(CommandPalette.Closed)
    def _end_preview(self, event: CommandPalette.Closed) -> None:
        if not event.option_selected:
            self._try_theme(self.preferences.theme)

    def _try_theme(self, name: str) -> None:
        if name != self.theme:
            try:
                self.use_theme(name)
            except SettingsError as error:
                self.tell(error.sentence, "warning")

    def _fatal_error(self) -> None:
        """An error that nobody foresaw: leave the screen, and say in a sentence where its details are."""
        import tempfile
        import traceback

        error = self._exception
        details = "".join(traceback.format_exception(error)) if error is not None else ""
        folder = (self.preferences.remembered_in or Path(tempfile.gettempdir()) / "casedesk").parent
        file = folder / "casedesk-failure.txt"
        self.failure = f"casedesk has a mistake and had to stop ({type(error).__name__})."
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(details, encoding="utf-8", errors="backslashreplace")
            self.failure += f" What was committed is safe. The details are in {file}."
        except OSError:
            self.failure += " What was committed is safe."
        self._close_messages_no_wait()

    def action_help_quit(self) -> None:
        """ctrl+c: say how to leave."""
        self.tell(f"{self.keymap.shown('program.quit')} leaves the program.")


def _look_for_garbage() -> None:
    """From now on; what is there already stays, and is left out, so that looking takes no time that could be seen."""
    gc.freeze()
    gc.enable()


class UnexpectedFailure(CasedeskError):
    """A mistake of the program's own. Its details are in a file, for a report."""

    code = "unexpected"
    exit_status = 1


def run_app(app: CasedeskApp) -> None:
    """Run the app to its end. Raises UnexpectedFailure when the program has a mistake."""
    # Where these are set, Python believes them for ever: the screen would never follow a resize.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
    # Threads read while the screen is drawn; at Python's default each of them would hold the drawing up for 5 ms.
    sys.setswitchinterval(0.0005)
    try:
        app.run()
    finally:
        gc.enable()
    if app.failure is not None:
        raise UnexpectedFailure(app.failure)
