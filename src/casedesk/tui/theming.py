"""From a theme of the settings to what Textual and the widgets that draw their own lines need."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.theme import Theme as TextualTheme

from casedesk.settings.themes import Theme
from casedesk.tui.look import ROLES

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
