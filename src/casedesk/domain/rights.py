"""The single rights, and the roles a new desk starts with (behaviour 9.1, M3, S13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
CONTACTS_VIEW: Final = "contacts.view"
ACTS_UNDO: Final = "acts.undo"
ACTS_UNDO_OTHERS: Final = "acts.undo-others"
ACTS_JOURNAL: Final = "acts.journal"
MACROS_OWN: Final = "macros.own"
MACROS_SHARE: Final = "macros.share"
VIEWS_OWN: Final = "views.own"
VIEWS_SHARE: Final = "views.share"
REPORTS_VIEW: Final = "reports.view"
IMPORT: Final = "import"
PLANS: Final = "plans"
LEVELS: Final = "service-levels"
CONFIGURE: Final = "configure"
USERS: Final = "users"
ACT_AS: Final = "act-as"
BACKUP: Final = "backup"


@dataclass(frozen=True, slots=True)
class Right:
    """A single right. `words` end the sentence “may …”; `group` is the heading under which people look for it."""

    id: str
    words: str
    group: str


TICKETS, WORK, REPORTS, SET_UP, PEOPLE = "Tickets", "Own work", "Reports", "Set-up", "People"
GROUPS: Final = (TICKETS, WORK, REPORTS, SET_UP, PEOPLE)
"""The headings, in the order in which they are shown."""

ALL_RIGHTS: Final = (
    Right(TICKETS_VIEW, "read tickets and responses", TICKETS),
    Right(TICKETS_NEW, "open a ticket by hand", TICKETS),
    Right(TICKETS_STATUS, "change a ticket's status", TICKETS),
    Right(TICKETS_NOTE, "add notes", TICKETS),
    Right(TICKETS_MESSAGE, "log messages to and from customers", TICKETS),
    Right(TICKETS_CLASSIFY, "classify tickets", TICKETS),
    Right(TICKETS_TAG, "change tags", TICKETS),
    Right(TICKETS_PRIORITY, "change the priority", TICKETS),
    Right(TICKETS_TOPIC, "change the topic", TICKETS),
    Right(TICKETS_ASSIGN, "change owner, helpers and team", TICKETS),
    Right(TICKETS_ACTION, "act by an action plan", TICKETS),
    Right(TICKETS_PLAN, "give a ticket another plan", TICKETS),
    Right(TICKETS_EDIT, "edit title and description", TICKETS),
    Right(TICKETS_CLOSE, "close tickets", TICKETS),
    Right(TICKETS_REOPEN, "reopen closed tickets", TICKETS),
    Right(TICKETS_RELATE, "relate tickets to other tickets, contacts and accounts", TICKETS),
    Right(TICKETS_MERGE, "merge tickets", TICKETS),
    Right(CONTACTS_VIEW, "see contacts and their variables", TICKETS),
    Right(ACTS_UNDO, "take back what they did themselves", WORK),
    Right(ACTS_UNDO_OTHERS, "take back what somebody else did", WORK),
    Right(ACTS_JOURNAL, "see the journal of what everybody did", WORK),
    Right(MACROS_OWN, "make macros of their own", WORK),
    Right(MACROS_SHARE, "make macros that all may run", WORK),
    Right(VIEWS_OWN, "make views and dashboards of their own", WORK),
    Right(VIEWS_SHARE, "share views and dashboards", WORK),
    Right(REPORTS_VIEW, "see reports", REPORTS),
    Right(IMPORT, "import files", SET_UP),
    Right(PLANS, "change action plans and campaigns", SET_UP),
    Right(LEVELS, "change service levels and calendars", SET_UP),
    Right(CONFIGURE, "change the desk's set-up", SET_UP),
    Right(BACKUP, "copy the whole desk into a backup", SET_UP),
    Right(USERS, "add and change users, teams and roles", PEOPLE),
    Right(ACT_AS, "act in another user's name", PEOPLE),
)
"""Every right, in the order in which they are shown."""

RIGHTS: Final[Mapping[str, str]] = {right.id: right.words for right in ALL_RIGHTS}
"""What each right lets people do, by its id."""

KEPT: Final = (USERS, CONFIGURE)
"""The rights that somebody who is active always has: without them nobody could give them back (S13)."""


def sorted_rights(rights: Iterable[str]) -> tuple[str, ...]:
    """The rights in the order in which they are shown; what isn't a right is left out."""
    held = frozenset(rights)
    return tuple(right for right in RIGHTS if right in held)


_AGENT = (
    TICKETS_VIEW, TICKETS_NEW, TICKETS_STATUS, TICKETS_NOTE, TICKETS_MESSAGE, TICKETS_CLASSIFY, TICKETS_TAG,
    TICKETS_PRIORITY, TICKETS_TOPIC, TICKETS_ASSIGN, TICKETS_ACTION, TICKETS_EDIT, TICKETS_CLOSE, TICKETS_REOPEN,
    TICKETS_RELATE, TICKETS_MERGE, CONTACTS_VIEW, ACTS_UNDO, ACTS_JOURNAL, MACROS_OWN, VIEWS_OWN,
)  # fmt: skip
_SUPERVISOR = (*_AGENT, TICKETS_PLAN, MACROS_SHARE, VIEWS_SHARE, REPORTS_VIEW, ACTS_UNDO_OTHERS, IMPORT)

ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "agent": sorted_rights(_AGENT),
    "supervisor": sorted_rights(_SUPERVISOR),
    "administrator": tuple(RIGHTS),
}
