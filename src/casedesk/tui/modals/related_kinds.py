"""Choose which kinds of related records the tab Related shows (N5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casedesk.desk.values.related import RELATED_KINDS
from casedesk.tui.forms import Choice, Form, MultiChoiceField, Ticks
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.panels.related import HEADINGS

if TYPE_CHECKING:
    from textual.app import App


def ask_kinds(app: App[Any], hidden: frozenset[str], hide: Callable[[frozenset[str]], None]) -> None:
    """Ask which kinds are shown, and tell `hide` those that aren't."""

    def chosen(kinds: frozenset[str] | None) -> None:
        if kinds is not None:
            hide(kinds)

    app.push_screen(FormModal("Related", kinds_form(hidden)), chosen)


def kinds_form(hidden: frozenset[str]) -> Form[frozenset[str]]:
    """Asks which kinds are shown; its result is those that aren't."""

    def build(values: Any) -> frozenset[str]:
        ticks: Ticks = values["names"]
        return frozenset(kind for kind in RELATED_KINDS if HEADINGS[kind] not in ticks.ticked)

    shown = frozenset(HEADINGS[kind] for kind in RELATED_KINDS if kind not in hidden)
    choices = tuple(Choice(HEADINGS[kind], HEADINGS[kind]) for kind in RELATED_KINDS)
    field = MultiChoiceField(name="names", label="Shown", choices=choices, ticked=shown)
    return Form(title="What Related shows", fields=[field], submit="Show them", build=build)
