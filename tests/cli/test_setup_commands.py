"""`casedesk config|users|teams|plans`."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

PLAN = "Resolution for Detractors"


def test_settings_are_shown_read_and_changed(desk: Desk, run: Run) -> None:
    shown = run("config", "show", "--json").document
    assert shown == {
        "name": "Small desk", "zone": "Europe/Berlin", "language": "en", "case_management": True,
        "reopen_window_days": 0, "service_levels": False,
    }  # fmt: skip
    assert run("config", "set", "zone", "Asia/Tokyo").out == "zone → Asia/Tokyo\n"
    assert run("config", "get", "zone").out == "Asia/Tokyo\n"
    assert run("config", "get", "zone", "--json").document == "Asia/Tokyo"
    assert run("config", "get", "zones").status == 1


def test_settings_are_the_administrators(desk: Desk, run: Run) -> None:
    assert run("config", "set", "name", "Mine", LOGNAME="ben").status == 3


def test_users_are_added_shown_and_changed(desk: Desk, run: Run) -> None:
    assert run("users", "add", "dora", "--name", "Dora D.", "--role", "supervisor").status == 0
    shown = run("users", "show", "Dora", "--json").document
    assert (shown["login"], shown["name"], shown["role"], shown["active"]) == ("dora", "Dora D.", "supervisor", True)
    assert "import" in shown["rights"]
    run("users", "role", "dora", "agent")
    run("users", "retire", "dora")
    assert run("tickets", "list", LOGNAME="dora").status == 3
    run("users", "activate", "dora")
    listed = {user["login"]: user["role"] for user in run("users", "list", "--json").document}
    assert listed["dora"] == "agent"
    assert run("users", "show", "nobody").status == 1


def test_a_users_rights_are_shown_in_words(desk: Desk, run: Run) -> None:
    out = run("users", "show", "ben").out
    assert "  may     add notes\n" in out
    assert "  may not import files\n" in out


def test_roles_are_listed_with_their_rights(desk: Desk, run: Run) -> None:
    roles = {role["name"]: role["rights"] for role in run("roles", "list", "--json").document}
    assert list(roles) == ["agent", "supervisor", "administrator"]
    assert "users" not in roles["supervisor"]


def test_teams_are_added_and_shown(desk: Desk, run: Run) -> None:
    assert "no teams yet" in run("teams", "list").out
    assert run("teams", "add", "Care", "ben", "carla").status == 0
    (team,) = run("teams", "list", "--json").document
    assert (team["name"], team["members"], team["open_tickets"]) == ("Care", ["ben", "carla"], 0)
    assert run("teams", "show", "care", "--json").document["name"] == "Care"
    assert run("teams", "show", "nobody").status == 1


def test_a_plan_is_shown_with_actions_and_exit_states(desk: Desk, run: Run) -> None:
    assert [plan["name"] for plan in run("plans", "list", "--json").document] == [PLAN]
    plan = run("plans", "show", PLAN.lower(), "--json").document
    assert plan["exit_states"] == ["Customer reached", "Customer not reached", "No contact wanted"]
    call = plan["actions"][1]
    assert (call["name"], call["closes_plan"], call["comment_allowed"]) == ("Call", "ask", True)
    assert call["statuses"][0] == {"name": "Reached", "completes": True}
    assert run("plans", "show", "Resolution").status == 1


def test_a_campaign_is_linked_to_a_plan(desk: Desk, run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    export = tmp_path_factory.mktemp("files") / "autumn.csv"
    export.write_text("id,nps\nr1,9\n", encoding="utf-8")
    run("import", str(export), "--as", "responses")
    assert run("plans", "link", "autumn", PLAN).out == f"plan of Autumn → {PLAN}\n"
    assert run("plans", "show", PLAN, "--json").document["campaigns"] == ["Autumn"]
    assert run("campaigns", "show", "autumn", "--json").document["plan"] == PLAN
    run("plans", "link", "autumn", "none")
    assert run("campaigns", "show", "autumn", "--json").document["plan"] is None


def test_a_teams_members_change_and_who_leaves_gives_up_its_tickets(desk: Desk, run: Run) -> None:
    run("teams", "add", "Riders", "ben", "carla")
    number = desk.tickets.new("One", "low").done[0]
    desk.tickets.set_team(number, "Riders")
    desk.tickets.assign(number, "ben")
    changed = run("teams", "members", "riders", "+ana", "-ben")
    assert changed.out == "team Riders: +ana -ben\n"
    assert run("teams", "show", "Riders", "--json").document["members"] == ["ana", "carla"]
    ticket = desk.tickets.show(number)
    assert (ticket.line.owner, ticket.line.team) == (None, "Riders")
    assert desk.tickets.feed(number)[0].cause == "left the team"
    assert run("teams", "members", "Riders", "ben").status == 2
    assert run("teams", "members", "Riders", "-ben").err == "casedesk: Riders: nothing to change.\n"


def test_a_retired_team_is_offered_no_longer(desk: Desk, run: Run) -> None:
    run("teams", "add", "Riders")
    assert run("teams", "retire", "Riders").out == "team Riders retired\n"
    assert run("teams", "list", "--json").document == []
    assert run("undo").status == 0
    assert desk.choices().teams == ("Riders",)


def test_a_team_is_renamed_replaced_and_brought_back(desk: Desk, run: Run, ticket: int) -> None:
    run("teams", "add", "Riders")
    run("teams", "add", "Care")
    assert run("teams", "rename", "riders", "Night riders").out == "team “Riders” → “Night riders”\n"
    desk.tickets.set_team(ticket, "Night riders")
    retired = run("teams", "retire", "Night riders", "--replace-by", "Care")
    assert retired.out == f"team Night riders retired, Care instead · #{ticket}\n"
    listed = run("teams", "list", "--retired", "--json").document
    assert [(team["name"], team["retired"], team["tickets"]) for team in listed] == [
        ("Care", False, 1),
        ("Night riders", True, 0),
    ]
    assert run("teams", "restore", "Night riders").out == "team Night riders brought back\n"


def test_a_user_gets_another_name(desk: Desk, run: Run) -> None:
    assert run("users", "rename", "ben", "Ben Okri").out == "user ben is called Ben Okri\n"
    assert run("users", "show", "ben", "--json").document["name"] == "Ben Okri"


def test_a_role_is_added_changed_and_removed(desk: Desk, run: Run) -> None:
    assert run("roles", "add", "Night shift", "--copy", "agent").status == 0
    assert run("roles", "grant", "night shift", "import", "reports.view").out == (
        "rights “see reports”, “import files” granted to Night shift\n"
    )
    assert run("roles", "withhold", "Night shift", "tickets.merge").status == 0
    role = run("roles", "show", "night shift", "--json").document
    assert {"import", "reports.view"} <= set(role["rights"])
    assert "tickets.merge" not in role["rights"]
    assert "  may not merge tickets\n" in run("roles", "show", "Night shift").out
    assert run("roles", "rename", "Night shift", "Late shift").status == 0
    refused = run("roles", "remove", "agent")
    assert (refused.status, refused.err) == (
        2,
        "casedesk: ben has the role “agent”; say which role they are to get instead.\n",
    )
    assert run("roles", "remove", "agent", "--replace-by", "late shift").out == (
        "role “agent” removed; ben → Late shift\n"
    )


def test_the_table_shows_roles_against_rights(desk: Desk, run: Run) -> None:
    lines = run("roles", "table", "--csv").out.splitlines()
    assert lines[0] == "right,may,agent,supervisor,administrator"
    assert "tickets.note,add notes,yes,yes,yes" in lines
    assert "import,import files,,yes,yes" in lines
    rows = {row["right"]: row["roles"] for row in run("roles", "table", "--json").document}
    assert rows["users"] == ["administrator"]
    assert run("roles", "table").out.splitlines()[0].split() == ["right", "may", "agent", "supervisor", "administrator"]
    assert run("roles", "table", "--csv", "--json").status == 2


def test_nobody_takes_away_the_last_right_to_manage_users(desk: Desk, run: Run) -> None:
    refused = run("roles", "withhold", "administrator", "users")
    assert (refused.status, refused.err) == (
        2,
        "casedesk: ana is the last who may add and change users, teams and roles; give somebody else that right first."
        "\n",
    )
