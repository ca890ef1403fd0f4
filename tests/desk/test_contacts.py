"""Finding contacts, and everything held about them (M7)."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotFound


@pytest.fixture
def people(desk: Desk, tmp_path: Path) -> Desk:
    path = tmp_path / "people.csv"
    path.write_text(
        "contact_id,name,email,phone,account,region\n"
        "C1,Rosa Marín,rosa@acme.example,+493012345678,Acme GmbH,North\n"
        "C2,佐藤 健,ken@example.com,,Acme GmbH,\n"
        "C3,Rosalind O'Hara,ros@example.com,+12025550143,,South\n"
        "C4,Sam Ray,sam.ray@example.com,,,\n"
        "C5,Sam Ray,sam2@example.com,,,\n".replace("\\\n", "\n"),
        encoding="utf-8",
    )
    desk.imports.run(path, kind="contacts")
    return desk


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("marin", ["C1"]),
        ("ROS", ["C1", "C3"]),
        ("mar ros", ["C1"]),
        ("佐藤", ["C2"]),
        ("ken@ex", ["C2"]),
        ("c4", ["C4"]),
        ("+4930", ["C1"]),
        ('"; DROP', []),
        ("%", []),
        ("", ["C1", "C3", "C4", "C5", "C2"]),
    ],
)
def test_contacts_are_found_by_the_beginnings_of_what_is_known(people: Desk, text: str, found: list[str]) -> None:
    assert [contact.external_id for contact in people.contacts.find(text)] == found


def test_one_contact_is_named_by_id_email_phone_or_whole_name(people: Desk) -> None:
    for reference in ("C1", "rosa@acme.example", "ROSA@ACME.EXAMPLE", "+493012345678", "Rosa Marín"):
        assert people.contacts.find_one(reference).external_id == "C1", reference
    with pytest.raises(InvalidInput, match="2 contacts are called “Sam Ray”"):
        people.contacts.find_one("Sam Ray")
    with pytest.raises(NotFound):
        people.contacts.find_one("nobody")


def test_every_variable_is_shown(people: Desk) -> None:
    rosa = people.contacts.find_one("C1")
    assert rosa.variables == (("region", "North"),)
    assert rosa.account == "Acme GmbH"


def test_accounts_count_their_contacts(people: Desk) -> None:
    (acme,) = people.contacts.accounts("acm")
    assert (acme.name, acme.contact_count) == ("Acme GmbH", 2)
