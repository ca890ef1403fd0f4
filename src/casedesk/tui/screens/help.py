"""Help: every key that does something here, by what it is about, and the query language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.screen import ModalScreen

from casedesk.tui.actions import ACTIONS, FIND, GROUPS, TAB_IDS, Action
from casedesk.tui.drawing import fit
from casedesk.tui.keys import KeyMap
from casedesk.tui.look import Line
from casedesk.tui.panels.lines import blank, heading, paragraph
from casedesk.tui.widgets.anchored import AnchoredScreen
from casedesk.tui.widgets.drawn import width_of
from casedesk.tui.widgets.page import Page

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp

KEYS = 16
NAMES = 21

LANGUAGE = (
    ("words “a phrase” refun*", "in title, description, answers, comments and notes"),
    ("field:value  field:a,b", "a field with one value, or with any of several"),
    ("score<=6  score:0..6", "comparisons and ranges"),
    ("created>=2026-01-01  updated:7d", "dates, periods and lengths of time"),
    ("has:comment  owner:none", "something there, or nothing"),
    ("-tag:vip   a OR b   ( )", "not, either, together"),
    ("sort:due  sort:-score", "the order; a minus turns it round"),
)


class HelpScreen(ModalScreen[None], AnchoredScreen):
    """The keys as they are bound, and the fields of a query."""

    app: CasedeskApp

    BINDINGS = [("escape,q,question_mark", "dismiss", "Back")]
    AUTO_FOCUS = "#help"

    def __init__(self, offers: Callable[[str], bool]) -> None:
        super().__init__()
        self._offers = offers

    def compose(self) -> ComposeResult:
        yield Page("Help", id="help")

    def on_mount(self) -> None:
        page = self.query_one("#help", Page)
        page.set_note([("Esc back", "muted")])
        page.write(lambda width: write_help(self.app.keymap, self.is_offered, width))

    def is_offered(self, action_id: str) -> bool:
        """Whether the action exists below this screen and the user may do it (M13)."""
        return self._offers(action_id) and self.app.may(action_id)


def write_help(keymap: KeyMap, offers: Callable[[str], bool], width: int) -> list[Line]:
    """The lines of the help screen."""
    lines: list[Line] = []
    for group in GROUPS:
        actions = [action for action in ACTIONS if action.group == group and offers(action.id)]
        if actions:
            lines += [*([blank()] if lines else []), heading(group, width)]
            for action in actions:
                lines += _action(action, keymap, width) if not action.id.startswith("tab.") else []
            lines += _tabs(keymap, width) if group == FIND else []
    return [*lines, *_language(width), *_fields(width)]


def _action(action: Action, keymap: KeyMap, width: int) -> list[Line]:
    """`n            Add a note. Write a note that other agents see.`; without a key it is in the palette."""
    keys = keymap.all_shown(action.id) or f"{keymap.shown('program.palette')} …"
    return _explained([(fit(keys, KEYS), "accent"), (fit(action.title, NAMES) + " ", "text")], action.summary, width)


def _explained(named: Line, meaning: str, width: int) -> list[Line]:
    """What is named, and beside it what it means, on as many lines as that takes."""
    indent = width_of(named)
    first, *others = paragraph(meaning, max(10, width - indent), "muted")
    return [[*named, *first], *([(" " * indent, "text"), *other] for other in others)]


def _tabs(keymap: KeyMap, width: int) -> list[Line]:
    """The tabs together: `1…8         Tabs                Show the tab All, New, …`."""
    keys = [keymap.shown(f"tab.{tab}") for tab in TAB_IDS]
    in_row = keys == [str(place) for place in range(1, len(keys) + 1)]
    said = f"{keys[0]}…{keys[-1]}" if in_row else " ".join(keys)
    names = ", ".join(tab.title() for tab in TAB_IDS)
    return _explained([(fit(said, KEYS), "accent"), (fit("Tabs", NAMES) + " ", "text")], f"{names}.", width)


def _language(width: int) -> list[Line]:
    lines = [blank(), heading("The query language", width)]
    for example, meaning in LANGUAGE:
        lines += _explained([(fit(example, KEYS + NAMES) + " ", "text")], meaning, width)
    return lines


def _fields(width: int) -> list[Line]:
    from casedesk.domain.query import reference
    from casedesk.domain.query.fields import IS_WORDS

    lines = [blank(), heading("After is:", width)]
    for word, meaning in IS_WORDS.items():
        lines += _explained([(fit(word, KEYS), "accent")], meaning, width)
    lines += [blank(), heading("Fields", width)]
    for field in reference():
        more = f" Also: {', '.join(field.aliases)}." if field.aliases else ""
        named: Line = [(fit(field.name, KEYS), "accent"), (fit(field.example, NAMES) + " ", "text")]
        lines += _explained(named, f"{field.about}.{more}", width)
    return lines
