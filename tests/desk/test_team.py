"""Users, roles and teams: who may do what, and who stays."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict, InvalidInput, NotPermitted, Unchanged
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
    with pytest.raises(
        InvalidInput, match="ana is the last who may add and change users, teams and roles; give somebody else"
    ):
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
    with pytest.raises(InvalidInput, match="There is a user ben already"):
        desk.team.add_user("Ben")
    with pytest.raises(InvalidInput, match="no role “boss”; there is agent, supervisor, administrator"):
        desk.team.add_user("eve", role="boss")


@pytest.mark.parametrize(
    "login", ["bad name!", "e\x1bve", "", "eve/ben", "-eve", ".eve", "eve:1", "eve\u200b", "<eve>", "e" * 65, "@eve"]
)
def test_a_login_has_no_blanks_nor_odd_characters(desk: Desk, login: str) -> None:
    with pytest.raises(InvalidInput, match=r"A login has 1 to 64 letters, digits and \. _ - @ \+"):
        desk.team.add_user(login)


@pytest.mark.parametrize("login", ["eve", "eve.b-1_c", "_eve", "eve+desk@acme.example", "Ève", "佐藤", "1000"])
def test_a_login_may_be_an_address_and_of_any_script(desk: Desk, login: str) -> None:
    desk.team.add_user(f" {login} ")

    assert login in [user.login for user in desk.team.users()]


def test_teams_have_members(desk: Desk) -> None:
    desk.team.add_team("Riders", ("ben", "carla"))
    assert desk.team.teams() == {"Riders": ("ben", "carla")}
    with pytest.raises(InvalidInput, match="There is a team Riders already"):
        desk.team.add_team("riders")


def test_adding_a_user_is_undone(desk: Desk) -> None:
    desk.team.add_user("eve")
    desk.acts.undo()
    assert "eve" not in {user.login for user in desk.team.users()}


def test_a_user_gets_another_name_and_keeps_the_login(desk: Desk) -> None:
    assert desk.team.rename_user("BEN", " Ben  Okri ").summary == "user ben is called Ben Okri"
    assert desk.team.user("ben").name == "Ben Okri"
    with pytest.raises(Unchanged, match="ben is called Ben Okri already"):
        desk.team.rename_user("ben", "Ben Okri")
    with pytest.raises(InvalidInput, match="A user needs a name"):
        desk.team.rename_user("ben", "\x1b[31m")
    desk.acts.undo()
    assert desk.team.user("ben").name == "ben"


def test_a_retired_user_works_again(desk: Desk) -> None:
    desk.team.set_active("ben", False)
    with pytest.raises(InvalidInput, match="There is a user ben already, who is retired"):
        desk.team.add_user("ben")
    desk.team.set_active("ben", True)
    assert desk.as_user("ben").user.active
    with pytest.raises(Unchanged, match="ben is active already"):
        desk.team.set_active("ben", True)


def test_a_team_gets_another_name_and_what_names_it_follows(desk: Desk) -> None:
    desk.team.add_team("Riders", ("ben",))
    desk.views.add("Ours", query="team:Riders is:open")
    desk.macros.make("Hand over", [{"team": "Riders"}])
    outcome = desk.team.rename_team("riders", "Night riders")
    assert outcome.summary == "team “Riders” → “Night riders”; macro “Hand over” follows; view “Ours” follows"
    assert desk.team.teams() == {"Night riders": ("ben",)}
    assert desk.views.show("Ours").query == 'team:"Night riders" is:open'
    assert desk.macros.show("Hand over").steps == ({"team": "Night riders"},)
    desk.acts.undo()
    assert desk.views.show("Ours").query == "team:Riders is:open"


def test_a_retired_team_is_listed_last_and_brought_back(desk: Desk) -> None:
    for name in ("Riders", "Care"):
        desk.team.add_team(name)
    desk.team.retire_team("Care")
    assert [(team.name, team.retired) for team in desk.team.list_teams(retired=True)] == [
        ("Riders", False),
        ("Care", True),
    ]
    assert [team.name for team in desk.team.list_teams()] == ["Riders"]
    with pytest.raises(InvalidInput, match="There is a retired team Care already; restore it instead"):
        desk.team.add_team("care")
    with pytest.raises(Unchanged, match="The team “Care” is retired already"):
        desk.team.retire_team("Care")
    assert desk.team.restore_team("care").summary == "team Care brought back"
    assert not desk.team.team("Care").retired
    with pytest.raises(Unchanged):
        desk.team.restore_team("Care")


def test_another_team_takes_the_place_of_a_retired_one(desk: Desk) -> None:
    desk.team.add_team("Riders", ("ben", "carla"))
    desk.team.add_team("Care", ("carla",))
    first, second = (desk.tickets.new(f"Parcel {place}", "low").done[0] for place in (1, 2))
    desk.tickets.set_team([first, second], "Riders")
    desk.tickets.assign(first, "ben")
    desk.tickets.assign(second, "carla")
    desk.macros.make("Hand over", [{"team": "Riders"}])
    assert desk.team.team("Riders").open_tickets == 2
    outcome = desk.team.retire_team("Riders", replace_by="care")
    assert outcome.summary == "team Riders retired, Care instead · 2 tickets"
    assert outcome.notes == ("macro “Hand over” follows",)
    lines = desk.tickets.lines([first, second])
    assert [(line.team, line.owner) for line in lines] == [("Care", None), ("Care", "carla")]
    desk.acts.undo()
    lines = desk.tickets.lines([first, second])
    assert [(line.team, line.owner) for line in lines] == [("Riders", "ben"), ("Riders", "carla")]
    assert not desk.team.team("Riders").retired


def test_a_team_is_not_replaced_by_itself_or_a_retired_one(desk: Desk) -> None:
    desk.team.add_team("Riders")
    desk.team.add_team("Care")
    desk.team.retire_team("Care")
    with pytest.raises(InvalidInput, match="“Riders” can't replace itself"):
        desk.team.retire_team("Riders", replace_by="riders")
    with pytest.raises(InvalidInput, match="The team “Care” is retired"):
        desk.team.retire_team("Riders", replace_by="Care")


def test_a_team_that_an_active_rule_gives_stays(desk: Desk) -> None:
    desk.team.add_team("Riders")
    desk.team.retire_team("Riders")
    desk.team.restore_team("Riders")
    restored = desk.acts.journal(1)[0].id
    desk.rules.put("To the riders", "nps<=6", [{"team": "Riders"}])
    with pytest.raises(InvalidInput, match="The rule “To the riders” gives the team “Riders”"):
        desk.team.retire_team("Riders")
    with pytest.raises(Conflict, match="The rule “To the riders” gives the team “Riders”; change it first"):
        desk.acts.undo(restored)


def test_the_last_door_stays_open_against_undo(desk: Desk) -> None:
    desk.team.set_role("ben", "administrator")
    given = desk.acts.journal(1)[0].id
    desk.as_user("ben").team.set_role("ana", "agent")
    with pytest.raises(Conflict, match="ben is the last who may"):
        desk.as_user("ben").acts.undo(given)
    assert desk.team.user("ben").role == "administrator"


def test_who_lost_a_right_cannot_get_it_back_by_undo(desk: Desk) -> None:
    desk.team.set_role("ben", "administrator")
    desk.team.set_role("ana", "agent")
    with pytest.raises(NotPermitted, match="ana may not add and change users"):
        desk.as_user("ana").acts.undo()
    desk.as_user("ben").acts.undo(desk.acts.journal(1)[0].id)
    assert desk.team.user("ana").role == "administrator"


def test_acting_as_another_is_a_right_and_recorded(desk: Desk) -> None:
    with pytest.raises(NotPermitted, match="ben may not act in another user's name"):
        Desk.open(desk.path, user="ben", acting_as="ana")
    with Desk.open(desk.path, user="ana", acting_as="ben") as as_ben:
        number = as_ben.tickets.new("Parcel", "low").done[0]
        with pytest.raises(NotPermitted, match="ben may not"):
            as_ben.team.add_user("eve")
    row = desk.store.reader().row("SELECT user_id, behind_id FROM act ORDER BY id DESC LIMIT 1")
    assert row == (desk.team.user("ben").id, desk.user.id)
    assert desk.tickets.feed(number)[0].actor == "ben (by ana)"
