"""E-mail addresses and phone numbers in the form by which contacts are matched (behaviour 7.3)."""

from __future__ import annotations

import pytest

from casedesk.intake.identities import email_of, phone_of


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        (" Anna@Example.COM ", "anna@example.com"),
        ("mailto:a@b.de", "a@b.de"),
        ("Ann Lee <Ann@b.co>", "ann@b.co"),
        ("ü@müller.de", "ü@müller.de"),
        ("first.last+tag@sub.example.co.uk", "first.last+tag@sub.example.co.uk"),
    ],
)
def test_an_address_is_trimmed_and_in_lower_case(cell: str, address: str) -> None:
    assert email_of(cell) == address


@pytest.mark.parametrize(
    "cell", ["", "a@b", "a b@c.de", "x@y..de", "a@-b.de", "n/a", "a@b.de\nBcc: x@y.z", "a@" + "b" * 300 + ".de"]
)
def test_what_can_be_no_address_is_none(cell: str) -> None:
    assert email_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "region", "number"),
    [
        ("+49 30 1234567", "", "+49301234567"),
        ("0049 30 1234567", "", "+49301234567"),
        ("030 1234567", "DE", "+49301234567"),
        ("(650) 253-0000", "US", "+16502530000"),
        ("030 1234567", "", "030 1234567"),
        ("+1 2", "", None),
        ("call me", "DE", None),
    ],
)
def test_a_phone_number_is_in_e164_where_its_country_is_known(cell: str, region: str, number: str | None) -> None:
    assert phone_of(cell, region) == number
