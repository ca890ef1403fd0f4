"""Users, roles and teams: who may do what, and who stays."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotPermitted
from casedesk.domain.rights import RIGHTS, ROLES


def test_the_first_user_is_the_administrator_with_every_right(desk: Desk) -> None:
    assert desk.user.role == "administrator"
    assert desk.user.rights == frozenset(RIGHTS)


def test_a_role_is_a_set_of_rights_that_counts_at_the_next_opening(desk: Desk) -> None:
    desk.team.set_role("ben", "supervisor")
    assert desk.as_user("ben").user.rights == frozenset(ROLES["supervisor"])


def test_an_agent_may_not_add_users(ben: Desk) -> None:
    with pytest.raises(NotPermitted, match="ben may not add and change users"):
        ben.team.add_user("eve")


def test_the_last_administrator_keeps_the_right(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="ana is the last who may manage users"):
        desk.team.set_role("ana", "agent")
    with pytest.raises(InvalidInput, match="ana is the last"):
        desk.team.set_active("ana", False)
    desk.team.set_role("ben", "administrator")
    desk.team.set_role("ana", "agent")


def test_a_retired_user_cannot_open_the_desk(desk: Desk) -> None:
    desk.team.set_active("ben", False)
    with pytest.raises(NotPermitted, match="ben is no longer an active user"):
        Desk.open(desk.path, user="ben")


def test_wrong_names_are_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="There is a user Ben already"):
        desk.team.add_user("Ben")
    with pytest.raises(InvalidInput, match="no role “boss”; there is agent, supervisor, administrator"):
        desk.team.add_user("eve", role="boss")
    with pytest.raises(InvalidInput, match="1 to 64 printable"):
        desk.team.add_user("e\x1bve")


def test_teams_have_members(desk: Desk) -> None:
    desk.team.add_team("Riders", ("ben", "carla"))
    assert desk.team.teams() == {"Riders": ("ben", "carla")}
    with pytest.raises(InvalidInput, match="There is a team riders already"):
        desk.team.add_team("riders")


def test_adding_a_user_is_undone(desk: Desk) -> None:
    desk.team.add_user("eve")
    desk.acts.undo()
    assert "eve" not in {user.login for user in desk.team.users()}
