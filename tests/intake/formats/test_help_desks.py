"""Zendesk, Jira and Bugzilla: ratings, tickets, people."""

from __future__ import annotations

import json
from typing import Any

from tests.intake.conftest import Open


def rating(number: int, score: str) -> dict[str, Any]:
    return {
        "id": number,
        "assignee_id": 1,
        "group_id": 2,
        "requester_id": 78,
        "ticket_id": 200 + number,
        "score": score,
        "comment": "Quick!" if score == "good" else None,
        "created_at": "2024-07-20T22:55:29Z",
    }


def test_zendesks_ratings_count_five_and_one(read: Open) -> None:
    ratings = [rating(1, "good"), rating(2, "bad"), rating(3, "offered")]
    found = read(json.dumps({"satisfaction_ratings": ratings}), "ratings.json")
    assert (found.source.format, found.source.kind) == ("zendesk", "responses")
    assert [(record.external_id, record.score, record.complete) for record in found.responses] == [
        ("1", 5, True),
        ("2", 1, True),
        ("3", None, False),
    ]
    first = found.responses[0]
    assert (first.comment, first.person.external_id, dict(first.answers)["ticket_id"]) == ("Quick!", "78", "201")


def test_zendesks_tickets_may_lack_fields(read: Open) -> None:
    tickets = [
        {
            "_id": "436b",
            "created_at": "2016-04-28T11:19:34 -10:00",
            "type": "incident",
            "subject": "The lift stands still",
            "description": "Since this morning",
            "priority": "high",
            "status": "hold",
            "submitter_id": 38,
            "assignee_id": 24,
            "organization_id": 116,
            "tags": ["Ohio", "Left, right"],
            "has_incidents": False,
        },
        {
            "_id": "437c",
            "created_at": "2016-04-29T11:19:34 -10:00",
            "subject": "B",
            "status": "open",
            "submitter_id": 3,
        },
    ]
    found = read(json.dumps(tickets), "tickets.json")
    assert (found.source.format, found.source.kind) == ("zendesk", "tickets")
    first, second = found.tickets
    assert (first.external_id, first.title, first.status, first.topic) == (
        "436b",
        "The lift stands still",
        "hold",
        "incident",
    )
    assert (first.created_at, first.owner, first.tags) == (1461878374, "24", ("Ohio", "Left, right"))
    assert (first.person.external_id, first.person.account_id) == ("38", "116")
    assert first.fields == (("has_incidents", "false"),)
    assert (second.priority, second.owner, second.tags) == (None, None, ())


def test_zendesks_users_and_organizations_are_contacts_and_accounts(read: Open) -> None:
    user = {"_id": 5, "name": "Ola Berg", "role": "end-user", "locale": "en-AU", "shared": False, "organization_id": 7}
    users = [user | {"email": "Ola@Example.com", "phone": "8335-422-718"}, user | {"_id": 6, "name": "Bo Dahl"}]
    people = [contact.person for contact in read(json.dumps(users), "users.json").contacts]
    assert (people[0].external_id, people[0].email, people[0].phone, people[0].account_id) == (
        "5",
        "ola@example.com",
        "8335-422-718",
        "7",
    )
    assert (people[1].name, people[1].email, people[1].language) == ("Bo Dahl", None, "en-au")
    organization = {"_id": 7, "name": "Berg & Co", "domain_names": ["a.com", "b.com"], "details": "MegaCorp"}
    (account,) = [contact.person for contact in read(json.dumps([organization]), "orgs.json").contacts]
    assert (account.account, account.account_id, account.is_empty) == ("Berg & Co", "7", True)
    assert dict(account.variables)["domain_names"] == "a.com | b.com"


def issue(**fields: Any) -> dict[str, Any]:
    person = {"displayName": "Eva Lind", "name": "elind", "emailAddress": "Eva@Example.com", "avatarUrls": {"16": "x"}}
    known = {
        "summary": "Printer prints pink",
        "description": "Every page",
        "status": {"name": "Open", "iconUrl": "http://x"},
        "priority": {"name": "Major"},
        "issuetype": {"name": "Bug"},
        "resolution": None,
        "assignee": person,
        "reporter": person,
        "labels": ["print", "colour"],
        "components": [{"name": "Hardware"}],
        "created": "2016-03-03T13:40:01.000+0000",
        "updated": "2016-03-03T14:32:47.000+0000",
        "customfield_10": {"value": "Blue"},
        "customfield_11": None,
    }
    return {"key": "HELP-7", "id": "1", "fields": known | fields}


def test_jiras_issues_are_tickets(read: Open) -> None:
    found = read(json.dumps({"startAt": 0, "total": 1, "issues": [issue()]}), "issues.json")
    assert found.source.format == "jira"
    (ticket,) = found.tickets
    assert (ticket.external_id, ticket.title, ticket.status, ticket.priority) == (
        "HELP-7",
        "Printer prints pink",
        "Open",
        "Major",
    )
    assert (ticket.owner, ticket.tags, ticket.created_at, ticket.closed_at) == (
        "Eva Lind",
        ("print", "colour"),
        1457012401,
        None,
    )
    assert (ticket.person.name, ticket.person.email, ticket.person.external_id) == (
        "Eva Lind",
        "eva@example.com",
        "elind",
    )
    assert dict(ticket.fields) == {"components": "Hardware", "customfield_10": "Blue"}


def test_jiras_table_is_read(read: Open) -> None:
    found = read(
        "Summary,Issue key,Issue Type,Status,Priority,Assignee,Reporter,Created,Resolved,Labels,Labels\n"
        "Printer prints pink,HELP-7,Bug,Done,Low,eva,ola,03/Mar/16 1:40 PM,04/Mar/16 1:40 PM,print,colour\n"
    )
    assert found.source.format == "jira"
    (ticket,) = found.tickets
    assert (ticket.external_id, ticket.created_at, ticket.closed_at) == ("HELP-7", 1457012400, 1457098800)


def test_bugzillas_list_is_read(read: Open) -> None:
    found = read(
        '"bug_id","product","component","assigned_to","bug_status","resolution","short_desc","changeddate"\n'
        '15,"Shop","Cart","ana","RESOLVED","FIXED","Cart forgets, always","2009-07-22 15:27:25"\n'
        '18,"Shop","Cart","ben","ASSIGNED","---","Total is wrong","2009-07-28 20:09:20"\n'
    )
    assert found.source.format == "bugzilla"
    assert [(ticket.external_id, ticket.title, ticket.resolution) for ticket in found.tickets] == [
        ("15", "Cart forgets, always", "FIXED"),
        ("18", "Total is wrong", None),
    ]
    assert found.tickets[0].updated_at == 1248276445
