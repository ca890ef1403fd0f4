"""The one registry of what can be done in the interface.

Bindings, footer, help, command palette and the check of the user's keys are generated from it. An action's id is
stable: it is what the configuration names to give it other keys, under `[keys]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from textual.binding import Binding, BindingType

from casedesk.domain import rights

UNBOUND: Final = "f63"
"""What an action is bound to when it has no key; no keyboard sends it."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can ask for.

    `where` names the places whose bindings it belongs to: `list`, `page` (the panes with text), `triage` (the whole
    triage screen), `mode` (the triage mode, one ticket a screen), `import` (the import screen), `plans` (the
    plan editor), `levels` (the screen of service levels), `config` (the configuration), `assistant` (setting up step by
    step), `reports`, `responses`, `dashboard` or `app`. `right` is what the desk must have granted for it to be
    offered and done (M13); reading tickets is what being here takes.
    `footer` orders the actions of the bottom line; 0 leaves one out. `act` is true when a form and the desk's acts
    are behind it, so that it works on all marked tickets.
    """

    id: str
    title: str
    keys: tuple[str, ...]
    group: str
    summary: str
    where: tuple[str, ...] = ("triage",)
    short: str = ""
    footer: int = 0
    right: str = rights.TICKETS_VIEW
    act: bool = False
    palette: bool = True

    @property
    def call(self) -> str:
        """The Textual action that its binding runs."""
        return f"act('{self.id}')" if self.act else self.id.replace(".", "_")


MOVE, FIND, LOOK, MARK, ACT, PROGRAM = "Move", "Find", "Look", "Mark", "Act on tickets", "Program"
IMPORT = "Import a file"
PLANS = "Action plans"
LEVELS = "Service levels"
CONFIG = "Configuration"
ASSISTANT = "Setting up"
RESPONSES = "Responses"
REPORTS = "Reports"
DASHBOARDS = "Dashboards"
MODE = "Triage mode"
GROUPS: Final = (
    MODE,
    ACT,
    MARK,
    FIND,
    LOOK,
    MOVE,
    PROGRAM,
    REPORTS,
    DASHBOARDS,
    RESPONSES,
    IMPORT,
    CONFIG,
    ASSISTANT,
    PLANS,
    LEVELS,
)

_REPORTS: Final = (
    ("tickets", "Tickets", "See what opened and closed, day by day."),
    ("cases", "Cases", "See what opened and closed by campaign, owner or another field."),
    ("sla", "Service levels", "See what was kept and missed."),
    ("feedback", "Feedback", "See the responses and their scores."),
    ("causes", "Causes", "See the classifications of what was closed."),
    ("people", "People", "See who has and did what."),
)
REPORT_IDS: Final = tuple(name for name, _title, _summary in _REPORTS)
"""The reports that have a key; any others are reached by going on from these."""

TAB_IDS: Final = ("all", "new", "open", "pending", "closed", "mine", "unassigned", "overdue")


WORK: Final = ("triage", "mode")
"""Where tickets are worked on: in the list, and one a screen."""


UNDOING: Final = (*WORK, "plans", "levels", "config", "assistant", "responses", "dashboard")
"""Where something is done that can be taken back."""


def _move(name: str, title: str, summary: str, *keys: str) -> Action:
    return Action(f"move.{name}", title, keys, MOVE, summary, ("list", "page"), palette=False)


def _act(
    name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "", footer: int = 0, right: str = ""
) -> Action:
    right = f"tickets.{right or name}"
    return Action(f"ticket.{name}", title, keys, ACT, summary, WORK, short, footer, right, act=True)


def _import(name: str, title: str, key: str, summary: str, short: str) -> Action:
    return Action(f"import.{name}", title, (key,), IMPORT, summary, ("import",), short, right=rights.IMPORT)


def _mode(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"mode.{name}", title, keys, MODE, summary, ("mode",), short)


def _plans(name: str, title: str, keys: tuple[str, ...], summary: str, short: str) -> Action:
    return Action(f"plans.{name}", title, keys, PLANS, summary, ("plans",), short, right=rights.PLANS)


def _responses(
    name: str, title: str, keys: tuple[str, ...], summary: str, short: str, right: str = rights.TICKETS_VIEW
) -> Action:
    return Action(f"responses.{name}", title, keys, RESPONSES, summary, ("responses",), short, right=right)


def _levels(name: str, title: str, keys: tuple[str, ...], summary: str, short: str) -> Action:
    return Action(f"levels.{name}", title, keys, LEVELS, summary, ("levels",), short, right=rights.LEVELS)


def _config(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"config.{name}", title, keys, CONFIG, summary, ("config",), short)


def _assistant(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"assistant.{name}", title, keys, ASSISTANT, summary, ("assistant",), short)


def _reports(name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "") -> Action:
    return Action(f"reports.{name}", title, keys, REPORTS, summary, ("reports",), short, right=rights.REPORTS_VIEW)


def _dashboard(
    name: str, title: str, keys: tuple[str, ...], summary: str, short: str = "", right: str = rights.TICKETS_VIEW
) -> Action:
    return Action(f"dashboard.{name}", title, keys, DASHBOARDS, summary, ("dashboard",), short, right=right)


def _tab(place: int, name: str) -> Action:
    return Action(
        f"tab.{name}", f"Tab {name.title()}", (str(place),), FIND, f"Show the tab {name.title()}.", palette=False
    )


ACTIONS: Final[tuple[Action, ...]] = (
    _act("action", "Add an action", ("a",), "Add an action of the ticket's plan.", "action", 1),
    _act("status", "Change the status", ("s",), "Choose another status.", "status", 2),
    _act("note", "Add a note", ("n",), "Write a note that other agents see.", "note", 3),
    _act("message", "Log a message", ("m",), "Record what went to the customer, or came, past the desk.", "message", 5),
    _act("classify", "Classify", ("l",), "Choose the classifications.", "classify", 4),
    _act("tag", "Change the tags", ("t",), "Add or remove tags.", "tags", 7),
    _act("priority", "Change the priority", ("i",), "Choose the priority.", "priority", 8),
    _act("owner", "Change the owner", ("o",), "Choose who owns the ticket.", "owner", 6, "assign"),
    _act("close", "Close", ("c",), "Close with a resolution, and with the plan's exit state.", "close", 9),
    _act("reopen", "Reopen", ("C",), "Open a closed ticket again."),
    _act("topic", "Change the topic", ("b",), "Choose the topic."),
    _act("team", "Change the team", (), "Choose the team.", right="assign"),
    _act("helpers", "Change the helpers", ("h",), "Choose who helps the owner.", right="assign"),
    _act("plan", "Give another plan", (), "Choose the action plan."),
    _act("title", "Edit the title", ("E",), "Write another title.", right="edit"),
    _act("description", "Edit the description", ("e",), "Write the description in $EDITOR.", right="edit"),
    _act("new", "New ticket", ("N",), "Open a ticket by hand.", "new", 13),
    _act("relate", "Relate", (), "Add, replace or remove a parent, sub-ticket, contact or account."),
    _act("merge", "Merge", ("=",), "Put everything of the ticket into another one."),
    Action("acts.undo", "Undo", ("u",), ACT, "Take back the last act.", UNDOING,
           "undo", 10, right=rights.ACTS_UNDO),
    Action("acts.redo", "Redo", ("U",), ACT, "Do again what was taken back.", UNDOING, right=rights.ACTS_UNDO),
    Action(
        "acts.journal", "Journal of acts", ("J",), ACT, "See what was done last, and take one of it back.", act=True,
        right=rights.ACTS_JOURNAL,
    ),
    Action("acts.repeat", "Repeat", (".",), ACT, "Do the last act again, on this ticket or the marked ones.", WORK),
    Action("macros.open", "Macros", ("@",), ACT, "Run, record or change acts under a name.", WORK, "macros"),
    _mode("skip", "Skip", ("space", "j"), "Leave the ticket as it is and show the next.", "skip"),
    _mode("back", "Ticket before", ("k",), "Show the ticket before.", "back"),
    _mode("leave", "Summary", ("escape", "q"),
          "Back from a related ticket; or show what was done, and from there back to the list.", "summary"),
    _mode("down", "Down", ("down",), "Scroll down; in Related, go to the next record."),
    _mode("up", "Up", ("up",), "Scroll up; in Related, go to the record before."),
    _mode("page_down", "Page down", ("pagedown",), "Scroll a page down."),
    _mode("page_up", "Page up", ("pageup",), "Scroll a page up."),
    _mode("pane", "Next pane", ("tab",), "Scroll another pane: the ticket, its activity, the contact."),
    Action(
        "triage.mode", "Triage mode", ("T",), LOOK, "Decide on one ticket a screen, from this one to the list's end.",
    ),
    Action(
        "user.away", "I am away", (), PROGRAM, "Tell the others, and hand over the open tickets.", act=True,
    ),
    Action("user.back", "I am back", (), PROGRAM, "Tell the others that you are there again.", act=True),
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
    _import("run", "Import", "i", "Import the file as it is shown.", "import"),
    _import("try", "Dry run", "d", "Count what an import would do, and store nothing.", "dry run"),
    _import("target", "Change the column", "enter", "Say what the column is.", "change"),
    _import("kind", "Change the rows", "r", "Say what the rows are.", "rows"),
    _import("campaign", "Name the campaign", "c", "Name the campaign that the rows belong to.", "campaign"),
    _import("use", "Use a saved mapping", "m", "Read the columns by a mapping saved before.", "mapping"),
    _import("save", "Save the mapping", "s", "Keep what the columns are under a name.", "save"),
    _import("show", "Show the new tickets", "t", "Go to the tickets that the import opened.", "new tickets"),
    _import("back", "Back", "escape", "One step back; a running import is stopped.", "back"),
    _responses("enter", "Open", ("enter",), "Open the line: what was done, and what can be.", "open"),
    _responses("tab", "Other tab", ("[", "]"), "Show Activities, or Actions.", "tab"),
    _responses("pane", "Other pane", ("tab", "shift+tab"), "Go to the list, or to the line that is open.", "pane"),
    _responses("action", "Add an action", ("a",), "Add an action; a response without a ticket gets one by it.",
               "action", right=rights.TICKETS_ACTION),
    _responses("ticket", "Its ticket", ("#",), "Go to the ticket of the response; leaving it leads back.", "ticket"),
    _responses("views", "Views", ("V",), "Show another view, or change one.", "views"),
    _responses("filter", "Filter", ("/",), "Type a query; the list follows.", "filter"),
    _responses("back", "Back", ("escape", "q"), "Back to the list, and from there to the tickets.", "back"),
    _plans("new", "New plan", ("n",), "Make a plan.", "new plan"),
    _plans("enter", "Open", ("enter",), "Go into the plan; there, change what the cursor stands on.", "change"),
    _plans("edit", "Edit the plan", ("e",), "Change the plan's name, description and what closing it does.", "edit"),
    _plans("copy", "Copy the plan", ("c",), "Make another plan like this one.", "copy"),
    _plans("campaigns", "Link campaigns", ("m",), "Choose whose new tickets get the plan.", "campaigns"),
    _plans("exit_state", "Add an exit state", ("x",), "Add a state in which the plan can end.", "exit state"),
    _plans("action", "Add an action", ("a",), "Add something that can be done.", "action"),
    _plans("status", "Add a status", ("s",), "Add an outcome to the action under the cursor.", "status"),
    _plans("link", "Share an action", ("l",), "Let the plan have an action of another one, too.", "share"),
    _plans("retire", "Retire", ("d",), "Offer what the cursor stands on no longer; tickets keep it.", "retire"),
    _plans("restore", "Bring back", ("b",), "Bring a retired plan back.", "bring back"),
    _plans("move_up", "Move up", ("K", "shift+up"), "Move what the cursor stands on one place up.", "up"),
    _plans("move_down", "Move down", ("J", "shift+down"), "Move what the cursor stands on one place down.", "down"),
    _plans("pane", "Other pane", ("tab", "shift+tab"), "Go to the list of plans, or to the plan's parts.", "pane"),
    _plans("back", "Back", ("escape", "q"), "Go back to the list of plans, and from there to the tickets.", "back"),
    _levels("simple", "Targets in simple form", ("s",), "One resolution target in hours, and its calendar.", "simple"),
    _levels("switch", "On or off", ("o",), "Time tickets, or none.", "on/off"),
    _levels("policy", "New policy", ("n",), "Give the tickets of a query other targets.", "policy"),
    _levels("calendar", "New calendar", ("N",), "Say when work is done.", "calendar"),
    _levels("enter", "Open", ("enter",), "Go into the policy or calendar; there, change what the cursor stands on.",
            "change"),
    _levels("edit", "Edit", ("e",), "Change the policy or calendar under the cursor.", "edit"),
    _levels("target", "Set targets", ("t",), "Set the targets of one priority, or of every one.", "targets"),
    _levels("date", "Add a date", ("a",), "Give the calendar a date of its own: closed, or with other hours.", "date"),
    _levels("copy", "Copy the calendar", ("c",), "Make another calendar like this one.", "copy"),
    _levels("retire", "Retire", ("d",), "Retire the policy or calendar, or remove the date under the cursor.",
            "retire"),
    _levels("restore", "Bring back", ("b",), "Bring a retired policy or calendar back.", "bring back"),
    _levels("move_up", "Move up", ("K", "shift+up"), "Let the policy match before the one above it.", "up"),
    _levels("move_down", "Move down", ("J", "shift+down"), "Let the policy match after the one below it.", "down"),
    _levels("pane", "Other pane", ("tab", "shift+tab"), "Go to the list, or to what it stands on.", "pane"),
    _levels("back", "Back", ("escape", "q"), "Go back to the list, and from there to the tickets.", "back"),
    _config("search", "Find", ("/",), "Type words; the sections and settings that they are in are shown.", "find"),
    _config("enter", "Change", ("enter",), "Go into the section; there, change what the cursor stands on.", "change"),
    _config("new", "Add", ("n",), "Add an entry to the section.", "add"),
    _config("switch", "On or off", ("o",), "Switch what the cursor stands on, or the section, on or off.", "on/off"),
    _config("copy", "Copy", ("c",), "Add an entry like the one under the cursor.", "copy"),
    _config("parts", "Parts", ("s",), "Change what the entry consists of: steps, columns, members, rights.", "parts"),
    _config("try", "Try", ("t",), "See what it would do, and change nothing.", "try"),
    _config("log", "Log", ("L",), "See what it has done.", "log"),
    _config("retire", "Retire", ("d",), "Offer what the cursor stands on no longer, or remove it.", "retire"),
    _config("restore", "Bring back", ("b",), "Bring back what is retired.", "bring back"),
    _config("move_up", "Move up", ("K", "shift+up"), "Move what the cursor stands on one place up.", "up"),
    _config("move_down", "Move down", ("J", "shift+down"), "Move what the cursor stands on one place down.", "down"),
    _config("reset", "Default", ("x",), "Go back to what holds when nobody has set it.", "default"),
    _config("pane", "Other pane", ("tab", "shift+tab"), "Go to the sections, or to what is in one.", "pane"),
    _config("back", "Back", ("escape", "q"), "Go back to the sections, and from there to the tickets.", "back"),
    _assistant("next", "Go on", ("enter",), "Keep the step as it is and go to the next.", "go on"),
    _assistant("skip", "Skip", ("s", "right"), "Go to the next step; this one can be done later.", "skip"),
    _assistant("before", "Step before", ("b", "left"), "Go to the step before.", "before"),
    _assistant("add", "Add", ("a",), "Add an entry, or make the rule that is proposed.", "add"),
    _assistant("edit", "Change", ("e",), "Change what the cursor stands on.", "change"),
    _assistant("retire", "Retire", ("d",), "Offer what the cursor stands on no longer.", "retire"),
    _assistant("move_up", "Move up", ("K", "shift+up"), "Move what the cursor stands on one place up."),
    _assistant("move_down", "Move down", ("J", "shift+down"), "Move what the cursor stands on one place down."),
    _assistant("import", "Import a file", ("i",), "Bring in survey answers, contacts or tickets.", "import"),
    _assistant("tickets", "Open tickets", ("t",), "Open a ticket for each response that the rule fits and that has "
               "none.", "open tickets"),
    _assistant("switch", "On or off", ("o",), "Switch the rule under the cursor on or off.", "on/off"),
    _assistant("pane", "Other pane", ("tab", "shift+tab"), "Go to the list of steps, or to the step."),
    _assistant("dismiss", "Set up enough", ("D",), "Leave, and be reminded no more of steps that are left."),
    _assistant("back", "Later", ("escape", "q"), "Leave, and go on here the next time.", "later"),
    *(_reports(name, title, (str(place),), summary) for place, (name, title, summary) in enumerate(_REPORTS, 1)),
    _reports("previous", "Report before", ("[",), "Show the report before."),
    _reports("next", "Next report", ("]",), "Show the next report."),
    _reports("earlier", "Period before", ("<",), "Show the period before.", "earlier"),
    _reports("later", "Next period", (">",), "Show the period after.", "later"),
    _reports("period", "Period", ("p",), "Choose the days that are looked at.", "period"),
    _reports("group", "Group by", ("b",), "Choose days, weeks, months or a field for the lines.", "group"),
    _reports("compare", "Compare", ("c",), "Set the period before beside it, or not.", "compare"),
    _reports("time", "Working time", ("t",), "Count open time in calendar time, or in working time.", "time"),
    _reports("filter", "Narrow down", ("/",), "Type a query; only its tickets are counted.", "filter"),
    _reports("view", "Charts", ("v",), "Show the next chart large, then the table again.", "charts"),
    _reports("open", "Show what was counted", ("enter",), "List the tickets behind the figure.", "rows"),
    _reports("define", "What it means", ("w",), "Show what the figure means and how it was counted.", "meaning"),
    _reports("export", "Export", ("e",), "Write the report to a file: CSV, JSON, HTML or SVG.", "export"),
    _reports("left", "Column before", ("left", "h"), "Go to the figure at the left."),
    _reports("right", "Next column", ("right", "l"), "Go to the figure at the right."),
    _reports("pane", "Other pane", ("tab", "shift+tab"), "Go to the totals, or to the table."),
    _reports("reload", "Count again", ("R",), "Make the report again."),
    _reports("back", "Back", ("q", "escape"), "Go back to the tickets.", "back"),
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
    Action("program.quit", "Quit", ("q",), PROGRAM, "Go back, or leave the program from the list.", ("triage",)),
)  # fmt: skip

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
