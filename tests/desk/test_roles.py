"""Roles: sets of single rights that are changed, undone, and never leave the desk without a way in (M13, S13)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict, InvalidInput, NotPermitted, Unchanged
from casedesk.domain.rights import (
    ALL_RIGHTS,
    CONFIGURE,
    GROUPS,
    RIGHTS,
    ROLES,
    TICKETS_CLOSE,
    TICKETS_NOTE,
    TICKETS_VIEW,
    USERS,
)


def names(desk: Desk) -> list[str]:
    return [role.name for role in desk.roles.list()]


def test_a_new_desk_has_three_roles(desk: Desk) -> None:
    assert {role.name: role.rights for role in desk.roles.list()} == ROLES
    assert [(role.name, role.users) for role in desk.roles.list()] == [
        ("agent", ("ben",)),
        ("supervisor", ("carla",)),
        ("administrator", ("ana",)),
    ]


def test_every_right_has_words_and_a_known_group() -> None:
    assert len({right.words for right in ALL_RIGHTS}) == len(ALL_RIGHTS) == len(RIGHTS)
    assert {right.group for right in ALL_RIGHTS} == set(GROUPS)
    assert all(set(rights) <= set(RIGHTS) for rights in ROLES.values())


def test_a_role_is_added_with_rights_or_as_a_copy(desk: Desk) -> None:
    assert desk.roles.add("Reader", rights=[TICKETS_VIEW]).summary == "role “Reader” added with one right"
    assert desk.roles.add("Night shift", copy_of="AGENT").summary == "role “Night shift” added as a copy of “agent”"
    assert desk.roles.add("Nobody yet").summary == "role “Nobody yet” added with no rights"
    assert desk.roles.show("reader").rights == (TICKETS_VIEW,)
    assert desk.roles.show("night SHIFT").rights == ROLES["agent"]
    for _ in range(3):
        desk.acts.undo()
    assert names(desk) == ["agent", "supervisor", "administrator"]
    desk.acts.redo()
    assert names(desk)[-1] == "Reader"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda desk: desk.roles.add("Agent"), "There is a role “agent” already"),
        (lambda desk: desk.roles.add(" "), "A role needs a name"),
        (lambda desk: desk.roles.add("\u200d"), "A role needs a name"),
        (lambda desk: desk.roles.add("Boss", rights=["tickets.veiw"]), "no right “tickets.veiw”; did you mean tickets"),
        (lambda desk: desk.roles.add("Boss", copy_of="agnet"), "There is no role “agnet”; did you mean agent"),
        (lambda desk: desk.roles.rename("agent", "Supervisor"), "There is a role “supervisor” already"),
        (lambda desk: desk.roles.grant("agent"), "Say which right"),
        (lambda desk: desk.roles.remove("agent", replace_by="agent"), "“agent” can't replace itself"),
    ],
)
def test_what_cannot_be_is_refused(desk: Desk, change: Callable[[Desk], object], sentence: str) -> None:
    before = desk.roles.list()
    with pytest.raises(InvalidInput, match=sentence):
        change(desk)
    assert desk.roles.list() == before


def test_a_role_is_renamed(desk: Desk) -> None:
    assert desk.roles.rename("agent", "Agent").summary == "role “agent” → “Agent”"
    assert desk.team.user("ben").role == "Agent"
    with pytest.raises(Unchanged):
        desk.roles.rename("Agent", "Agent")
    desk.acts.undo()
    assert names(desk)[0] == "agent"


def test_single_rights_are_granted_and_withheld(desk: Desk) -> None:
    assert desk.roles.withhold("agent", TICKETS_CLOSE).summary == "right “close tickets” withheld from agent"
    assert TICKETS_CLOSE not in desk.roles.show("agent").rights
    assert not desk.as_user("ben").can(TICKETS_CLOSE)
    assert desk.roles.grant("agent", "Close tickets", TICKETS_NOTE).summary == "right “close tickets” granted to agent"
    assert desk.roles.show("agent").rights == ROLES["agent"]
    with pytest.raises(Unchanged, match="The role “agent”: nothing to change"):
        desk.roles.grant("agent", TICKETS_CLOSE)
    desk.acts.undo()
    assert TICKETS_CLOSE not in desk.roles.show("agent").rights
    desk.acts.redo()
    assert TICKETS_CLOSE in desk.roles.show("agent").rights


def test_a_role_gets_exactly_these_rights(desk: Desk) -> None:
    outcome = desk.roles.set_rights("supervisor", [*ROLES["agent"][1:], USERS])
    assert outcome.summary.startswith("right “add and change users, teams and roles” granted to supervisor; rights “")
    assert set(desk.roles.show("supervisor").rights) == {*ROLES["agent"][1:], USERS}


def test_a_role_that_users_have_is_removed_only_with_another_for_them(desk: Desk) -> None:
    desk.team.add_user("dora", role="agent")
    desk.team.set_active("dora", False)
    with pytest.raises(InvalidInput, match=r"ben and dora \(retired\) have the role “agent”; say which role"):
        desk.roles.remove("agent")
    outcome = desk.roles.remove("agent", replace_by="supervisor")
    assert outcome.summary == "role “agent” removed; ben, dora → supervisor"
    assert desk.roles.show("supervisor").users == ("ben", "carla")
    assert desk.roles.show("supervisor").retired_users == ("dora",)
    desk.acts.undo()
    assert desk.roles.show("agent").users == ("ben",)
    assert desk.roles.show("agent").rights == ROLES["agent"]
    desk.acts.redo()
    assert names(desk) == ["supervisor", "administrator"]


def test_a_new_role_never_takes_the_place_of_a_removed_one(desk: Desk) -> None:
    desk.roles.add("Reader", rights=[TICKETS_VIEW])
    desk.team.set_role("ben", "Reader")
    given = desk.acts.journal(1)[0].id
    desk.team.set_role("ben", "agent")
    desk.roles.remove("Reader")
    desk.roles.add("Boss", copy_of="administrator")
    with pytest.raises(Conflict):
        desk.acts.undo(given)
    assert desk.team.user("ben").role == "agent"


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: desk.roles.withhold("administrator", USERS),
        lambda desk: desk.roles.withhold("administrator", CONFIGURE),
        lambda desk: desk.roles.set_rights("administrator", []),
        lambda desk: desk.roles.remove("administrator", replace_by="agent"),
        lambda desk: desk.team.set_role("ana", "supervisor"),
        lambda desk: desk.team.set_active("ana", False),
    ],
)
def test_the_last_with_a_right_that_must_be_kept_keeps_it(desk: Desk, change: Callable[[Desk], object]) -> None:
    before = desk.roles.list()
    with pytest.raises(InvalidInput, match=r"ana is the last who may .*; give somebody else that right first"):
        change(desk)
    assert desk.roles.list() == before


def test_several_who_are_the_last_are_named(desk: Desk) -> None:
    desk.team.set_role("carla", "administrator")
    with pytest.raises(InvalidInput, match="ana and carla are the last who may"):
        desk.roles.withhold("administrator", USERS)


def test_what_was_safe_when_it_was_done_is_not_undone_when_it_no_longer_is(desk: Desk) -> None:
    desk.roles.grant("supervisor", USERS, CONFIGURE)
    granted = desk.acts.journal(1)[0].id
    desk.team.set_role("ana", "agent")
    carla = desk.as_user("carla")
    with pytest.raises(Conflict, match="carla is the last who may"):
        carla.acts.undo(granted)
    assert {USERS, CONFIGURE} <= set(desk.roles.show("supervisor").rights)


def test_redo_takes_no_last_right_away(desk: Desk) -> None:
    desk.team.set_role("carla", "administrator")
    desk.team.set_role("ana", "agent")
    first = desk.acts.journal(1)[0].id
    carla = desk.as_user("carla")
    carla.acts.undo(first)  # ana is administrator again
    again = carla.acts.journal(1)[0].id
    desk.as_user("ana").team.set_role("carla", "agent")
    with pytest.raises(Conflict, match="ana is the last who may"):
        desk.as_user("ana").acts.undo(again)


def test_without_the_right_nobody_changes_roles(ben: Desk) -> None:
    changes: tuple[Callable[[], object], ...] = (
        lambda: ben.roles.add("Boss"),
        lambda: ben.roles.rename("agent", "Boss"),
        lambda: ben.roles.remove("agent", replace_by="administrator"),
        lambda: ben.roles.grant("agent", USERS),
        lambda: ben.roles.withhold("agent", TICKETS_NOTE),
    )
    for change in changes:
        with pytest.raises(NotPermitted, match="ben may not add and change users, teams and roles"):
            change()
