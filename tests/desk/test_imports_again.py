"""Importing a file once more: rows that changed, rows that say the same record twice, names that differ in case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import ImportSummary
from casedesk.domain.errors import InvalidInput

ANSWERS = "id,email,NPS,comment\n1,u1@x.com,2,first\n2,u2@x.com,9,b\n3,u3@x.com,3,x\n"
TICKETS = "Ticket ID,Subject,Status,Requester email\nT1,No light,open,a@x.com\nT2,No sound,open,b@x.com\n"


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def counts(summary: ImportSummary) -> tuple[int, int, int, int, int]:
    """Rows, new, updated, unchanged, rejected."""
    return summary.rows, summary.imported, summary.updated, summary.unchanged, summary.rejected


def run_dry_and_really(desk: Desk, path: Path, **options: Any) -> ImportSummary:
    dry = desk.imports.run(path, dry_run=True, **options)
    real = desk.imports.run(path, **options)
    assert counts(dry) == counts(real)
    assert dry.changes == real.changes
    return real


# -- a known row that names a contact nobody knows


def test_a_known_answer_can_name_a_new_contact(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "f.csv", ANSWERS)
    desk.imports.run(path)
    put(path, ANSWERS.replace("u1@x.com", "new@x.com"))
    assert counts(run_dry_and_really(desk, path)) == (3, 0, 1, 2, 0)
    assert desk.tickets.count("contact:new@x.com first") == 1
    assert counts(desk.imports.run(path)) == (3, 0, 0, 3, 0)


def test_an_anonymous_answer_gets_its_contact_later(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "f.csv", ANSWERS.replace("u1@x.com", ""))
    desk.imports.run(path)
    put(path, ANSWERS)
    assert counts(run_dry_and_really(desk, path)) == (3, 0, 1, 2, 0)
    assert desk.tickets.count("contact:u1@x.com first") == 1


def test_a_ticket_that_was_given_to_another_contact_keeps_that(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "f.csv", ANSWERS)
    desk.imports.run(path)
    with desk.store.bulk() as connection:
        connection.execute("UPDATE ticket SET contact_id = 2 WHERE id = 1")
    desk.imports.run(put(path, ANSWERS.replace("u1@x.com", "new@x.com")))
    assert desk.tickets.count("contact:u2@x.com first") == 1


def test_a_known_ticket_can_name_a_new_requester(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "t.csv", TICKETS)
    desk.imports.run(path, kind="tickets")
    put(path, TICKETS.replace("a@x.com", "new@x.com"))
    assert counts(run_dry_and_really(desk, path, kind="tickets")) == (2, 0, 1, 1, 0)
    assert desk.tickets.count("contact:new@x.com light") == 1


# -- ids that come twice in a small file


def test_a_repeated_id_in_a_small_file_is_still_the_rows_id(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "f.csv", ANSWERS)
    options: dict[str, Any] = {"source": "S", "campaign": "C"}
    desk.imports.run(path, **options)
    put(path, ANSWERS + "3,u3@x.com,4,changed\n")
    summary = run_dry_and_really(desk, path, **options)
    assert counts(summary) == (4, 0, 1, 3, 0)
    assert (summary.tickets_opened, summary.derived_keys) == (0, False)
    assert [line for line, _ in summary.changes] == [5]
    assert counts(desk.imports.run(path, **options)) == (4, 0, 0, 4, 0)


def test_a_missing_id_leaves_the_others_of_a_contacts_file(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", "id,email,name\n1,a@x.com,Ann\n2,b@x.com,Bo\n,c@x.com,Cy\n")
    desk.imports.run(path, kind="contacts")
    assert [desk.contacts.show(number).external_id for number in (1, 2, 3)] == ["1", "2", None]


def test_two_rows_of_one_ticket_make_one(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "t.csv", TICKETS + "T3,No heat,open,c@x.com\nT1,No light at all,open,a@x.com\n")
    summary = run_dry_and_really(desk, path, kind="tickets")
    assert counts(summary) == (4, 3, 0, 1, 0)
    assert desk.tickets.count("light") == 1
    assert desk.tickets.find("light")[0].title == "No light at all"
    assert counts(desk.imports.run(path, kind="tickets")) == (4, 0, 0, 4, 0)


# -- two rows of one record


def test_the_last_of_two_rows_with_one_id_counts_however_far_apart(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casedesk.desk.importing.file._BATCH_ROWS", 2)
    path = put(tmp_path / "f.csv", ANSWERS + "4,u4@x.com,10,\n1,u1@x.com,9,well now\n")
    summary = run_dry_and_really(desk, path)
    assert counts(summary) == (5, 4, 0, 1, 0)
    assert summary.tickets_opened == 1  # for 3; the first row of 1 never counted
    assert summary.notes["repeated"] == "1 row is followed by a later one of the same record, which counts: line 2."
    again = desk.imports.run(path)
    assert (counts(again), again.changes) == ((5, 0, 0, 5, 0), ())


def test_a_row_counts_when_the_later_one_of_its_id_is_bad(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "f.csv", ANSWERS + "1,u1@x.com,77,out of range\n")
    assert counts(run_dry_and_really(desk, path)) == (4, 3, 0, 0, 1)
    assert desk.tickets.count("first") == 1


def test_two_rows_of_one_contact_come_to_rest(desk: Desk, tmp_path: Path) -> None:
    path = put(
        tmp_path / "c.csv",
        "email,name,phone,region\na@x.com,Ann,,North\nb@x.com,Bo,,\nA@x.com,Ann Lee,+493012345678,\n",
    )
    assert counts(run_dry_and_really(desk, path, kind="contacts")) == (3, 2, 0, 1, 0)
    ann = desk.contacts.find_one("a@x.com")
    assert (ann.name, ann.phone, dict(ann.variables)["region"]) == ("Ann Lee", "+493012345678", "North")
    assert counts(desk.imports.run(path, kind="contacts")) == (3, 0, 0, 3, 0)


def test_two_rows_of_one_contact_with_one_phone_come_to_rest(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", "email,name,phone\na@x.com,Ann,+493012345678\nann@x.com,Ann Lee,+493012345678\n")
    desk.imports.run(path, kind="contacts")
    assert desk.contacts.find_one("ann@x.com").name == "Ann Lee"
    assert counts(desk.imports.run(path, kind="contacts")) == (2, 0, 0, 2, 0)


def test_contacts_with_ids_of_their_own_and_one_address_stay_two(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", "customer_id,email,name\n1,a@x.com,Ann\n2,a@x.com,Bo\n")
    assert counts(desk.imports.run(path, kind="contacts"))[:2] == (2, 2)
    assert counts(desk.imports.run(path, kind="contacts")) == (2, 0, 0, 2, 0)


# -- campaigns


def test_a_campaign_is_the_same_in_any_case_and_with_any_blanks(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "f.csv", ANSWERS)
    desk.imports.run(path, campaign="NPS  Spring")
    again = desk.imports.run(path, campaign=" nps spring ")
    assert (again.campaign, counts(again)) == ("NPS Spring", (3, 0, 0, 3, 0))
    assert [line.name for line in desk.campaigns.list()] == ["NPS Spring"]


def test_campaigns_named_in_a_column_are_the_same_in_any_case(desk: Desk, tmp_path: Path) -> None:
    path = put(
        tmp_path / "f.csv",
        "id,campaign,NPS,comment\n1,Spring,2,a b c d\n2,SPRING,9,e f g h\n3,spring ,8,i j\n4,Autumn,8,k\n",
    )
    desk.imports.run(path)
    assert {line.name: line.responses for line in desk.campaigns.list()} == {"Autumn": 1, "Spring": 3}


@pytest.mark.parametrize("name", ["none", " None "])
def test_no_campaign_can_be_called_none(desk: Desk, tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match="stands for no campaign; give it another name"):
        desk.imports.run(put(tmp_path / "f.csv", ANSWERS), campaign=name)
    with pytest.raises(InvalidInput, match="stands for no campaign; give it another name"):
        desk.campaigns.add(name)
    assert desk.campaigns.list() == []


def test_a_campaign_is_added_once(desk: Desk) -> None:
    desk.campaigns.add("Spring survey")
    with pytest.raises(InvalidInput, match="There is a campaign “Spring survey” already"):
        desk.campaigns.add("spring  SURVEY")


# -- what nobody meant


def test_spam_opens_no_ticket_and_an_unfinished_answer_does(desk: Desk, tmp_path: Path) -> None:
    header = "StartDate,EndDate,Status,Finished,ResponseId,NPS,Why\n"
    day = "2026-01-10 08:00:00,2026-01-10 08:05:00"
    rows = (
        f"{day},8,1,R_1aBcDeFgHiJkLmN,0,Buy cheap watches here\n{day},0,0,R_2aBcDeFgHiJkLmN,2,It came much too late\n"
    )
    summary = desk.imports.run(put(tmp_path / "q.csv", header + rows))
    assert (summary.mapping, summary.imported, summary.tickets_opened) == ("qualtrics", 2, 1)
    assert desk.store.reader().rows("SELECT complete FROM response ORDER BY id") == [(0,), (0,)]
    assert desk.tickets.count("late") == 1


def test_a_file_with_short_rows_and_repeated_ids_warns_once(desk: Desk, tmp_path: Path) -> None:
    summary = desk.imports.run(put(tmp_path / "f.csv", ANSWERS + "1,u1@x.com,9\n4,u4@x.com,9\n"))
    warnings = [text for name, text in summary.notes.items() if name.startswith("warning")]
    assert warnings == ["2 rows with fewer cells than the header: the rest is taken as empty."]


def test_a_known_answer_stays_in_its_campaign(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "f.csv", ANSWERS)
    desk.imports.run(path, source="S", campaign="Spring")
    put(path, ANSWERS.replace(",first", "").replace("comment", "why"))
    summary = run_dry_and_really(desk, path, source="S", campaign="Autumn")
    assert summary.notes["campaign"] == "3 rows are known from another campaign and stay there."
    assert {line.name: line.responses for line in desk.campaigns.list()} == {"Spring": 3}
    assert desk.imports.run(path, source="S", campaign="Autumn").unchanged == 3


def test_rows_that_the_desk_knows_for_one_contact_come_to_rest(desk: Desk, tmp_path: Path) -> None:
    path = put(tmp_path / "c.csv", "customer_id,email,phone,name\n2,b@x.com,+493012345672,Bo\n")
    desk.imports.run(path, kind="contacts")
    put(path, "customer_id,email,phone,name\n,,+493012345672,Bo Lee\n2,b@x.com,,Bo\n")
    assert counts(run_dry_and_really(desk, path, kind="contacts")) == (2, 0, 0, 2, 0)
    put(path, "customer_id,email,phone,name\n2,b@x.com,,Bo\n,,+493012345672,Bo Lee\n")
    assert counts(run_dry_and_really(desk, path, kind="contacts")) == (2, 0, 1, 1, 0)
    assert counts(desk.imports.run(path, kind="contacts")) == (2, 0, 0, 2, 0)
    assert desk.contacts.find_one("b@x.com").name == "Bo Lee"
