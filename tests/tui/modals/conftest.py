"""Tickets for the modals to work on."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN


@pytest.fixture
def number(desk: Desk) -> int:
    """A new ticket."""
    return desk.tickets.new("Late delivery", "high", topic="Delivery").done[0]


@pytest.fixture
def three(desk: Desk, number: int) -> tuple[int, ...]:
    """Three new tickets."""
    return (number, *(desk.tickets.new(f"Parcel {place}", "low").done[0] for place in (2, 3)))


@pytest.fixture
def planned(desk: Desk, number: int) -> int:
    """An open ticket with the example plan."""
    desk.tickets.set_plan(number, EXAMPLE_PLAN)
    return number
