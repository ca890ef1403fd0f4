"""Several changes of the desk as one act (X3, X14)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotPermitted
from casedesk.domain.rights import CONFIGURE


def _names(desk: Desk, key: str) -> list[str]:
    return [entry.name for entry in desk.lists.entries(key)]


def _make_two(desk: Desk) -> int:
    with desk.acts.together("two things", right=CONFIGURE) as whole:
        whole.desk.lists.add("topics", "Returns")
        whole.desk.lists.rename("topics", "Returns", "Goods returned")
        whole.desk.plans.add("Call back", exit_states=["Done"])
        whole.desk.setup.set_setting("zone", "Asia/Tokyo")
        whole.summary = "returns"
    assert whole.outcome.act_id is not None
    return whole.outcome.act_id


def test_they_are_one_act_of_the_journal(desk: Desk) -> None:
    before = len(desk.acts.journal())
    act = _make_two(desk)
    assert [(line.id, line.name, line.summary) for line in desk.acts.journal()[:-before]] == [
        (act, "two things", "returns")
    ]


def test_later_ones_see_what_earlier_ones_have_done_and_others_only_the_whole(desk: Desk) -> None:
    with desk.acts.together("topic", right=CONFIGURE) as whole:
        whole.desk.lists.add("topics", "Returns")
        assert "Returns" in _names(whole.desk, "topics")
        whole.desk.queries.check("topic:Returns")
        assert "Returns" not in _names(desk, "topics")
    assert "Returns" in _names(desk, "topics")


def test_one_undo_takes_all_back_and_one_redo_does_all_again(desk: Desk) -> None:
    topics, act = _names(desk, "topics"), _make_two(desk)
    desk.acts.undo(act)
    assert _names(desk, "topics") == topics
    assert desk.setup.setting("zone") == "Europe/Berlin"
    assert "Call back" not in [plan.name for plan in desk.plans.list()]
    desk.acts.redo()
    assert _names(desk, "topics") == [*topics, "Goods returned"]
    assert desk.plans.show("Call back").exit_states == ("Done",)


def test_what_one_refuses_is_rolled_back_alone_when_it_is_caught(desk: Desk) -> None:
    with desk.acts.together("topics", right=CONFIGURE) as whole:
        whole.desk.lists.add("topics", "Returns")
        with pytest.raises(InvalidInput):
            whole.desk.lists.add("topics", "returns")
        whole.desk.lists.add("topics", "Repairs")
    assert _names(desk, "topics")[-2:] == ["Returns", "Repairs"]


def test_an_error_takes_everything_back_and_nothing_of_it_is_remembered(desk: Desk) -> None:
    topics, acts = _names(desk, "topics"), desk.acts.journal()

    def fail() -> None:
        with desk.acts.together("topics", right=CONFIGURE) as whole:
            whole.desk.lists.add("topics", "Returns")
            whole.desk.setup.set_setting("zone", "Asia/Tokyo")
            assert whole.desk.zone.key == "Asia/Tokyo"
            raise InvalidInput("No.")

    assert desk.zone.key == "Europe/Berlin"
    with pytest.raises(InvalidInput, match="No"):
        fail()
    assert (_names(desk, "topics"), desk.acts.journal(), desk.zone.key) == (topics, acts, "Europe/Berlin")


def test_without_a_change_or_when_it_is_not_to_be_kept_there_is_no_act(desk: Desk) -> None:
    acts = desk.acts.journal()
    with desk.acts.together("nothing", right=CONFIGURE) as nothing:
        pass
    with desk.acts.together("topics", right=CONFIGURE, keep=False) as tried:
        tried.desk.lists.add("topics", "Returns")
    assert (nothing.outcome.act_id, tried.outcome.act_id, desk.acts.journal()) == (None, None, acts)
    assert "Returns" not in _names(desk, "topics")


def test_the_desk_keeps_no_name_and_zone_from_before(desk: Desk) -> None:
    assert desk.zone.key == "Europe/Berlin"
    _make_two(desk)
    assert desk.zone.key == "Asia/Tokyo"


def test_each_change_needs_its_right_as_always(desk: Desk, ben: Desk) -> None:
    with pytest.raises(NotPermitted), ben.acts.together("topics", right=CONFIGURE):
        pass
    desk.roles.grant("agent", CONFIGURE)
    with desk.as_user("ben").acts.together("user", right=CONFIGURE) as whole, pytest.raises(NotPermitted):
        whole.desk.team.add_user("zoe")


def test_acts_on_tickets_can_be_a_part(desk: Desk, three: tuple[int, ...]) -> None:
    with desk.acts.together("topic", right=CONFIGURE) as whole:
        whole.desk.lists.add("topics", "Returns")
        whole.desk.tickets.set_topic(list(three), "Returns")
    assert desk.tickets.count("topic:Returns") == 3
    desk.acts.undo(whole.outcome.act_id)
    assert "Returns" not in _names(desk, "topics")
    assert desk.tickets.count("has:topic") == 0
