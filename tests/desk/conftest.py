"""Tickets and people for the tests of the desk."""

from __future__ import annotations

import pytest

from casedesk import model
from casedesk.desk import Desk


@pytest.fixture
def three(desk: Desk) -> tuple[int, ...]:
    """Three new tickets, 1 to 3."""
    return tuple(desk.tickets.new(f"Parcel {place}", "low").done[0] for place in (1, 2, 3))


@pytest.fixture
def people(desk: Desk) -> None:
    """Rosa of Acme, and Ken."""
    with desk.store.write() as session:
        acme = model.Account(name="Acme", external_id="A-1", created_at=1)
        session.add(acme)
        session.flush()
        session.add(model.Contact(name="Rosa", email="rosa@acme.example", account_id=acme.id, created_at=1))
        session.add(model.Contact(name="Ken", email="ken@example.com", created_at=1))
