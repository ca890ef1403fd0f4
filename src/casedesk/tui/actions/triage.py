"""What can be done in the triage screen besides acts: finding, marking, looking and moving."""

from __future__ import annotations

from typing import Final

from casedesk.domain import rights
from casedesk.tui.actions.action import FIND, LOOK, MARK, MOVE, PROGRAM, WORK, Action

TAB_IDS: Final = ("all", "new", "open", "pending", "closed", "mine", "unassigned", "overdue")


def _move(name: str, title: str, summary: str, *keys: str) -> Action:
    return Action(f"move.{name}", title, keys, MOVE, summary, ("list", "page"), palette=False)


def _tab(place: int, name: str) -> Action:
    title = f"Tab {name.title()}"
    return Action(f"tab.{name}", title, (str(place),), FIND, f"Show the tab {name.title()}.", by="tab", palette=False)


ACTIONS: Final = (
    Action(
        "triage.mode", "Triage mode", ("T",), LOOK, "Decide on one ticket a screen, from this one to the list's end.",
    ),
    Action(
        "user.away", "I am away", (), PROGRAM, "Tell the others, and hand over the open tickets.", by="act",
    ),
    Action("user.back", "I am back", (), PROGRAM, "Tell the others that you are there again.", by="act"),
    Action("list.mark", "Mark", ("x",), MARK, "Mark the ticket, or take the mark away.", short="mark", footer=11),
    Action("list.mark_range", "Mark up to here", ("M",), MARK, "Mark every ticket from the last marked one to this."),
    Action("list.mark_all", "Mark all matching", ("X",), MARK, "Mark every ticket that matches; again: none."),
    Action("filter.edit", "Filter", ("/",), FIND, "Type a query; the list follows.", short="filter", footer=12),
    *(_tab(place, name) for place, name in enumerate(TAB_IDS, 1)),
    Action("views.open", "Views", ("V",), FIND, "Show a saved view, save what is shown as one, or change one.",
           short="views", footer=17),
    Action("views.next", "Next view", ("}",), FIND, "Show the next of the views behind the tabs."),
    Action("views.previous", "View before", ("{",), FIND, "Show the view before."),
    Action("responses.open", "Responses", ("f4",), LOOK, "See the responses, with and without a ticket."),
    Action("list.reload", "Show what is new", ("R",), FIND, "Read the list again, with new and changed tickets."),
    Action("ticket.enter", "Open", ("enter",), LOOK, "Go into the ticket.", ("list",), palette=False),
    Action("pane.next", "Next pane", ("tab",), LOOK, "Go to the next pane.", palette=False),
    Action("pane.previous", "Previous pane", ("shift+tab",), LOOK, "Go to the pane before.", palette=False),
    Action("pane.back", "Back", ("escape",), LOOK, "Go back: to the list, then out of the filter.", palette=False),
    Action("detail.previous", "Detail tab before", ("[",), LOOK, "Show the detail tab before.", WORK, palette=False),
    Action("detail.next", "Next detail tab", ("]",), LOOK, "Show the next detail tab.", WORK, palette=False),
    Action(
        "related.show", "Related", ("r",), LOOK, "Show what the ticket is related to; again: change it.",
        WORK, "related", 15,
    ),
    Action("related.open", "Go to related ticket", ("enter",), LOOK, "Go to the ticket under the cursor.",
           ("detail", "mode"), "open", palette=False),
    Action("related.kinds", "Kinds in Related", ("f",), LOOK, "Choose the kinds of related records shown.",
           WORK, "kinds"),
    Action(
        "contact.show", "Person", ("p",), LOOK, "Show everything held about the contact.", WORK, "person", 14,
        rights.CONTACTS_VIEW,
    ),
    Action("ticket.explain", "Explain", ("w",), LOOK, "See why the ticket is due when it is, and who set what.", WORK,
           "explain", 16),
    _move("down", "Down", "Go to the next line.", "j", "down"),
    _move("up", "Up", "Go to the line before.", "k", "up"),
    _move("first", "First", "Go to the first line.", "g", "home"),
    _move("last", "Last", "Go to the last line.", "G", "end"),
    _move("page_up", "Page up", "Go up as many lines as are seen.", "pageup"),
    _move("page_down", "Page down", "Go down as many lines as are seen.", "pagedown"),
)  # fmt: skip
