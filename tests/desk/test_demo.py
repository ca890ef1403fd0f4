"""The demo desk, made from the shipped sample data."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.demo import make_demo
from casedesk.intake.dates import looks_like_date
from tests.conftest import Clock


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.desk"
    make_demo(path, user="guest", clock=Clock())
    return path


def test_the_demo_is_a_full_desk(demo: Path) -> None:
    with Desk.open(demo, user="guest", clock=Clock()) as desk:
        campaigns = {line.name: line.responses for line in desk.campaigns.list()}
        assert sum(campaigns.values()) > 600
        assert len(campaigns) == 3
        assert len(desk.contacts.accounts()) == 40
        for state in ("new", "open", "pending", "closed"):
            assert desk.tickets.count(f"is:{state}") > 10, state
        assert desk.tickets.count("is:mine") > 0


def test_nothing_in_the_demo_lies_in_the_future_and_little_before_ninety_days(demo: Path) -> None:
    with Desk.open(demo, user="guest", clock=Clock()) as desk:
        reader = desk.store.reader()
        first, last = reader.rows("SELECT min(answered_at), max(answered_at) FROM response")[0]
        assert last <= desk.seconds()
        assert desk.seconds() - first < 92 * 86_400
        assert reader.value("SELECT max(at) FROM activity") <= desk.seconds()
        assert reader.value("SELECT count(*) FROM ticket WHERE closed_at < created_at") == 0


def test_every_language_of_the_demo_can_be_searched(demo: Path) -> None:
    with Desk.open(demo, user="guest", clock=Clock()) as desk:
        for word in ("delivery", "Fahrrad", "entrega", "自転車", "الدراجة"):
            assert desk.tickets.count(word) > 0, word


def test_tickets_of_the_demo_are_timed_and_some_were_missed(demo: Path) -> None:
    with Desk.open(demo, user="guest", clock=Clock()) as desk:
        assert desk.tickets.count("has:due -is:closed") > 20
        assert 0 < desk.tickets.count("is:breached") < desk.tickets.count("") / 2
        reader = desk.store.reader()
        # What was missed was found within an hour, or when the ticket was closed: not all at the demo's making.
        assert reader.value("SELECT count(DISTINCT found_at) FROM ticket_breach") > 20
        assert not desk.sweeping.run().breached


def test_the_demo_has_a_dashboard_that_its_user_sees(demo: Path) -> None:
    with Desk.open(demo, user="guest", clock=Clock()) as desk:
        assert [dashboard.name for dashboard in desk.dashboards.list()] == ["Today"]


def test_no_raw_answer_of_the_demo_keeps_the_day_that_was_moved(demo: Path) -> None:
    with Desk.open(demo, user="guest", clock=Clock()) as desk:
        reader = desk.store.reader()
        values = [
            value for table in ("answer", "ticket_field") for (value,) in reader.rows(f"SELECT value FROM {table}")
        ]
        assert len(values) > 1000
        assert [value for value in values if looks_like_date(value)] == []
