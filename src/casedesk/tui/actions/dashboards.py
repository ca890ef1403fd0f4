"""What can be done on dashboards."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import DASHBOARDS, Action


def _dashboard(
    name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "", right: str = rights.TICKETS_VIEW
) -> Action:
    return Action(f"dashboard.{name}", title, keys, DASHBOARDS, summary, ("dashboard",), short, right=right)


ACTIONS: Final = (
    _dashboard("open", "Open", ("enter",), "List what a figure counts, open a row, or go to a chart's report.", "open"),
    _dashboard("next", "Next widget", ("tab", "right"), "Go to the next widget."),
    _dashboard("previous", "Widget before", ("shift+tab", "left"), "Go to the widget before."),
    _dashboard("action", "Add an action", ("a",),
               "Add an action of its plan to the row: on a pinned dashboard, where the view allows it.", "action",
               rights.TICKETS_ACTION),
    _dashboard("period", "Period", ("p",), "Choose the days that every widget looks at.", "period"),
    _dashboard("filter", "Narrow down", ("/",), "Type a query; every widget is narrowed down by it.", "filter"),
    _dashboard("earlier", "Period before", ("<",), "Look at the period before.", "earlier"),
    _dashboard("later", "Next period", (">",), "Look at the period after.", "later"),
    _dashboard("define", "What it means", ("w",), "Show what the figure means and how it was counted.", "meaning"),
    _dashboard("choose", "Other dashboard", ("o",), "Show another dashboard.", "other"),
    _dashboard("turn_back", "Dashboard before", ("[",), "Show the dashboard before."),
    _dashboard("turn_on", "Next dashboard", ("]",), "Show the next dashboard."),
    _dashboard("home", "Pin to home", ("h",), "Let this dashboard open first, or the ticket list again.", "pin"),
    _dashboard("add", "Add a widget", ("+",), "Put a view, a figure or a chart on the dashboard.", "add",
               right=rights.VIEWS_OWN),
    _dashboard("change", "Change the widget", ("v",), "Change what it shows, its title and its width.", "change",
               right=rights.VIEWS_OWN),
    _dashboard("remove", "Remove the widget", ("x",), "Take the widget off the dashboard.", "remove",
               right=rights.VIEWS_OWN),
    _dashboard("move_up", "Move up", ("K", "shift+up"), "Move the widget one place to the front.",
               right=rights.VIEWS_OWN),
    _dashboard("move_down", "Move down", ("J", "shift+down"), "Move the widget one place to the end.",
               right=rights.VIEWS_OWN),
    _dashboard("new", "New dashboard", ("n",), "Make a dashboard.", "new", right=rights.VIEWS_OWN),
    _dashboard("edit", "Change the dashboard", ("E",), "Change its name, and keep period and query.", "edit",
               right=rights.VIEWS_OWN),
    _dashboard("copy", "Copy the dashboard", ("c",), "Make a dashboard of your own like this one.", "copy",
               right=rights.VIEWS_OWN),
    _dashboard("share", "Share", ("s",), "Choose the people and teams that see the dashboard.", "share",
               right=rights.VIEWS_SHARE),
    _dashboard("retire", "Retire", ("d",), "Offer the dashboard no longer.", right=rights.VIEWS_OWN),
    _dashboard("export", "Export", ("e",), "Write the dashboard to a file, as one page.", "export"),
    _dashboard("reload", "Read again", ("R",), "Read every widget again."),
    _dashboard("back", "Tickets", ("q", "escape", "f6"), "Go to the list of tickets.", "tickets"),
)  # fmt: skip
