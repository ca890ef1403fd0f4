"""Whatever somebody leaves out of a set-up file or puts in another order: the file holds afterwards, or nothing."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.desk import Desk
from casedesk.desk.set_up import SetUpMistakes
from casedesk.desk.set_up.parts import PARTS
from tests.desk.set_up.full_desk import fill


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk with everything in it; all examples share it, and each leaves it as it was."""
    fill(desk)
    return desk


_KINDS = [part.key for part in PARTS if part.key != "settings"]


@given(st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_import_holds_whole_is_taken_back_whole_or_changes_nothing(full: Desk, data: st.DataObject) -> None:
    before = full.set_up.export()
    text = tomli_w.dumps(_changed(tomllib.loads(before), data))
    try:
        outcome = full.set_up.apply(text)
    except SetUpMistakes:
        assert full.set_up.export() == before
        return
    assert full.set_up.difference(text).changes == ()
    if outcome.act_id is not None:
        after = full.set_up.export()
        full.acts.undo(outcome.act_id)
        assert full.set_up.export() == before
        full.acts.redo()
        assert full.set_up.export() == after
        full.acts.undo()
        assert full.set_up.export() == before


def _changed(values: dict[str, Any], data: st.DataObject) -> dict[str, Any]:
    """The set-up with some of its kinds, and of these some of the entries in some order."""
    kept: dict[str, Any] = {"format": 1}
    for key in data.draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=4, unique=True), label="kinds"):
        value = values[key]
        if isinstance(value, list):
            kept[key] = data.draw(_some(value), label=key)
            for entry in kept[key]:
                for part in ("actions", "exit_states", "members", "targets", "dates", "widgets", "columns"):
                    if part in entry and data.draw(st.booleans()):
                        entry[part] = data.draw(_some(entry[part]), label=part)
        else:
            kept[key] = value | {"names": data.draw(_some(value["names"]), label=key)}
    return kept


def _some(entries: list[Any]) -> st.SearchStrategy[list[Any]]:
    """Some of the entries in any order; often most of them."""
    return st.permutations(entries).flatmap(
        lambda order: st.integers(0, 2).map(lambda less: order[: len(order) - less])
    )
