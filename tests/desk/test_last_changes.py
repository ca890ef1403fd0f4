"""Who changed a part of the set-up last."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.desk.last_changes import LATEST
from casedesk.domain.errors import NotPermitted
from tests.conftest import Clock


def test_what_came_with_the_desk_was_changed_by_nobody(desk: Desk) -> None:
    assert {record for record, _ in desk.setup.last_changes()} == {"user"}  # those whom ana added


def test_the_last_change_of_a_setting_and_of_an_entry_say_who_and_when(desk: Desk, clock: Clock) -> None:
    desk.setup.set_setting("name", "First")
    clock.tick(60)
    desk.team.add_user("eva", role="administrator")
    desk.as_user("eva").setup.set_setting("name", "Second")
    desk.lists.rename("topics", "Billing", "Invoices")
    billing = desk.lists.show("topics", "Invoices").id
    changes = desk.setup.last_changes()
    assert (changes["setting", "name"].by, changes["setting", "name"].at) == ("eva", desk.now())
    assert changes["topic", str(billing)].by == "ana"
    assert ("setting", "zone") not in changes


def test_the_last_change_of_a_macro_says_who_and_when(desk: Desk, clock: Clock) -> None:
    desk.macros.make("Seen", [{"note": "Seen"}], shared=True)
    desk.macros.make("Mine", [{"note": "Mine"}])
    made_at = desk.now()
    clock.tick(60)
    desk.team.add_user("eva", role="administrator")
    desk.as_user("eva").macros.change("Seen", key="%")
    ids = {macro.name: str(macro.id) for macro in desk.macros.list()}
    changes = desk.setup.last_changes()
    assert (changes["macro", ids["Seen"]].by, changes["macro", ids["Seen"]].at) == ("eva", desk.now())
    assert (changes["macro", ids["Mine"]].by, changes["macro", ids["Mine"]].at) == ("ana", made_at)


def test_taking_back_is_a_change_too(desk: Desk, clock: Clock) -> None:
    desk.setup.set_setting("name", "First")
    clock.tick(60)
    desk.acts.undo()
    assert desk.setup.last_changes()["setting", "name"].at == desk.now()


def test_it_reads_the_lines_of_the_set_up_alone(desk: Desk) -> None:
    plan = [str(row[3]) for row in desk.store.reader().rows(f"EXPLAIN QUERY PLAN {LATEST}")]
    assert any("ix_activity_setup" in step for step in plan)


def test_it_is_for_those_who_configure(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        desk.as_user("ben").setup.last_changes()
