"""E-mail addresses and phone numbers in the one form by which a contact is matched (behaviour 7.3)."""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\\x00-\x1f]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*")
_NAMED_ADDRESS = re.compile(r"[^<>]*<([^<>\s]+)>")
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3 less the angle brackets
_PHONE_SIGNS = re.compile(r"\+?[\d\s()./\-–]{4,}")
_FEWEST_DIGITS = 4
_LONGEST_CELL = 500


def email_of(cell: str) -> str | None:
    """The address in a cell, trimmed and in lower case; None when the cell holds nothing like one.

    "mailto:" and a name before angle brackets are taken off. Only the form is checked, not that mail arrives.
    """
    if len(cell) > _LONGEST_CELL:
        return None
    address = cell.strip().lower().removeprefix("mailto:")
    match = _NAMED_ADDRESS.fullmatch(address)
    if match is not None:
        address = match[1]
    if len(address) > _LONGEST_ADDRESS or _ADDRESS.fullmatch(address) is None:
        return None
    return address


@lru_cache(maxsize=4096)
def phone_of(cell: str, region: str) -> str | None:
    """The number in a cell in E.164 where its country is known, else as it came; None when it is no number.

    `region` (ISO 3166) is the country of numbers without a country code; "" when unknown.
    """
    if len(cell) > _LONGEST_CELL:
        return None
    number = cell.strip()
    if number.startswith("00"):
        number = "+" + number[2:]
    if _PHONE_SIGNS.match(number) is None or sum(map(str.isdigit, number)) < _FEWEST_DIGITS:
        return None
    if not region and not number.startswith("+"):
        return cell.strip()
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return cell.strip()
    if not phonenumbers.is_possible_number(parsed):
        return cell.strip()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
