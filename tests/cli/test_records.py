"""`casedesk responses|contacts|accounts|campaigns`."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

ROWS = (
    "response_id,submitted,nps,comment,name,email,account,region\n"
    'r1,2026-01-10 10:00:00,2,"Late, very late",Rosa Marín,rosa@acme.example,Acme,North\n'
    "r2,2026-01-11 10:00:00,10,Great,Tom,tom@acme.example,Acme,South\n"
)
MAPPING = """
kind = "responses"
[[columns]]
header = "response_id"
target = "external_id"
[[columns]]
header = "submitted"
target = "answered_at"
[[columns]]
header = "nps"
target = "score:nps"
[[columns]]
header = "comment"
target = "comment"
[[columns]]
header = "name"
target = "person.name"
[[columns]]
header = "email"
target = "person.email"
[[columns]]
header = "account"
target = "account"
[[columns]]
header = "region"
target = "variable:region"
"""


@pytest.fixture
def filled(desk: Desk, run: Run, tmp_path: Path) -> Desk:
    (tmp_path / "autumn.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "autumn.toml").write_text(MAPPING, encoding="utf-8")
    assert run("import", str(tmp_path / "autumn.csv"), "--mapping", str(tmp_path / "autumn.toml")).status == 0
    return desk


def test_a_response_is_listed_and_shown_with_its_answers(filled: Desk, run: Run) -> None:
    listed = run("responses", "list", "nps<=6", "--json").document
    assert [response["external_id"] for response in listed] == ["r1"]
    shown = run("responses", "show", str(listed[0]["id"]), "--json").document
    assert (shown["score"], shown["score_kind"], shown["answered_at"]) == (2, "nps", "2026-01-10T10:00:00Z")
    assert {"key", "question", "value", "kind"} == set(shown["answers"][0])
    assert "Late, very late" in run("responses", "show", str(listed[0]["id"])).out
    assert run("responses", "show", "99").status == 1


def test_a_ticket_shows_its_response_and_contact(filled: Desk, run: Run) -> None:
    number = str(filled.tickets.numbers("")[0])
    shown = run("tickets", "show", number, "--json").document
    assert shown["response"]["comment"] == "Late, very late"
    assert shown["contact"]["variables"] == {"region": "North"}
    assert (shown["score"], shown["account"], shown["campaign"]) == (2, "Acme", "Autumn")
    text = run("tickets", "show", number).out
    assert "Rosa Marín · rosa@acme.example" in text
    assert "score" in text
    assert "NPS 2" in text


def test_a_contact_is_found_and_shown_with_scores_and_tickets(filled: Desk, run: Run) -> None:
    assert [contact["name"] for contact in run("contacts", "list", "ros", "--json").document] == ["Rosa Marín"]
    shown = run("contacts", "show", "rosa@acme.example", "--json").document
    assert shown["scores"] == [
        {"at": "2026-01-10T10:00:00Z", "score": 2, "score_kind": "nps", "campaign": "Autumn"},
    ]
    assert len(shown["tickets"]) == shown["ticket_count"] == 1
    text = run("contacts", "show", "Rosa Marín").out
    assert "region" in text
    assert "NPS" in text
    assert run("contacts", "show", "nobody").status == 1


def test_accounts_count_contacts_and_tickets(filled: Desk, run: Run) -> None:
    account = run("accounts", "list", "acm", "--json").document[0]
    assert (account["name"], account["contacts"], account["tickets"]) == ("Acme", 2, 1)
    assert run("accounts", "show", "ACME", "--json").document == account
    assert run("accounts", "show", "Acm").status == 1


def test_campaigns_count_responses_and_name_their_questions(filled: Desk, run: Run) -> None:
    campaign = run("campaigns", "list", "--json").document[0]
    assert (campaign["name"], campaign["responses"], campaign["tickets"], campaign["plan"]) == ("Autumn", 2, 1, None)
    assert "answer." in run("campaigns", "show", "autumn").out
    assert run("campaigns", "show", "spring").status == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("responses", "No response"),
        ("contacts", "No contact"),
        ("accounts", "No account"),
        ("campaigns", "no campaigns"),
    ],
)
def test_an_empty_desk_says_so(desk: Desk, run: Run, command: str, words: str) -> None:
    ran = run(command, "list")
    assert ran.status == 0
    assert words in ran.out


@pytest.fixture
def many(desk: Desk, run: Run, tmp_path: Path) -> Desk:
    """103 responses of as many contacts at as many accounts."""
    header, *_ = ROWS.splitlines()
    rows = [f"r{n},2026-01-10 10:00:00,9,Fine,Person {n:03},p{n}@acme.example,Acme {n},North" for n in range(103)]
    (tmp_path / "autumn.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (tmp_path / "autumn.toml").write_text(MAPPING, encoding="utf-8")
    assert run("import", str(tmp_path / "autumn.csv"), "--mapping", str(tmp_path / "autumn.toml")).status == 0
    return desk


@pytest.mark.parametrize("command", ["responses", "contacts", "accounts"])
def test_json_has_every_record_unless_a_limit_is_given(many: Desk, run: Run, command: str) -> None:
    for arguments, count in (((), 103), (("--limit", "0"), 103), (("--limit", "101"), 101), (("--limit", "2"), 2)):
        ran = run(command, "list", "--json", *arguments)
        assert (len(ran.document), ran.err) == (count, "")


@pytest.mark.parametrize("command", ["responses", "contacts", "accounts"])
def test_a_table_says_that_it_has_the_first_records_alone(many: Desk, run: Run, command: str) -> None:
    for arguments, count in (((), 100), (("--limit", "2"), 2)):
        ran = run(command, "list", *arguments)
        assert len(ran.out.splitlines()) == 1 + count
        assert ran.err == f"casedesk: {count} are shown, and there are more; --limit 0 shows all.\n"
    for arguments in (("--limit", "0"), ("--limit", "103")):
        ran = run(command, "list", *arguments)
        assert (len(ran.out.splitlines()), ran.err) == (104, "")


def test_responses_without_a_ticket_can_be_asked_for(filled: Desk, run: Run) -> None:
    def found(query: str) -> list[str]:
        return [response["external_id"] for response in run("responses", "list", query, "--json").document]

    assert found("has:ticket") == ["r1"]
    assert found("-has:ticket") == found("ticket:none") == ["r2"]
    assert run("tickets", "list", "has:ticket", "--json").document != []
    assert run("tickets", "list", "-has:ticket", "--json").document == []
