"""The set-up of a desk written, taken in elsewhere, and written again (X14)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.set_up.parts import PARTS
from tests.conftest import Clock
from tests.desk.set_up.full_desk import fill


@pytest.fixture
def full(desk: Desk) -> str:
    """The set-up of a desk with everything in it."""
    fill(desk)
    return desk.set_up.export()


@pytest.fixture
def fresh(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """Another new desk, of the same administrator."""
    with Desk.create(tmp_path / "fresh.desk", user="ana", name="Fresh", zone="UTC", clock=clock) as desk:
        yield desk


def test_two_exports_of_a_desk_are_the_same_to_the_byte(desk: Desk, full: str) -> None:
    assert desk.set_up.export() == full


def test_every_kind_is_in_the_file_with_something_in_it(full: str) -> None:
    values = tomllib.loads(full)
    assert {part.key for part in PARTS} | {"format"} == set(values)
    assert all(values[part.key] for part in PARTS)


def test_a_desk_made_by_an_export_exports_the_same(fresh: Desk, full: str) -> None:
    fresh.set_up.apply(full)
    assert fresh.set_up.export() == full


def test_taking_the_own_export_in_changes_and_writes_nothing(desk: Desk, full: str) -> None:
    before = desk.acts.journal(1)
    assert desk.set_up.difference(full).changes == ()
    assert desk.set_up.apply(full).act_id is None
    assert desk.acts.journal(1) == before


def test_taking_it_in_a_second_time_changes_nothing(fresh: Desk, full: str) -> None:
    assert fresh.set_up.apply(full).act_id is not None
    assert fresh.set_up.difference(full).changes == ()
    assert fresh.set_up.apply(full).act_id is None


def test_a_difference_alone_changes_nothing(fresh: Desk, full: str) -> None:
    before = fresh.set_up.export()
    assert fresh.set_up.difference(full).changes
    assert fresh.set_up.export() == before


def test_one_undo_brings_back_the_former_set_up_to_the_byte_and_redo_the_new_one(fresh: Desk, full: str) -> None:
    before = fresh.set_up.export()
    outcome = fresh.set_up.apply(full)
    assert fresh.acts.journal(1)[0].name == "import set-up"
    fresh.acts.undo(outcome.act_id)
    assert fresh.set_up.export() == before
    fresh.acts.redo()
    assert fresh.set_up.export() == full


def test_going_back_to_a_fresh_set_up_leaves_nothing_that_is_not_used(desk: Desk, full: str, fresh: Desk) -> None:
    wanted = fresh.set_up.export()
    desk.set_up.apply(wanted)
    assert desk.set_up.difference(wanted).changes == ()
    left = tomllib.loads(desk.set_up.export())
    # ben and carla have worked at the desk, so they stay in its history.
    retired = [user["login"] for user in left.pop("users") if not user.get("active", True)]
    assert retired == ["ben", "carla"]
    assert left.pop("campaigns") == [{"name": "Autumn"}, {"name": "Spring"}]  # they may hold responses
    assert left == _without_people(wanted)


def _without_people(text: str) -> dict[str, object]:
    values = tomllib.loads(text)
    del values["users"], values["campaigns"]
    return values


def test_what_is_personal_stays_out(full: str) -> None:
    assert "Mine" not in full
    assert "Private" not in full
    assert "rang" not in full


def test_a_kind_that_is_not_in_the_file_is_left_alone(desk: Desk, full: str) -> None:
    difference = desk.set_up.difference('format = 1\n[topics]\nnames = ["Returns", "Product"]\n')
    assert {change.kind for change in difference.changes} == {"topics"}
