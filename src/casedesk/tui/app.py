"""The Textual app: themes, toasts, keys of one's own, and the triage screen on an opened desk."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual import on
from textual.command import CommandPalette
from textual.notifications import SeverityLevel

from casedesk.domain.errors import CasedeskError
from casedesk.domain.rights import RIGHTS
from casedesk.settings.preferences import Preferences
from casedesk.tui.actions import BY_CALL, BY_ID, Action, bindings
from casedesk.tui.drawing import block_of
from casedesk.tui.personal import Personal
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode
    from textual.screen import Screen

    from casedesk.desk import Desk
    from casedesk.desk.values import Backup, Choices, TabCount, TicketLine
    from casedesk.reports import Reports
    from casedesk.tui.dashboard_reading import Seen

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


WHEN_TOO_SMALL = ("program.quit", "program.help", "reports.back", "dashboard.back")
"""The actions that there are while the window is too small to show what they would be done to."""


class CasedeskApp(Personal):
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
            "configuration",
            "assistant",
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
        super().__init__(preferences, poll_seconds=poll_seconds)
        self._opened = opened
        self._first_screen = first_screen
        self.failure: str | None = None
        self.last_backup: Backup | None = None  # made since the program was started
        self.seen_widgets: dict[int, Seen] = {}
        """What the widgets of dashboards showed last, by their ids."""

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

    def may(self, action_id: str) -> bool:
        """Whether the user has the right to an action. What may not be done is offered nowhere and refused (M13)."""
        action = BY_ID.get(action_id)
        return action is None or self._opened is None or self.desk.can(action.right)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run a Textual action: keys, clicks and the palette all end here, and are refused to whoever may not."""
        asked = BY_CALL.get(action) if isinstance(action, str) else None
        if asked is not None and not self.may(asked.id):
            self._refuse(asked)
            return True
        if asked is not None and self.is_too_small and not asked.id.endswith(WHEN_TOO_SMALL):
            return True
        return await super().run_action(action, default_namespace, namespaces)

    @property
    def is_too_small(self) -> bool:
        """Whether the window is so small that the screen shows nothing but that: then nothing is done to what can't be
        seen. A form that is open stays."""
        return any(cover.display for cover in self.screen.query("#too-small"))

    def _refuse(self, action: Action) -> None:
        self.tell(f"You may not {RIGHTS[action.right]}. An administrator can allow it.", "warning")

    def get_default_screen(self) -> Screen[Any]:
        from casedesk.tui.screens.triage import TriageScreen

        if self._opened is None:
            return super().get_default_screen()
        return TriageScreen(self._opened, self.preferences, poll_seconds=self.poll_seconds)

    def show_desk(self, opened: Opened) -> None:
        """Show a desk that was opened only now, in the place of the first screen."""
        self._opened = opened
        vars(self).pop("reports", None)  # what is kept of the desk before
        self.seen_widgets.clear()
        self.switch_screen(self.get_default_screen())
        self._warm_soon()

    def close_desk(self) -> None:
        """Close the desk that `show_desk` was given, if it was given any."""
        if self._opened is not None:
            self._opened.desk.close()

    def show_name(self) -> None:
        """Show the desk's name, which may be another one now, in the head line of every screen."""
        for screen in self.screen_stack:
            for head in screen.query(HeadLine):
                head.set_desk(self.desk.name)

    def _warm_soon(self) -> None:
        """Load what the first act needs, once the first tickets stand on the screen and the list is being read."""
        self.set_timer(WARM_AFTER, lambda: self.run_worker(self._warm, thread=True, group="warm"))

    def _warm(self) -> None:
        from casedesk.tui import acts
        from casedesk.tui.modals import form_modal  # noqa: F401  # what every form needs

        for action_id in acts.MODULES:
            acts.load(action_id)
        with suppress(CasedeskError):  # whoever really reads or writes says what is wrong
            self.desk.warm()
            if self.desk.assistant.unfinished():
                self.call_from_thread(self._remind)

    def _remind(self) -> None:
        """Say that setting up isn't finished, unless that is what is being done."""
        offers = getattr(self.screen, "offers", None)
        if offers is not None and offers("assistant.open"):
            self.tell(f"Setting up isn't finished · {self.keymap.shown('assistant.open')} goes on", seconds=12)

    def on_mount(self) -> None:
        self.call_after_refresh(_look_for_garbage)
        if not self.is_headless:
            from casedesk.tui.hanging_up import follow_signals

            follow_signals(self)
        if self.preferences.plain:
            self.add_class("-plain")
            self.animation_level = "none"
        problems = [*self.preferences.problems, *self.keymap.problems, *self.theme_problems]
        if problems:
            self.tell("\n".join(problems[:6]), "warning", seconds=12)
        if self._opened is not None:
            if self._opened.home is not None:
                self.screen.call_later(self.screen.run_action, "dashboards_show")
            self._warm_soon()
        elif self._first_screen is not None:
            self.push_screen(self._first_screen())
        self.watch_themes()

    def tell(self, text: str, severity: SeverityLevel = "information", *, seconds: float | None = None) -> None:
        """Show a short message: in the bottom line where it fits into it, else in the corner. It is never markup."""
        said = block_of(text, 600)
        below = next((screen for screen in reversed(self.screen_stack) if not screen.is_modal), None)
        line = next(iter(below.query(KeyLine)), None) if below is not None else None
        if line is not None and "\n" not in said and cell_len(said) < line.size.width:
            line.say(said, _SEVERITY_ROLES[severity], seconds or self.NOTIFICATION_TIMEOUT)
        else:
            self.notify(said, severity=severity, timeout=seconds, markup=False)

    # The palette

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
        if isinstance(command, ChooseTheme):
            self.preview_theme(command.name)
        else:
            self.end_preview()

    @on(CommandPalette.Closed)
    def _end_preview(self, event: CommandPalette.Closed) -> None:
        if not event.option_selected:
            self.end_preview()

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
