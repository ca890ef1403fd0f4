"""`casedesk` by itself, `init` and `demo`."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk import __version__
from casedesk.desk import Desk
from tests.cli.conftest import Run


def test_init_makes_a_desk_with_the_present_user_as_administrator(run: Run, desk_path: Path) -> None:
    ran = run("init", "--name", "Support", "--zone", "Europe/Paris", "--json")
    assert ran.document == {
        "desk": str(desk_path), "name": "Support", "zone": "Europe/Paris", "administrators": ["ana"],
    }  # fmt: skip
    with Desk.open(desk_path, user="ana") as desk:
        assert (desk.user.role, desk.name, desk.zone.key) == ("administrator", "Support", "Europe/Paris")


def test_init_as_another_user_gives_them_a_place_too(run: Run) -> None:
    assert run("--as", "bea", "init", "--json").document["administrators"] == ["ana", "bea"]
    assert run("--as", "bea", "tickets", "new", "Hello", "--priority", "low").status == 0


def test_init_leaves_an_existing_desk_alone(desk: Desk, ticket: int, run: Run) -> None:
    ran = run("init")
    assert ran.status == 5
    assert "exists already" in ran.err
    assert run("tickets", "show", str(ticket)).status == 0


@pytest.mark.parametrize("option", [("--zone", "Europe/Berln"), ("--name", " ")])
def test_init_with_a_wrong_value_makes_nothing(run: Run, desk_path: Path, option: tuple[str, str]) -> None:
    assert run("init", *option).status == 2
    assert not desk_path.exists()


def test_init_uses_the_usual_place_when_none_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("init", "--json", CASEDESK_DESK=None)
    assert Path(ran.document["desk"]).is_relative_to(tmp_path / "DATA")


def test_without_a_desk_it_says_how_to_come_by_one(run: Run) -> None:
    ran = run()
    assert (ran.status, ran.out) == (5, "")
    assert "casedesk init" in ran.err
    assert "casedesk demo" in ran.err


def test_the_interface_needs_a_terminal(desk: Desk, run: Run) -> None:
    assert run().status == 2
    assert run("demo").status == 2


def test_the_version_may_stand_among_other_options(run: Run) -> None:
    assert run("--desk", "nowhere", "--version").out == f"casedesk {__version__}\n"


def test_a_demo_that_is_kept_never_replaces_a_file(run: Run, tmp_path: Path) -> None:
    taken = tmp_path / "taken.desk"
    taken.write_text("mine", encoding="utf-8")
    assert run("demo", "--path", str(taken), "--no-open").status == 5
    assert taken.read_text(encoding="utf-8") == "mine"


def test_a_demo_is_a_full_desk_for_the_present_user(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "new folder" / "demo.desk"
    ran = run("demo", "--path", str(place), "--no-open")
    assert (ran.status, ran.out) == (0, f"{place}\n")
    listed = run("--desk", str(place), "tickets", "list", "--json").document
    assert len(listed) > 100
    assert [path.name for path in place.parent.iterdir()] == ["demo.desk"]
