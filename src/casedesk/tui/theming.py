"""Themes in the running program: from the settings to what Textual and the widgets that draw their own lines need.

A theme can be tried before it is kept, and one of the user's own is taken on as soon as its file is saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style
from textual import on
from textual.app import App
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.theme import Theme as TextualTheme

from casedesk.settings.preferences import Preferences
from casedesk.settings.schema import DEFAULT_THEME
from casedesk.settings.themes import Seen, Theme, ThemeShelf
from casedesk.settings.toml_file import SettingsError
from casedesk.tui.key_order import KeyOrder
from casedesk.tui.look import ROLES
from casedesk.tui.sheets import Sheets

_INK = {"strong": "text", "undone": "muted", "rule": "line"}
"""The colour of the roles that haven't one of their own name."""


def textual_theme(theme: Theme) -> TextualTheme:
    """The theme as Textual knows it; each of its colours is a variable of the sheets (`$muted`, `$selection`, …)."""
    colours = theme.colours
    return TextualTheme(
        name=theme.name,
        primary=colours["accent"],
        secondary=colours["accent"],
        accent=colours["accent"],
        warning=colours["warning"],
        error=colours["bad"],
        success=colours["good"],
        foreground=colours["text"],
        background=colours["background"],
        surface=colours["background"],
        panel=colours["raised"],
        dark=theme.dark,
        variables=_variables(theme),
    )


def _variables(theme: Theme) -> dict[str, str]:
    colours = theme.colours
    return {
        **colours,
        "border": colours["accent"],
        "border-blurred": colours["line"],
        "scrollbar": colours["line"],
        "scrollbar-hover": colours["muted"],
        "scrollbar-active": colours["accent"],
        "scrollbar-background": colours["background"],
        "scrollbar-background-hover": colours["background"],
        "scrollbar-background-active": colours["background"],
        "scrollbar-corner-color": colours["background"],
        "block-cursor-background": colours["selection"],
        "block-cursor-foreground": colours["text"],
        "block-cursor-blurred-background": colours["selection-dim"],
        "block-cursor-blurred-foreground": colours["text"],
        "input-cursor-background": colours["accent"],
        "input-cursor-foreground": colours["background"],
        "input-selection-background": colours["selection"],
    }


def role_styles(theme: Theme) -> Mapping[str, Style]:
    """The style of every role (`look.py`), and of the cursor's line with and without the focus."""
    colours = theme.colours
    styles = {role: Style(color=colours[_INK.get(role, role)]) for role in ROLES}
    for role in ("strong", "priority-top", "priority-high"):
        styles[role] += Style(bold=True)
    styles["undone"] += Style(strike=True)
    styles["selection"] = Style(bgcolor=colours["selection"])
    styles["selection-dim"] = Style(bgcolor=colours["selection-dim"])
    styles["raised"] = Style(bgcolor=colours["raised"])
    styles["found"] = Style(color=colours["accent"], underline=True)
    return styles


class Theming(KeyOrder):
    """An app in one of the themes."""

    class ThemesSaved(Message):
        """Files of themes were saved: the themes that can be used, and sentences about what is wrong in the others."""

        def __init__(self, themes: Sequence[Theme], problems: Sequence[str]) -> None:
            super().__init__()
            self.themes = themes
            self.problems = problems

    def __init__(self, preferences: Preferences, *, poll_seconds: float) -> None:
        super().__init__()
        self.preferences = preferences
        self.poll_seconds = poll_seconds
        self.themes = ThemeShelf(preferences.themes_folder)
        self.role_styles: Mapping[str, Style] = {}
        self._themes_used: dict[str, Theme] = {}
        self._themes_seen: Seen | None = None
        self._looking_at_themes = False
        self._previewed: str | None = None
        self.theme_problems = self._start_with_theme(preferences.theme)
        self.stylesheet = Sheets(variables=self.get_css_variables())

    def tell(self, text: str, severity: SeverityLevel = "information", *, seconds: float | None = None) -> None:
        """Show a short message. It is never markup."""
        raise NotImplementedError

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
        self._draw_in(self.themes.theme(name) if theme is None else theme)

    def _draw_in(self, theme: Theme) -> None:
        known = self._themes_used.get(theme.name)
        if theme != known:
            self._themes_used[theme.name] = theme
            self.register_theme(textual_theme(theme))
        self.role_styles = role_styles(theme)
        if self.theme == theme.name and theme != known:
            self.mutate_reactive(App.theme)  # the same name with other colours
        self.theme = theme.name

    def preview_theme(self, name: str) -> None:
        """Show a theme without keeping it, until `end_preview`. One that can't be used is told and not shown."""
        self._previewed = name
        self._try_theme(name)

    def end_preview(self) -> None:
        """Show the theme of the preferences again."""
        self._previewed = None
        self._try_theme(self.preferences.theme)

    def _try_theme(self, name: str) -> None:
        if name != self.theme:
            try:
                self.use_theme(name)
            except SettingsError as error:
                self.tell(error.sentence, "warning")

    # Taken on while running

    def watch_themes(self) -> None:
        """Look from now on whether files of the user's own themes are saved. A look costs a few calls in a thread."""
        if self.preferences.themes_folder is not None:
            self._look_at_themes()
            self.set_interval(self.poll_seconds, self._look_at_themes)

    def _look_at_themes(self) -> None:
        if not self._looking_at_themes:
            self._looking_at_themes = True
            self.run_worker(self._read_saved_themes, thread=True, group="themes")

    def _read_saved_themes(self) -> None:
        """In a thread: read what was saved since the last look, and the theme that is shown, which may build on it."""
        try:
            before, self._themes_seen = self._themes_seen, self.themes.seen()
            if before is None or before == self._themes_seen:
                return
            either = before.keys() | self._themes_seen.keys()
            saved = sorted(name for name in either if before.get(name) != self._themes_seen.get(name))
            themes: list[Theme] = []
            problems: list[str] = []
            for name in dict.fromkeys([*saved, self.theme]):
                try:
                    themes.append(self.themes.theme(name))
                except SettingsError as error:
                    problems.append(error.sentence)
            self.post_message(self.ThemesSaved(themes, list(dict.fromkeys(problems))))
        finally:
            self._looking_at_themes = False

    @on(ThemesSaved)
    def _take_saved_themes(self, message: ThemesSaved) -> None:
        """Show the theme as it was saved; where it has a mistake, its last good colours stay."""
        shown = self._previewed or self.preferences.theme
        for theme in message.themes:
            if theme.name in (shown, self.theme):
                self._draw_in(theme)
            else:
                self._themes_used.pop(theme.name, None)
        if shown in (theme.name for theme in message.themes):
            self._try_theme(shown)
        if message.problems:
            self.tell("\n".join(message.problems[:4]), "warning", seconds=12)
