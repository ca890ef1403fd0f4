"""`casedesk rules …`."""

from __future__ import annotations

from pathlib import Path

from casedesk.desk import Desk
from tests.cli.conftest import Run


def test_the_default_rule_is_listed(desk: Desk, run: Run) -> None:
    (rule,) = run("rules", "list", "--json").document
    assert (rule["name"], rule["condition"], rule["active"]) == ("Detractors", "nps<=6 OR csat<=2", True)
    assert rule["effects"] == [{"open_ticket": True}, {"tag": "detractor"}]
    assert "open a ticket, tag detractor" in run("rules", "list").out


def test_a_rule_made_here_runs_on_the_next_import(desk: Desk, run: Run, tmp_path: Path) -> None:
    made = run("rules", "set", "Happy", "--when", "nps>=9", "--then", "open_ticket", "--then", "tag=thanks")
    assert made.out == "rule “Happy” made\n"
    path = tmp_path / "a.csv"
    path.write_text("id,nps,comment\n1,10,great\n")
    run("import", str(path))
    assert [ticket["tags"] for ticket in run("tickets", "list", "--json").document] == [["thanks"]]


def test_a_rule_is_switched_off_and_on(desk: Desk, run: Run) -> None:
    assert run("rules", "off", "detractors").status == 0
    assert run("rules", "off", "detractors").err == "casedesk: The rule “Detractors” is off already.\n"
    assert run("rules", "on", "Detractors").status == 0
    assert run("rules", "on", "Detractor").err == "casedesk: There is no rule “Detractor”; there is Detractors.\n"


def test_wrong_conditions_and_effects_are_told(desk: Desk, run: Run) -> None:
    wrong = run("rules", "set", "X", "--when", "npss<=6", "--then", "open_ticket")
    assert (wrong.status, wrong.err.startswith('casedesk: Unknown field "npss" at 1')) == (2, True)
    assert "no effect “explode”" in run("rules", "set", "X", "--when", "nps<=6", "--then", "explode=now").err
    assert "no priority “hihg”" in run("rules", "set", "X", "--when", "nps<=6", "--then", "priority=hihg").err
    assert run("rules", "set", "X", "--when", "nps<=6", "--then", "open_ticket", LOGNAME="ben").status == 3


def test_undo_takes_a_rule_back(desk: Desk, run: Run) -> None:
    run("rules", "off", "Detractors")
    assert run("undo").status == 0
    assert run("rules", "list", "--json").document[0]["active"] is True


def test_a_rule_can_wait_for_a_target_that_is_about_to_be_missed(desk: Desk, run: Run) -> None:
    run("rules", "set", "Hurry", "--on", "before due", "--when", "is:new", "--then", "priority=urgent")
    assert run("rules", "list", "--json").document[1]["trigger"] == "before due"
    assert "before due" in run("rules", "list").out
    wrong = run("rules", "set", "Now", "--on", "now", "--when", "is:new", "--then", "tag=x")
    assert (wrong.status, "no trigger “now”" in wrong.err) == (2, True)


def test_a_rule_is_added_changed_renamed_moved_shown_and_removed(desk: Desk, run: Run) -> None:
    run("rules", "add", "Late", "--on", "idle 48h", "--when", "is:open", "--then", "tag=late", "--off")
    run("rules", "change", "Late", "--when", "is:pending", "--then", "close=Resolved exit_state=", "--on", "age 7d")
    assert run("rules", "rename", "Late", "Old").out == "rule “Late” → “Old”\n"
    assert run("rules", "move", "Old", "1").status == 0
    assert run("rules", "switch", "Old", "on").status == 0
    shown = run("rules", "show", "Old", "--json").document
    assert {key: shown[key] for key in ("trigger", "condition", "effects", "active", "position")} == {
        "trigger": "age 7d",
        "condition": "is:pending",
        "effects": [{"close": {"resolution": "Resolved"}}],
        "active": True,
        "position": 1,
    }
    assert "close: Resolved" in run("rules", "show", "Old").out
    assert run("rules", "remove", "Old").status == 0
    assert [rule["name"] for rule in run("rules", "list", "--json").document] == ["Detractors"]


def test_a_rule_for_everything_takes_its_option(desk: Desk, run: Run) -> None:
    wrong = run("rules", "add", "All", "--when", "", "--then", "tag=x")
    assert (wrong.status, "--everything says that it is meant" in wrong.err) == (2, True)
    assert run("rules", "add", "All", "--when", "", "--then", "tag=x", "--everything").status == 0


def test_the_log_shows_what_caused_what(desk: Desk, run: Run) -> None:
    run("rules", "add", "Wait", "--on", "ticket opened", "--when", "is:new", "--then", "status=pending")
    run("rules", "add", "Tell", "--on", "status changed", "--when", "is:pending", "--then", "tag=told")
    desk.tickets.new("Parcel", "low")
    newest, first = run("rules", "log", "--json").document
    assert (newest["rule"], newest["depth"], newest["after"], newest["text"]) == ("Tell", 1, first["id"], "tag told")
    assert (first["rule"], first["ticket"], first["outcome"], first["after"]) == ("Wait", 1, "ran", None)
    assert "  Tell" in run("rules", "log").out
    assert f"after {first['id']}: tag told" in run("rules", "log", "--rule", "Tell").out


def test_a_rule_is_tried(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,nps,comment\n1,2,bad\n2,10,great\n")
    run("rules", "off", "Detractors")
    run("import", str(path))
    tried = run("rules", "try", "Detractors", "--json").document
    assert (tried["examined"], tried["runs"], tried["opened"], len(tried["responses"])) == (2, 1, 1, 1)
    assert "would have run on 1 of 2 responses; nothing was changed" in run("rules", "try", "Detractors").out
    assert run("rules", "try", "Detractors", "--since", "2050-01-01", "--json").document["runs"] == 0
    assert run("rules", "try", "Detractors", "--since", "last-30d").status == 0
    assert run("rules", "try", "Detractors", "--since", "soon").status == 2
