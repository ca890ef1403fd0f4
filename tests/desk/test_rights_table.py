"""Every public method of the desk needs a right, and that right alone (behaviour 9.1, M3, M13, S13)."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import DETRACTOR_RULE, EXAMPLE_PLAN
from casedesk.desk.lists import Place
from casedesk.desk.values import AssistantProgress
from casedesk.domain.errors import NotPermitted
from casedesk.domain.rights import (
    ACTS_JOURNAL,
    ACTS_UNDO,
    ACTS_UNDO_OTHERS,
    BACKUP,
    CONFIGURE,
    CONTACTS_VIEW,
    IMPORT,
    LEVELS,
    MACROS_OWN,
    MACROS_SHARE,
    PLANS,
    REPORTS_VIEW,
    RIGHTS,
    TICKETS_ACTION,
    TICKETS_ASSIGN,
    TICKETS_CLASSIFY,
    TICKETS_CLOSE,
    TICKETS_EDIT,
    TICKETS_MERGE,
    TICKETS_MESSAGE,
    TICKETS_NEW,
    TICKETS_NOTE,
    TICKETS_PLAN,
    TICKETS_PRIORITY,
    TICKETS_RELATE,
    TICKETS_REOPEN,
    TICKETS_STATUS,
    TICKETS_TAG,
    TICKETS_TOPIC,
    TICKETS_VIEW,
    USERS,
    VIEWS_OWN,
    VIEWS_SHARE,
)
from casedesk.domain.rules import RESPONSE_RECEIVED
from casedesk.reports.period import named
from casedesk.reports.running import Reports
from casedesk.reports.values import Request
from tests.conftest import Clock
from tests.desk.rights_world import (
    ANSWERED,
    CLOSED,
    OTHER,
    PARCEL,
    UNANSWERED,
    WITH_PLAN,
    answers,
    make_world,
)

RULE = str(DETRACTOR_RULE["name"])
SET_UP_FILE = 'format = 1\n[settings]\nname = "Desk"\n'

Call = Callable[[Desk], Any]
Need = str | tuple[str, ...]
"""A right, or several of which one is enough."""


@dataclass(frozen=True)
class Row:
    """A method's call, and the rights that it needs, all of them. `before` is done by the administrator."""

    call: Call
    needs: tuple[Need, ...]
    before: Call | None = None


def row(call: Call, *needs: Need, before: Call | None = None) -> Row:
    return Row(call, needs, before)


def reads(call: Call) -> Row:
    return Row(call, (TICKETS_VIEW,))


def acts(call: Call, *rights: Need, before: Call | None = None) -> Row:
    """An act on tickets: whoever may not read them may not change them."""
    return Row(call, (TICKETS_VIEW, *rights), before)


PEOPLE = (TICKETS_VIEW, USERS, CONFIGURE)
ROLES = (TICKETS_VIEW, USERS)
LISTS = (TICKETS_VIEW, CONFIGURE)
OF_PLANS = (TICKETS_VIEW, PLANS, CONFIGURE)
OF_LEVELS = (TICKETS_VIEW, LEVELS, CONFIGURE)


def _report(desk: Desk) -> object:
    return Reports(desk).run(Request("tickets", named("last-30d", desk.now(), desk.zone)))


def _undo_last(desk: Desk) -> object:
    return desk.acts.undo(desk.store.reader().value("SELECT max(id) FROM act"))


def _one_policy(desk: Desk) -> None:
    for name in ("Vip", "Urgent"):
        desk.policies.retire(name)


TICKETS = {
    "add_action": acts(lambda d: d.tickets.add_action(WITH_PLAN, "Call", status="No response"), TICKETS_ACTION),
    "add_note": acts(lambda d: d.tickets.add_note(PARCEL, "rang"), TICKETS_NOTE),
    "alike": reads(lambda d: d.tickets.alike("Parcel")),
    "assign": acts(lambda d: d.tickets.assign(PARCEL, "ben"), TICKETS_ASSIGN),
    "classify": acts(lambda d: d.tickets.classify(PARCEL, ["Price"]), TICKETS_CLASSIFY),
    "close": acts(lambda d: d.tickets.close(PARCEL, "Resolved"), TICKETS_CLOSE),
    "count": reads(lambda d: d.tickets.count("is:open")),
    "edit_description": acts(lambda d: d.tickets.edit_description(PARCEL, "Since Monday"), TICKETS_EDIT),
    "edit_title": acts(lambda d: d.tickets.edit_title(PARCEL, "Late parcel"), TICKETS_EDIT),
    "end_of_merges": reads(lambda d: d.tickets.end_of_merges(PARCEL)),
    "feed": reads(lambda d: d.tickets.feed(PARCEL)),
    "find": reads(lambda d: d.tickets.find("")),
    "holding": reads(lambda d: d.tickets.holding("tag", [PARCEL])),
    "lines": reads(lambda d: d.tickets.lines([PARCEL])),
    "log_message": acts(lambda d: d.tickets.log_message(PARCEL, "Hello", direction="out"), TICKETS_MESSAGE),
    "look_up": reads(lambda d: d.tickets.look_up("parcel")),
    "merge": acts(lambda d: d.tickets.merge(PARCEL, OTHER), TICKETS_MERGE),
    "new": row(lambda d: d.tickets.new("Parcel", "low"), TICKETS_NEW),
    "numbers": reads(lambda d: d.tickets.numbers("")),
    "open_below": reads(lambda d: d.tickets.open_below([PARCEL])),
    "origin": reads(lambda d: d.tickets.origin(PARCEL, "priority")),
    "origins": reads(lambda d: d.tickets.origins(PARCEL)),
    "records": reads(lambda d: d.tickets.records([PARCEL])),
    "related": reads(lambda d: d.tickets.related(PARCEL)),
    "reopen": acts(lambda d: d.tickets.reopen(CLOSED), TICKETS_REOPEN),
    "set_accounts": acts(lambda d: d.tickets.set_accounts(PARCEL, ["Acme"]), TICKETS_RELATE, CONTACTS_VIEW),
    "set_contacts": acts(lambda d: d.tickets.set_contacts(PARCEL, ["Ken"]), TICKETS_RELATE, CONTACTS_VIEW),
    "set_helpers": acts(lambda d: d.tickets.set_helpers(PARCEL, ["ben"]), TICKETS_ASSIGN),
    "set_parent": acts(lambda d: d.tickets.set_parent(PARCEL, OTHER), TICKETS_RELATE),
    "set_plan": acts(lambda d: d.tickets.set_plan(PARCEL, EXAMPLE_PLAN), TICKETS_PLAN),
    "set_priority": acts(lambda d: d.tickets.set_priority(PARCEL, "high"), TICKETS_PRIORITY),
    "set_status": acts(lambda d: d.tickets.set_status(PARCEL, "pending"), TICKETS_STATUS),
    "set_team": acts(lambda d: d.tickets.set_team(PARCEL, "Riders"), TICKETS_ASSIGN),
    "set_topic": acts(lambda d: d.tickets.set_topic(PARCEL, "Billing"), TICKETS_TOPIC),
    "show": reads(lambda d: d.tickets.show(PARCEL)),
    "stream": reads(lambda d: list(d.tickets.stream(""))),
    "tag": acts(lambda d: d.tickets.tag(PARCEL, ["late"]), TICKETS_TAG),
    "would_move": reads(lambda d: d.tickets.would_move([PARCEL])),
}

FINER = {
    "a note with a new owner": acts(
        lambda d: d.tickets.assign(PARCEL, "ben", note="all yours"), TICKETS_ASSIGN, TICKETS_NOTE
    ),
    "a note with a new team": acts(
        lambda d: d.tickets.set_team(PARCEL, "Care", note="all yours"), TICKETS_ASSIGN, TICKETS_NOTE
    ),
    "a note with a new ticket": row(lambda d: d.tickets.new("A", "low", note="rang"), TICKETS_NEW, TICKETS_NOTE),
    "a part of a ticket": row(lambda d: d.tickets.new("A", "low", parent=PARCEL), TICKETS_NEW, TICKETS_RELATE),
    "closing by status": acts(
        lambda d: d.tickets.set_status(PARCEL, "closed"),
        TICKETS_STATUS,
        TICKETS_CLOSE,
        before=lambda d: [d.lists.retire("close options", each.name) for each in d.lists.entries("close options")],
    ),
    "closing by a plan": acts(
        lambda d: d.tickets.add_action(
            WITH_PLAN, "Close", close_plan=True, exit_state="Customer reached", resolution="Resolved"
        ),
        TICKETS_ACTION,
        TICKETS_CLOSE,
        before=lambda d: d.plans.add_action("Close", plans=[EXAMPLE_PLAN], closes_plan="always"),
    ),
    "reopening by status": acts(lambda d: d.tickets.set_status(CLOSED, "open"), TICKETS_STATUS, TICKETS_REOPEN),
    "a macro of two steps": acts(
        lambda d: d.macros.run("Both", PARCEL),
        TICKETS_NOTE,
        TICKETS_TAG,
        before=lambda d: d.macros.make("Both", [{"note": "rang"}, {"tags": ["+late"]}]),
    ),
    "sharing a macro": row(lambda d: d.macros.change("Call back", shared=True), MACROS_OWN, MACROS_SHARE),
    "sharing a new view": row(lambda d: d.views.add("All", shared=True), TICKETS_VIEW, VIEWS_OWN, VIEWS_SHARE),
    "changing a shared view": row(
        lambda d: d.views.change("Answers", new_name="Replies"), TICKETS_VIEW, VIEWS_OWN, VIEWS_SHARE
    ),
    "an action where there is no ticket yet": acts(
        lambda d: d.response_actions.add(d.views.show("Answers"), UNANSWERED, "Call", status="No response"),
        TICKETS_ACTION,
        TICKETS_NEW,
    ),
    "another user's absence": row(lambda d: d.team.go_away("ben"), TICKETS_VIEW, USERS),
    "handing over": row(
        lambda d: d.team.go_away("me", hand_over_to="ben"),
        TICKETS_VIEW,
        TICKETS_ASSIGN,
        before=lambda d: d.tickets.assign(PARCEL, "ana"),
    ),
    "somebody else's act": row(
        _undo_last,
        ACTS_UNDO,
        ACTS_UNDO_OTHERS,
        TICKETS_VIEW,
        TICKETS_NOTE,
        before=lambda d: d.as_user("ben").tickets.add_note(OTHER, "mine"),
    ),
}
"""What a method needs on top, by how it is called."""

UNDONE: dict[str, tuple[Call, tuple[str, ...]]] = {
    "a closing": (lambda d: d.tickets.close(PARCEL, "Resolved"), (TICKETS_VIEW, TICKETS_CLOSE)),
    "a reopening": (lambda d: d.tickets.reopen(CLOSED), (TICKETS_VIEW, TICKETS_REOPEN)),
    "a status": (lambda d: d.tickets.set_status(PARCEL, "pending"), (TICKETS_VIEW, TICKETS_STATUS)),
    "a note": (lambda d: d.tickets.add_note(PARCEL, "rang"), (TICKETS_VIEW, TICKETS_NOTE)),
    "a tag": (lambda d: d.tickets.tag(PARCEL, ["unheard of"]), (TICKETS_VIEW, TICKETS_TAG)),
    "a merge": (lambda d: d.tickets.merge(PARCEL, OTHER), (TICKETS_VIEW, TICKETS_MERGE)),
    "a message": (
        lambda d: d.tickets.log_message(PARCEL, "Hello", direction="out"),
        (TICKETS_VIEW, TICKETS_MESSAGE),
    ),
    "a new ticket": (lambda d: d.tickets.new("A", "low", tags=["fresh"]), (TICKETS_VIEW, TICKETS_NEW)),
    "an owner": (lambda d: d.tickets.assign(PARCEL, "ben"), (TICKETS_VIEW, TICKETS_ASSIGN)),
    "a role": (lambda d: d.team.set_role("ben", "supervisor"), (USERS,)),
    "a right": (lambda d: d.roles.grant("agent", IMPORT), (USERS,)),
    "a setting": (lambda d: d.setup.set_setting("name", "Desk"), (CONFIGURE,)),
    "service levels": (lambda d: d.policies.switch(True), (LEVELS,)),
    "a plan": (lambda d: d.plans.add("Another"), (PLANS,)),
    "a calendar": (lambda d: d.calendars.add("Early", "mon-fri 06:00-10:00"), (LEVELS,)),
    "a list's entry": (lambda d: d.lists.rename("topics", "Billing", "Bills"), (CONFIGURE,)),
    "a view": (lambda d: d.views.add("Late"), (VIEWS_OWN,)),
    "a macro": (lambda d: d.macros.make("Wave", [{"note": "waved"}]), (MACROS_OWN,)),
    "a share": (lambda d: d.dashboards.share("Day", users=["ben"]), (VIEWS_SHARE,)),
    "an absence": (lambda d: d.team.go_away("me"), ()),
}
"""Acts, and what taking them back needs beside the right to undo: the rights of doing the same by hand."""

VIEWS = {
    "add": row(lambda d: d.views.add("Late"), TICKETS_VIEW, VIEWS_OWN),
    "change": row(lambda d: d.views.change("Mine", new_name="Ours"), TICKETS_VIEW, VIEWS_OWN),
    "columns_named": reads(lambda d: d.views.columns_named(["title"])),
    "copy": row(lambda d: d.views.copy("Mine", "Ours"), TICKETS_VIEW, VIEWS_OWN),
    "count": reads(lambda d: d.views.count("Mine")),
    "count_responses": reads(lambda d: d.views.count_responses("")),
    "delete": row(lambda d: d.views.delete("Mine"), TICKETS_VIEW, VIEWS_OWN),
    "list": reads(lambda d: d.views.list()),
    "move": row(lambda d: d.views.move("Mine", 2), TICKETS_VIEW, VIEWS_OWN),
    "offered_columns": reads(lambda d: d.views.offered_columns()),
    "rows": reads(lambda d: d.views.rows(d.views.columns_named(["title"]), [PARCEL])),
    "share": row(lambda d: d.views.share("Mine"), TICKETS_VIEW, VIEWS_OWN, VIEWS_SHARE),
    "show": reads(lambda d: d.views.show("Mine")),
    "stream": reads(lambda d: list(d.views.stream("Mine"))),
    "stream_responses": reads(lambda d: list(d.views.stream_responses(""))),
    "usual_columns": reads(lambda d: d.views.usual_columns("tickets")),
}

DASHBOARDS = {
    "add_widget": row(
        lambda d: d.dashboards.add_widget("Day", "figure", report="cases", figure="new"), TICKETS_VIEW, VIEWS_OWN
    ),
    "change": row(lambda d: d.dashboards.change("Day", new_name="Night"), TICKETS_VIEW, VIEWS_OWN),
    "change_shares": row(lambda d: d.dashboards.change_shares("Day", users=["ben"]), TICKETS_VIEW, VIEWS_SHARE),
    "change_widget": row(lambda d: d.dashboards.change_widget("Day", 1, title="Now"), TICKETS_VIEW, VIEWS_OWN),
    "check_actions": row(
        lambda d: d.dashboards.check_actions("Day", 2), TICKETS_VIEW, before=lambda d: d.dashboards.pin("Day")
    ),
    "copy": row(lambda d: d.dashboards.copy("Day", "Night"), TICKETS_VIEW, VIEWS_OWN),
    "list": reads(lambda d: d.dashboards.list()),
    "make": row(lambda d: d.dashboards.make("Night"), VIEWS_OWN),
    "move_widget": row(lambda d: d.dashboards.move_widget("Day", 1, 2), TICKETS_VIEW, VIEWS_OWN),
    "pin": reads(lambda d: d.dashboards.pin("Day")),
    "pinned": reads(lambda d: d.dashboards.pinned()),
    "remove_widget": row(lambda d: d.dashboards.remove_widget("Day", 1), TICKETS_VIEW, VIEWS_OWN),
    "restore": row(lambda d: d.dashboards.restore("Gone"), TICKETS_VIEW, VIEWS_OWN),
    "retire": row(lambda d: d.dashboards.retire("Day"), TICKETS_VIEW, VIEWS_OWN),
    "share": row(lambda d: d.dashboards.share("Day", users=["ben"]), TICKETS_VIEW, VIEWS_SHARE),
    "show": reads(lambda d: d.dashboards.show("Day")),
    "unpin": row(lambda d: d.dashboards.unpin(), TICKETS_VIEW, before=lambda d: d.dashboards.pin("Day")),
    "unshare": row(
        lambda d: d.dashboards.unshare("Day"),
        TICKETS_VIEW,
        VIEWS_SHARE,
        before=lambda d: d.dashboards.share("Day", users=["ben"]),
    ),
}

PLANS_TABLE = {
    "action": row(lambda d: d.plans.action("Knock"), OF_PLANS),
    "actions": row(lambda d: d.plans.actions(), OF_PLANS),
    "add": row(lambda d: d.plans.add("Another"), PLANS),
    "add_action": row(lambda d: d.plans.add_action("Wave", plans=["Spare"]), PLANS),
    "copy": row(lambda d: d.plans.copy("Spare", "Second"), PLANS),
    "edit": row(lambda d: d.plans.edit("Spare", new_name="Second"), PLANS),
    "edit_action": row(lambda d: d.plans.edit_action("Knock", new_name="Ring"), PLANS),
    "link_action": row(lambda d: d.plans.link_action("Knock", [EXAMPLE_PLAN]), PLANS),
    "link_campaigns": row(lambda d: d.plans.link_campaigns("Spare", ["spring"]), PLANS),
    "list": row(lambda d: d.plans.list(), OF_PLANS),
    "of_ticket": reads(lambda d: d.plans.of_ticket(WITH_PLAN)),
    "of_tickets": reads(lambda d: d.plans.of_tickets([WITH_PLAN])),
    "restore": row(lambda d: d.plans.restore("Gone"), PLANS),
    "restore_action": row(lambda d: d.plans.restore_action("Sing"), PLANS),
    "retire": row(lambda d: d.plans.retire("Spare"), PLANS),
    "retire_action": row(lambda d: d.plans.retire_action("Knock"), PLANS),
    "show": row(lambda d: d.plans.show("Spare"), OF_PLANS),
    "unlink_action": row(lambda d: d.plans.unlink_action("Knock", "Spare"), PLANS),
}

LEVELS_TABLE = {
    "calendars.add": row(lambda d: d.calendars.add("Early", "mon-fri 06:00-10:00"), LEVELS),
    "calendars.calendar": row(lambda d: d.calendars.calendar("Night"), OF_LEVELS),
    "calendars.change": row(lambda d: d.calendars.change("Night", new_name="Always"), LEVELS),
    "calendars.copy": row(lambda d: d.calendars.copy("Night", "Always"), LEVELS),
    "calendars.countries": row(lambda d: d.calendars.countries(), OF_LEVELS),
    "calendars.entry": row(lambda d: d.calendars.entry("Night"), OF_LEVELS),
    "calendars.list": row(lambda d: d.calendars.list(), OF_LEVELS),
    "calendars.regions": row(lambda d: d.calendars.regions("DE"), OF_LEVELS),
    "calendars.remove_date": row(
        lambda d: d.calendars.remove_date("Night", date(2026, 12, 24)),
        LEVELS,
        before=lambda d: d.calendars.set_date("Night", date(2026, 12, 24)),
    ),
    "calendars.restore": row(lambda d: d.calendars.restore("Gone"), LEVELS),
    "calendars.retire": row(
        lambda d: d.calendars.retire("Spare"), LEVELS, before=lambda d: d.calendars.add("Spare", "24x7")
    ),
    "calendars.set_date": row(lambda d: d.calendars.set_date("Night", date(2026, 12, 24)), LEVELS),
    "calendars.show": row(lambda d: d.calendars.show("Night"), OF_LEVELS),
    "calendars.week": row(lambda d: d.calendars.week("mon-fri 09:00-17:00"), OF_LEVELS),
    "policies.add": row(lambda d: d.policies.add("High", "priority:high"), LEVELS),
    "policies.change": row(lambda d: d.policies.change("Vip", new_name="Gold"), LEVELS),
    "policies.entry": row(lambda d: d.policies.entry("Vip"), OF_LEVELS),
    "policies.list": row(lambda d: d.policies.list(), OF_LEVELS),
    "policies.move": row(lambda d: d.policies.move("Vip", 1), LEVELS),
    "policies.restore": row(lambda d: d.policies.restore("Gone"), LEVELS),
    "policies.retire": row(lambda d: d.policies.retire("Vip"), LEVELS),
    "policies.set_simple": row(lambda d: d.policies.set_simple(8), LEVELS, before=_one_policy),
    "policies.set_target": row(lambda d: d.policies.set_target("Vip", "resolution", 3600), LEVELS),
    "policies.show": row(lambda d: d.policies.show("Vip"), OF_LEVELS),
    "policies.simple": row(lambda d: d.policies.simple(), OF_LEVELS),
    "policies.switch": row(lambda d: d.policies.switch(True), LEVELS),
    "service_levels.explain": reads(lambda d: d.service_levels.explain(PARCEL)),
    "service_levels.timers": reads(lambda d: d.service_levels.timers(PARCEL)),
}


PEOPLE_TABLE = {
    "team.add_team": row(lambda d: d.team.add_team("North"), USERS),
    "team.add_user": row(lambda d: d.team.add_user("eve"), USERS),
    "team.change_members": row(lambda d: d.team.change_members("Care", add=("ben",)), USERS),
    "team.come_back": row(lambda d: d.team.come_back("me"), TICKETS_VIEW, before=lambda d: d.team.go_away("me")),
    "team.go_away": reads(lambda d: d.team.go_away("me")),
    "team.list_teams": row(lambda d: d.team.list_teams(), PEOPLE),
    "team.open_tickets_of": row(lambda d: d.team.open_tickets_of("ben"), (TICKETS_VIEW, USERS)),
    "team.rename_team": row(lambda d: d.team.rename_team("Care", "Kindness"), USERS),
    "team.rename_user": row(lambda d: d.team.rename_user("ben", "Ben Okri"), USERS),
    "team.restore_team": row(lambda d: d.team.restore_team("Old team"), USERS),
    "team.retire_team": row(lambda d: d.team.retire_team("Care"), USERS),
    "team.roles": row(lambda d: d.team.roles(), ROLES),
    "team.set_active": row(lambda d: d.team.set_active("dora", True), USERS),
    "team.set_role": row(lambda d: d.team.set_role("ben", "Reader"), USERS),
    "team.team": row(lambda d: d.team.team("Care"), PEOPLE),
    "team.teams": row(lambda d: d.team.teams(), PEOPLE),
    "team.user": row(lambda d: d.team.user("ben"), PEOPLE),
    "team.users": row(lambda d: d.team.users(), PEOPLE),
    "roles.add": row(lambda d: d.roles.add("Boss"), USERS),
    "roles.grant": row(lambda d: d.roles.grant("agent", IMPORT), USERS),
    "roles.list": row(lambda d: d.roles.list(), ROLES),
    "roles.remove": row(lambda d: d.roles.remove("Reader"), USERS),
    "roles.rename": row(lambda d: d.roles.rename("Reader", "Guest"), USERS),
    "roles.set_rights": row(lambda d: d.roles.set_rights("Reader", []), USERS),
    "roles.show": row(lambda d: d.roles.show("agent"), ROLES),
    "roles.withhold": row(lambda d: d.roles.withhold("agent", TICKETS_NOTE), USERS),
}

SET_UP = {
    "setup.choices": row(lambda d: d.setup.choices(), PEOPLE),
    "setup.last_changes": row(lambda d: d.setup.last_changes(), (CONFIGURE, USERS)),
    "setup.set_setting": row(lambda d: d.setup.set_setting("name", "Desk"), CONFIGURE),
    "setup.settings": row(lambda d: d.setup.settings(), LISTS),
    "lists.add": row(lambda d: d.lists.add("topics", "Weather"), CONFIGURE),
    "lists.entries": row(lambda d: d.lists.entries("topics"), LISTS),
    "lists.move": row(lambda d: d.lists.move("topics", "Billing", Place(to=1)), CONFIGURE),
    "lists.named_by": row(lambda d: d.lists.named_by("topics", "Billing"), LISTS),
    "lists.rename": row(lambda d: d.lists.rename("topics", "Billing", "Bills"), CONFIGURE),
    "lists.restore": row(lambda d: d.lists.restore("topics", "App"), CONFIGURE),
    "lists.retire": row(lambda d: d.lists.retire("topics", "Billing"), CONFIGURE),
    "lists.set_state": row(
        lambda d: d.lists.set_state("waiting", "open"),
        CONFIGURE,
        before=lambda d: d.lists.add("statuses", "waiting", state="pending"),
    ),
    "lists.show": row(lambda d: d.lists.show("topics", "Billing"), LISTS),
    "campaigns.add": row(lambda d: d.campaigns.add("autumn"), PLANS),
    "campaigns.link_plan": row(lambda d: d.campaigns.link_plan("spring", "Spare"), PLANS),
    "campaigns.list": row(lambda d: d.campaigns.list(), OF_PLANS),
}

RECORDS = {
    "acts.journal": row(lambda d: d.acts.journal(), ACTS_JOURNAL),
    "acts.redo": row(
        lambda d: d.acts.redo(),
        ACTS_UNDO,
        TICKETS_VIEW,
        TICKETS_NOTE,
        before=lambda d: [d.tickets.add_note(PARCEL, "rang"), d.acts.undo()],
    ),
    "acts.undo": row(
        lambda d: d.acts.undo(),
        ACTS_UNDO,
        TICKETS_VIEW,
        TICKETS_NOTE,
        before=lambda d: d.tickets.add_note(PARCEL, "rang"),
    ),
    "contacts.stream": row(lambda d: list(d.contacts.stream()), CONTACTS_VIEW),
    "contacts.stream_accounts": row(lambda d: list(d.contacts.stream_accounts()), CONTACTS_VIEW),
    "contacts.accounts": row(lambda d: d.contacts.accounts(), CONTACTS_VIEW),
    "contacts.find": row(lambda d: d.contacts.find(""), CONTACTS_VIEW),
    "contacts.find_account": row(lambda d: d.contacts.find_account("Acme"), CONTACTS_VIEW),
    "contacts.find_one": row(lambda d: d.contacts.find_one("Rosa"), CONTACTS_VIEW),
    "contacts.show": row(lambda d: d.contacts.show(1), CONTACTS_VIEW),
    "imports.mappings": row(lambda d: d.imports.mappings(), (IMPORT, CONFIGURE)),
    "imports.propose": row(lambda d: d.imports.propose(d.path.parent / "spring.csv"), IMPORT),
    "imports.run": row(lambda d: d.imports.run(d.path.parent / "spring.csv", campaign="autumn"), IMPORT),
    "imports.save_mapping": row(
        lambda d: d.imports.save_mapping("Ours", d.imports.propose(d.path.parent / "spring.csv").mapping), IMPORT
    ),
    "macros.change": row(lambda d: d.macros.change("Call back", new_name="Ring"), MACROS_OWN),
    "macros.difference": acts(lambda d: d.macros.difference("Call back", [PARCEL]), TICKETS_NOTE),
    "macros.list": reads(lambda d: d.macros.list()),
    "macros.make": row(lambda d: d.macros.make("Wave", [{"note": "waved"}]), MACROS_OWN),
    "macros.retire": row(lambda d: d.macros.retire("Call back"), MACROS_OWN),
    "macros.run": acts(lambda d: d.macros.run("Call back", PARCEL), TICKETS_NOTE),
    "macros.show": reads(lambda d: d.macros.show("Call back")),
    "queries.complete": row(lambda d: d.queries.complete("pri", 3), OF_LEVELS),
    "reports.run": row(_report, REPORTS_VIEW),
    "response_actions.add": acts(
        lambda d: d.response_actions.add(d.views.show("Answers"), ANSWERED, "Call", status="No response"),
        TICKETS_ACTION,
    ),
    "response_actions.offered": reads(lambda d: d.response_actions.offered(ANSWERED)),
    "responses.find": reads(lambda d: d.responses.find()),
    "responses.stream": reads(lambda d: list(d.responses.stream())),
    "responses.show": reads(lambda d: d.responses.show(ANSWERED)),
}
"""Rows of the areas with a few methods each."""

RULES = {
    "rules.add": row(lambda d: d.rules.add("Praise", "nps>=9", [{"tag": "praise"}]), CONFIGURE),
    "rules.attempt": row(lambda d: d.rules.attempt(RULE), CONFIGURE),
    "rules.change": row(lambda d: d.rules.change(RULE, condition="nps<=5"), CONFIGURE),
    "rules.effect_kinds": row(lambda d: d.rules.effect_kinds(), LISTS),
    "rules.list": row(lambda d: d.rules.list(), LISTS),
    "rules.log": reads(lambda d: d.rules.log()),
    "rules.matches": row(lambda d: d.rules.matches("nps<=5", RESPONSE_RECEIVED), LISTS),
    "rules.move": row(
        lambda d: d.rules.move("Praise", 1),
        CONFIGURE,
        before=lambda d: d.rules.add("Praise", "nps>=9", [{"tag": "praise"}]),
    ),
    "rules.put": row(lambda d: d.rules.put("Praise", "nps>=9", [{"tag": "praise"}]), CONFIGURE),
    "rules.remove": row(
        lambda d: d.rules.remove("Praise"),
        CONFIGURE,
        before=lambda d: d.rules.add("Praise", "nps>=9", [{"tag": "praise"}]),
    ),
    "rules.rename": row(lambda d: d.rules.rename(RULE, "Angry"), CONFIGURE),
    "rules.show": row(lambda d: d.rules.show(RULE), LISTS),
    "rules.switch": row(lambda d: d.rules.switch(RULE, False), CONFIGURE),
    "rules.totals": row(lambda d: d.rules.totals(), LISTS),
    "past_responses.matches": reads(lambda d: d.past_responses.matches("nps>=9")),
    "past_responses.open_tickets": row(
        lambda d: d.past_responses.open_tickets("Praise"),
        TICKETS_VIEW,
        CONFIGURE,
        before=lambda d: d.rules.add("Praise", "nps>=9", [{"open_ticket": True}]),
    ),
    "maintenance.backup": row(lambda d: d.maintenance.backup(d.path.parent / "copy"), BACKUP),
    "maintenance.mend": row(lambda d: d.maintenance.mend(), BACKUP, CONFIGURE),
    "assistant.begin": row(lambda d: d.assistant.begin(), CONFIGURE),
    "assistant.keep": row(lambda d: d.assistant.keep(AssistantProgress("desk")), CONFIGURE),
    "set_up.apply": row(lambda d: d.set_up.apply(SET_UP_FILE), TICKETS_VIEW, CONFIGURE),
    "set_up.difference": row(lambda d: d.set_up.difference(SET_UP_FILE), TICKETS_VIEW, CONFIGURE),
    "drafts.discard": acts(lambda d: d.drafts.discard(PARCEL, "note"), TICKETS_NOTE),
    "drafts.find": acts(lambda d: d.drafts.find(PARCEL, "message"), TICKETS_MESSAGE),
    "drafts.keep": acts(lambda d: d.drafts.keep(PARCEL, "description", "Since"), TICKETS_EDIT),
    "set_up.export": row(lambda d: d.set_up.export(), TICKETS_VIEW, CONFIGURE),
}

TABLE: dict[str, Row] = {
    **RULES,
    **{f"tickets.{name}": each for name, each in TICKETS.items()},
    **{f"views.{name}": each for name, each in VIEWS.items()},
    **{f"dashboards.{name}": each for name, each in DASHBOARDS.items()},
    **{f"plans.{name}": each for name, each in PLANS_TABLE.items()},
    **LEVELS_TABLE,
    **PEOPLE_TABLE,
    **SET_UP,
    **RECORDS,
}

INSIDE = frozenset(
    {
        "acts.check_version",
        "acts.on_tickets",
        "acts.once",
        "acts.once_and_on_tickets",
        "acts.open_by_first_act",
        "acts.rehearse",
        "acts.together",
        "plans.act",
        "plans.close",
        "plans.give",
        "queries.among",
        "service_levels.follow",
        "setup.record_setting",
    }
)
"""What an act is made of: it takes an act that is underway, or the right that it is to need."""

FREE: dict[str, Call] = {
    "assistant.progress": lambda d: d.assistant.progress(),
    "assistant.unfinished": lambda d: d.assistant.unfinished(),
    "maintenance.examine": lambda d: d.maintenance.examine(),
    "queries.as_rule": lambda d: d.queries.as_rule("nps<=6"),
    "queries.is_relative": lambda d: d.queries.is_relative("created<7d"),
    "rules.active": lambda d: d.rules.active(),
    "rules.mistake_in": lambda d: d.rules.mistake_in(d.rules.active()[0].line),
    "rules.compiled": lambda d: d.rules.compiled(d.rules.active()[0].line),
    "rules.trigger_kinds": lambda d: d.rules.trigger_kinds(),
    "rules.words": lambda d: d.rules.words([{"tag": "praise"}]),
    "acts.transaction": lambda d: d.acts.transaction(),
    "calendars.working": lambda d: d.calendars.working(1),
    "lists.is_ordered": lambda d: d.lists.is_ordered("tags"),
    "lists.keys": lambda d: d.lists.keys(),
    "macros.words": lambda d: d.macros.words([{"note": "rang"}]),
    "policies.default": lambda d: d.policies.default(),
    "policies.in_order": lambda d: d.policies.in_order(),
    "queries.check": lambda d: d.queries.check("is:open"),
    "queries.condition": lambda d: d.queries.condition("nps<=6"),
    "queries.count": lambda d: d.queries.count("is:open"),
    "queries.resolved": lambda d: d.queries.resolved("is:open"),
    "queries.select": lambda d: d.queries.select("is:open"),
    "queries.select_responses": lambda d: d.queries.select_responses("is:open"),
    "queries.test": lambda d: d.queries.test("is:open"),
    "service_levels.recompute": lambda d: d.service_levels.recompute(),
    "service_levels.sweep": lambda d: d.service_levels.sweep(),
    "service_levels.warm": lambda d: d.service_levels.warm(),
    "setup.entries": lambda d: d.setup.entries("topic"),
    "setup.entry": lambda d: d.setup.entry("topic", "Billing"),
    "setup.name_of": lambda d: d.setup.name_of("topic", 1),
    "setup.setting": lambda d: d.setup.setting("name"),
    "setup.status": lambda d: d.setup.status("open"),
    "setup.status_for": lambda d: d.setup.status_for("open"),
    "setup.status_name": lambda d: d.setup.status_name(1),
    "setup.statuses": lambda d: d.setup.statuses(),
    "sweeping.run": lambda d: d.sweeping.run(),
    "team.login": lambda d: d.team.login(1),
    "tickets.tabs": lambda d: d.tickets.tabs(),
    "tickets.check": lambda d: d.tickets.check("is:open"),
}
"""What needs no right: what the desk does by itself for whoever is there, the words of its own lists, by which acts
and queries of every kind are checked, and statements that nobody has run yet."""


def areas() -> dict[str, type]:
    """The desk's areas by the attribute under which the desk has them, and the reports on top of it."""
    found: dict[str, type] = {"reports": Reports}
    for name, attribute in vars(Desk).items():
        if isinstance(attribute, cached_property):
            made = attribute.func.__annotations__["return"]
            if made not in {"str", "ZoneInfo"}:
                found[name] = type(attribute.func(object.__new__(Desk)))
    return found


def public_methods() -> set[str]:
    return {
        f"{area}.{name}"
        for area, made in areas().items()
        for name, member in inspect.getmembers(made, callable)
        if not name.startswith("_")
    }


def test_every_public_method_of_every_area_has_its_row() -> None:
    listed = [*TABLE, *INSIDE, *FREE]
    assert sorted(listed) == sorted(public_methods())


def test_what_acts_are_made_of_cannot_be_called_without_one() -> None:
    made = areas()
    for name in INSIDE:
        area, _, method = name.partition(".")
        parameters = set(inspect.signature(getattr(made[area], method)).parameters)
        assert parameters & {"recorder", "session", "reader", "ticket", "right"}, name


def test_every_right_is_needed_somewhere() -> None:
    needed = {
        right for each in (*TABLE.values(), *FINER.values()) for need in each.needs for right in _alternatives(need)
    }
    assert needed | {"act-as"} == set(RIGHTS)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.desk"
    make_world(path, Clock())
    return path


@pytest.fixture
def administrator(world: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    path = tmp_path / "small.desk"
    shutil.copy(world, path)
    answers(tmp_path)
    clock.tick(60)
    with Desk.open(path, user="ana", clock=clock) as desk:
        yield desk


def with_rights(desk: Desk, rights: set[str]) -> Desk:
    """The same desk for a user who has these rights and no other."""
    return Desk(desk.store, replace(desk.user, rights=frozenset(rights)), clock=desk.clock)


def activity(desk: Desk) -> object:
    return desk.store.reader().row("SELECT (SELECT count(*) FROM activity), (SELECT count(*) FROM act)")


def _alternatives(need: Need) -> tuple[str, ...]:
    return (need,) if isinstance(need, str) else need


@pytest.mark.parametrize("name", [*TABLE, *FINER])
def test_without_one_of_its_rights_it_is_refused_and_nothing_is_changed(administrator: Desk, name: str) -> None:
    each = {**TABLE, **FINER}[name]
    if each.before is not None:
        each.before(administrator)
    before = activity(administrator)
    for need in each.needs:
        others = set(RIGHTS) - set(_alternatives(need))
        with pytest.raises(NotPermitted, match="ana may "):
            each.call(with_rights(administrator, others))
        assert activity(administrator) == before


@pytest.mark.parametrize("name", [*TABLE, *FINER])
def test_with_its_rights_alone_it_is_done(administrator: Desk, name: str) -> None:
    each = {**TABLE, **FINER}[name]
    if each.before is not None:
        each.before(administrator)
    rights = {_alternatives(need)[0] for need in each.needs}
    assert each.call(with_rights(administrator, rights)) is not NotImplemented
    if not activity_is_made(each):
        for need in each.needs:
            for right in _alternatives(need):
                each.call(with_rights(administrator, rights - set(_alternatives(need)) | {right}))


def activity_is_made(each: Row) -> bool:
    """Whether calling it a second time would find nothing left to do."""
    return all(isinstance(need, str) for need in each.needs)


@pytest.mark.parametrize("name", FREE)
def test_what_needs_no_right_is_done_for_anybody(administrator: Desk, name: str) -> None:
    before = activity(administrator)
    FREE[name](with_rights(administrator, set()))
    assert activity(administrator) == before


@pytest.mark.parametrize("name", UNDONE)
def test_taking_back_and_doing_again_takes_the_rights_of_the_act(administrator: Desk, name: str) -> None:
    act, needs = UNDONE[name]
    act(administrator)
    rights = {ACTS_UNDO, *needs}
    takes: tuple[Call, ...] = (lambda desk: desk.acts.undo(), lambda desk: desk.acts.redo())
    for take in takes:
        for right in rights:
            before = activity(administrator)
            with pytest.raises(NotPermitted):
                take(with_rights(administrator, set(RIGHTS) - {right}))
            assert activity(administrator) == before
        assert take(with_rights(administrator, rights)).act_id is not None
