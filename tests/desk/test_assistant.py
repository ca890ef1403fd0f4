"""`desk.assistant`: how far the setting up is."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import AssistantProgress
from casedesk.domain.errors import NotPermitted


def test_a_desk_that_nobody_sets_up_step_by_step_is_not_unfinished(desk: Desk) -> None:
    assert desk.assistant.progress() is None
    assert not desk.assistant.unfinished()


def test_it_begins_behind_the_first_step(desk: Desk) -> None:
    desk.assistant.begin()
    assert desk.assistant.progress() == AssistantProgress("close-options", done=frozenset({"desk"}))
    assert desk.assistant.unfinished()


def test_what_is_kept_is_read_again_by_whoever_goes_on(desk: Desk) -> None:
    progress = AssistantProgress("rule", frozenset({"desk", "import"}), frozenset({"hours"}))
    desk.assistant.keep(progress)
    assert desk.as_user("ana").assistant.progress() == progress


def test_once_finished_nobody_is_reminded(desk: Desk) -> None:
    desk.assistant.keep(AssistantProgress("desk", finished=True))
    assert not desk.assistant.unfinished()


def test_it_is_only_for_those_who_may_configure(desk: Desk, ben: Desk) -> None:
    desk.assistant.begin()
    assert not ben.assistant.unfinished()
    with pytest.raises(NotPermitted):
        ben.assistant.keep(AssistantProgress())


def test_going_through_the_steps_is_nothing_that_undo_takes_back(desk: Desk) -> None:
    desk.lists.add("close options", "Refunded")
    desk.assistant.keep(AssistantProgress("hours"))
    assert desk.acts.undo().summary == "undo: close option “Refunded” added"
    assert desk.assistant.progress() == AssistantProgress("hours")


def test_it_is_none_of_the_settings_that_people_see(desk: Desk) -> None:
    desk.assistant.begin()
    assert "assistant" not in desk.setup.settings()


def test_the_examination_of_a_desk_has_nothing_against_it(desk: Desk) -> None:
    desk.assistant.begin()
    assert desk.maintenance.examine().sound
