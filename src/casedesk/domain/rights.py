"""The single rights, and the roles a new desk starts with (behaviour 9.1, M3, S13)."""

from __future__ import annotations

from typing import Final

TICKETS_VIEW: Final = "tickets.view"
TICKETS_NEW: Final = "tickets.new"
TICKETS_STATUS: Final = "tickets.status"
TICKETS_NOTE: Final = "tickets.note"
TICKETS_MESSAGE: Final = "tickets.message"
TICKETS_CLASSIFY: Final = "tickets.classify"
TICKETS_TAG: Final = "tickets.tag"
TICKETS_PRIORITY: Final = "tickets.priority"
TICKETS_TOPIC: Final = "tickets.topic"
TICKETS_ASSIGN: Final = "tickets.assign"
TICKETS_ACTION: Final = "tickets.action"
TICKETS_PLAN: Final = "tickets.plan"
TICKETS_EDIT: Final = "tickets.edit"
TICKETS_CLOSE: Final = "tickets.close"
TICKETS_REOPEN: Final = "tickets.reopen"
TICKETS_RELATE: Final = "tickets.relate"
TICKETS_MERGE: Final = "tickets.merge"
MACROS_SHARE: Final = "macros.share"
VIEWS_SHARE: Final = "views.share"
REPORTS_VIEW: Final = "reports.view"
ACTS_UNDO_OTHERS: Final = "acts.undo-others"
IMPORT: Final = "import"
CONTACTS_VIEW: Final = "contacts.view"
CONFIGURE: Final = "configure"
USERS: Final = "users"
ACT_AS: Final = "act-as"

RIGHTS: Final[dict[str, str]] = {
    TICKETS_VIEW: "read tickets and responses",
    TICKETS_NEW: "open a ticket by hand",
    TICKETS_STATUS: "change a ticket's status",
    TICKETS_NOTE: "add notes",
    TICKETS_MESSAGE: "log messages to and from customers",
    TICKETS_CLASSIFY: "classify tickets",
    TICKETS_TAG: "change tags",
    TICKETS_PRIORITY: "change the priority",
    TICKETS_TOPIC: "change the topic",
    TICKETS_ASSIGN: "change owner, helpers and team",
    TICKETS_ACTION: "act by an action plan",
    TICKETS_PLAN: "give a ticket another plan",
    TICKETS_EDIT: "edit title and description",
    TICKETS_CLOSE: "close tickets",
    TICKETS_REOPEN: "reopen closed tickets",
    TICKETS_RELATE: "relate tickets to other tickets, contacts and accounts",
    TICKETS_MERGE: "merge tickets",
    MACROS_SHARE: "make macros that all may run",
    VIEWS_SHARE: "share views and dashboards",
    REPORTS_VIEW: "see reports",
    ACTS_UNDO_OTHERS: "take back what somebody else did",
    IMPORT: "import files",
    CONTACTS_VIEW: "see contacts and their variables",
    CONFIGURE: "change the desk's set-up",
    USERS: "add and change users",
    ACT_AS: "act in another user's name",
}

_AGENT = (
    TICKETS_VIEW, TICKETS_NEW, TICKETS_STATUS, TICKETS_NOTE, TICKETS_MESSAGE, TICKETS_CLASSIFY, TICKETS_TAG,
    TICKETS_PRIORITY, TICKETS_TOPIC, TICKETS_ASSIGN, TICKETS_ACTION, TICKETS_EDIT, TICKETS_CLOSE, TICKETS_REOPEN,
    TICKETS_RELATE, TICKETS_MERGE, CONTACTS_VIEW,
)  # fmt: skip

ROLES: Final[dict[str, tuple[str, ...]]] = {
    "agent": _AGENT,
    "supervisor": (*_AGENT, TICKETS_PLAN, MACROS_SHARE, VIEWS_SHARE, REPORTS_VIEW, ACTS_UNDO_OTHERS, IMPORT),
    "administrator": tuple(RIGHTS),
}
