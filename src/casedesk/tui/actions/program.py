"""What can be done in the program as a whole: help, theme, and going to the other screens."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import PROGRAM, Action

ACTIONS: Final = (
    Action("program.palette", "Commands", ("ctrl+p",), PROGRAM, "Find a command by its name.", ("app",), palette=False),
    Action(
        "program.help", "Help", ("?",), PROGRAM, "Show the keys and the query language.",
        ("triage", "mode", "import", "plans", "levels", "config", "assistant", "reports", "responses", "dashboard"),
        "help", 99,
    ),
    Action("program.theme", "Theme", (), PROGRAM, "Choose a theme and see it at once.", ("app",)),
    Action("program.density", "Density", (), PROGRAM, "One or two lines for each ticket.", ("triage",)),
    Action(
        "import.file", "Import a file", ("ctrl+o",), PROGRAM, "Bring in survey answers, contacts or tickets.",
        right=rights.IMPORT,
    ),
    Action(
        "plans.open", "Action plans", ("P",), PROGRAM, "Make and change plans, their actions and exit states.",
        right=rights.PLANS,
    ),
    Action(
        "levels.open", "Service levels", ("S",), PROGRAM, "Set targets in working time, calendars and policies.",
        right=rights.LEVELS,
    ),
    Action(
        "configuration.open", "Configuration", ("f9",), PROGRAM,
        "Set up the desk: lists, rules, people, calendars; and what is your own: theme, keys.",
    ),
    Action(
        "assistant.open", "Set up step by step", ("f8",), PROGRAM,
        "Go on with setting up: close options, hours, first import, first rule, people.", right="configure",
    ),
    Action(
        "reports.show", "Reports", ("f2",), PROGRAM, "See what happened, in figures that lead to their tickets.",
        right=rights.REPORTS_VIEW,
    ),
    Action("dashboards.show", "Dashboards", ("f6",), PROGRAM, "See views, figures and charts side by side."),
)  # fmt: skip

QUIT: Final = Action(
    "program.quit", "Quit", ("q",), PROGRAM, "Go back, or leave the program from the list.", ("triage",)
)
"""Comes after all others, also those of the other screens."""
