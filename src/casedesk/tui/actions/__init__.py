"""The one registry of what can be done in the interface: one module a screen, with its actions.

Bindings, footer, help, command palette and the check of the user's keys are generated from it. An action's id is
stable: it is what the configuration names to give it other keys, under `[keys]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.binding import Binding, BindingType

from casedesk.tui.actions import (
    assistant,
    configuration,
    dashboards,
    import_file,
    plans,
    program,
    reports,
    responses,
    service_levels,
    tickets,
    triage,
    triage_mode,
)
from casedesk.tui.actions.action import FIND as FIND, GROUPS as GROUPS, UNBOUND as UNBOUND, Action as Action
from casedesk.tui.actions.reports import REPORT_IDS as REPORT_IDS
from casedesk.tui.actions.triage import TAB_IDS as TAB_IDS

ACTIONS: Final[tuple[Action, ...]] = (
    *tickets.ACTIONS,
    *triage_mode.ACTIONS,
    *triage.ACTIONS,
    *program.ACTIONS,
    *import_file.ACTIONS,
    *responses.ACTIONS,
    *plans.ACTIONS,
    *service_levels.ACTIONS,
    *configuration.ACTIONS,
    *assistant.ACTIONS,
    *reports.ACTIONS,
    *dashboards.ACTIONS,
    program.QUIT,
)
"""Every action, in the order in which help and palette list them."""

BY_ID: Final[Mapping[str, Action]] = {action.id: action for action in ACTIONS}
BY_CALL: Final[Mapping[str, Action]] = {action.call: action for action in ACTIONS}
"""By the Textual action that runs it."""


def bindings(place: str) -> list[BindingType]:
    """The bindings of one place, for a widget's or screen's `BINDINGS`."""
    return [
        Binding(",".join(action.keys) or UNBOUND, action.call, action.title, show=False, id=action.id)
        for action in ACTIONS
        if place in action.where
    ]


_SCREENS: Final = (
    {"triage", "list", "page", "app"},
    {"triage", "detail", "page", "app"},
    {"mode", "app"},
    {"import", "page", "app"},
    {"plans", "page", "app"},
    {"responses", "page", "app"},
    {"levels", "page", "app"},
    {"config", "page", "app"},
    {"assistant", "page", "app"},
    {"reports", "page", "app"},
    {"dashboard", "page", "app"},
)
"""The places whose keys hold at the same moment: those of a screen, and of the pane in it that has the focus."""


def meet(one: Action, other: Action) -> bool:
    """Whether a key of both would mean two things at the same moment."""
    return any(screen & set(one.where) and screen & set(other.where) for screen in _SCREENS)
