"""Exit statuses, and errors in one line; some of it with the real program in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from casedesk import __version__
from casedesk.desk import Desk
from casedesk.store.connection import make_file
from tests.cli.conftest import Run

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def environment(surroundings: dict[str, str | None]) -> dict[str, str]:
    """What a process of its own gets."""
    return {name: value for name, value in {**os.environ, **surroundings}.items() if value is not None}


@pytest.fixture
def process(environment: dict[str, str]) -> Process:
    """The program itself: `python -m casedesk …`."""

    def ran(*arguments: str | bytes, **variables: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "casedesk", *arguments]
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, env=environment | variables, check=False
        )

    return ran


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("tickets", "show", "99"), 1),
        (("tickets",), 2),
        (("tickts",), 2),
        (("tickets", "shw"), 2),
        (("--bogus",), 2),
        (("tickets", "show"), 2),
        (("tickets", "show", "1", "2"), 2),
        (("undo", "x"), 2),
        (("--as", "nobody", "tickets", "show", "1"), 3),
        (("--desk", "/nowhere/at.all", "tickets", "show", "1"), 5),
        (("--desk", __file__, "tickets", "show", "1"), 5),
        (("--desk", "postgresql://host/desk", "tickets", "show", "1"), 2),
        (("--config", "/nowhere/config.toml", "tickets", "show", "1"), 1),
        (("undo", "1.5"), 2),
        (("tickets", "list", "--limit", "9" * 20), 2),
    ],
)
def test_each_kind_of_error_has_its_status_and_one_line(
    desk: Desk, run: Run, arguments: tuple[str, ...], status: int
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.startswith("casedesk: ")
    assert ran.err.endswith(("." + "\n", "?\n"))
    assert ran.err.count("\n") == 1


NOT_THERE = (
    ("import", "/nowhere/answers.csv"),
    ("import", __file__, "--mapping", "nope"),
    ("config", "import", "/nowhere/set-up.toml"),
    ("restore", "/nowhere/backup.desk"),
    ("config", "get", "nope"),
    ("config", "set", "nope", "1"),
    ("preferences", "set", "nope", "1"),
    ("rules", "try", "Nope"),
    ("rules", "show", "Nope"),
    ("rules", "log", "--rule", "Nope"),
    ("rules", "remove", "Nope"),
    ("sla", "deadline", "2026-01-01T09:00:00Z", "4h", "--calendar", "Nope"),
    ("calendars", "show", "Nope"),
    ("policies", "show", "Nope"),
    ("plans", "show", "Nope"),
    ("plans", "retire", "Nope"),
    ("plans", "action", "retire", "Nope"),
    ("macros", "show", "Nope"),
    ("views", "show", "Nope"),
    ("dashboards", "show", "Nope"),
    ("teams", "show", "Nope"),
    ("teams", "retire", "Nope"),
    ("users", "retire", "nope"),
    ("users", "away", "nope"),
    ("users", "add", "eve", "--role", "nope"),
    ("roles", "show", "nope"),
    ("statuses", "show", "Nope"),
    ("priorities", "retire", "Nope"),
    ("tags", "show", "nope"),
    ("close-options", "retire", "Nope"),
    ("campaigns", "show", "Nope"),
    ("accounts", "show", "Nope"),
    ("contacts", "show", "nope"),
    ("responses", "show", "99"),
    ("responses", "list", "--view", "Nope"),
    ("undo", "99"),
    ("tickets", "show", "99"),
    ("tickets", "list", "--view", "Nope"),
    ("tickets", "assign", "1", "nope"),
    ("tickets", "team", "1", "Nope"),
    ("tickets", "priority", "1", "Nope"),
    ("tickets", "classify", "1", "Nope"),
    ("tickets", "plan", "1", "Nope"),
    ("tickets", "close", "1", "--resolution", "Nope"),
    ("tickets", "new", "Broken screen", "--priority", "hgh"),
    ("tickets", "relate", "1", "contact", "nope"),
    ("tickets", "merge", "1", "99"),
)
"""What somebody may name that isn't there: records of the desk, its settings, and files."""


@pytest.mark.parametrize("arguments", NOT_THERE, ids=" ".join)
def test_what_is_named_and_is_not_there_ends_with_1(ticket: int, run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1), ran.err
    assert ran.err.startswith("casedesk: There is no ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("undo", "abc"), "“abc” isn't a whole number."),
        (("undo", "9" * 5000), "” is too large a number."),
        (("responses", "show", "x"), "“x” isn't a whole number."),
        (("contacts", "list", "--limit", "1.5"), "“1.5” isn't a whole number."),
        (("contacts", "list", "--limit", "-1"), "--limit is a number from 0 to 1,000,000,000,000; 0 is all."),
    ],
)
def test_a_wrong_argument_is_told_in_words_for_people(
    desk: Desk, run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.endswith(f"{sentence}\n"), ran.err
    assert len(ran.err) < 200


@pytest.mark.parametrize("url", ["sqlite:///{}", "SQLITE://localhost/{}", "file://{}", "file://localhost{}"])
def test_a_desk_may_be_named_by_a_url_of_its_file(desk: Desk, desk_path: Path, run: Run, url: str) -> None:
    ran = run("--desk", url.format(desk_path), "config", "get", "name")
    assert (ran.status, ran.err) == (0, "")


def test_a_url_of_a_relative_file_and_one_with_a_blank(
    desk: Desk, desk_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk_path.parent)
    (desk_path.parent / "our desk").symlink_to(desk_path)
    for url in (f"sqlite:///{desk_path.name}", "sqlite:///our%20desk"):
        assert run("--desk", url, "config", "get", "name").status == 0


@pytest.mark.parametrize("url", ["postgresql://host/desk", "sqlite://", "sqlite://host/x", "file://", "http://x/y"])
def test_a_url_of_anything_else_is_refused(run: Run, url: str) -> None:
    ran = run("--desk", url, "tickets", "list")
    assert (ran.status, ran.err) == (2, f"casedesk: A desk is a file; {url} is a URL of something else.\n")


def test_a_mistyped_command_is_answered_with_the_nearest(run: Run) -> None:
    assert run("tickts").err == "casedesk: There is no command tickts; did you mean tickets?\n"


def test_a_user_the_desk_does_not_know_is_told_who_may_add_them(desk: Desk, run: Run) -> None:
    ran = run("tickets", "show", "1", LOGNAME="zoe")
    assert ran.status == 3
    assert "ana" in ran.err


def test_acting_as_another_is_a_right_and_is_recorded(desk: Desk, ticket: int, run: Run) -> None:
    assert run("--as", "ben", "tickets", "note", str(ticket), "Hello").status == 0
    assert desk.tickets.feed(ticket)[1].actor == "ben (by ana)"
    assert run("tickets", "note", str(ticket), "Hello", CASEDESK_USER="carla").status == 0
    assert run("--as", "ben", "tickets", "show", str(ticket), LOGNAME="carla").status == 3


def test_the_command_line_goes_before_the_environment_and_that_before_the_file(
    desk: Desk, run: Run, desk_path: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'desk = "{desk_path}"\n', encoding="utf-8")
    assert run("--config", str(config), "config", "get", "name", CASEDESK_DESK=None).out == "Small desk\n"
    assert run("config", "get", "name", CASEDESK_DESK=None, CASEDESK_CONFIG=str(config)).out == "Small desk\n"
    assert run("--config", str(config), "config", "get", "name", CASEDESK_DESK="/nowhere").status == 5
    assert run("--desk", str(desk_path), "config", "get", "name", CASEDESK_DESK="/nowhere").out == "Small desk\n"


def test_a_mistake_in_the_configuration_is_told_and_stops_nothing(desk: Desk, run: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("dsek = 3\n", encoding="utf-8")
    ran = run("--config", str(config), "config", "get", "name")
    assert (ran.status, ran.out) == (0, "Small desk\n")
    assert "line 1" in ran.err


def test_help_fits_eighty_columns_and_names_every_command(run: Run) -> None:
    out = run("--help").out
    assert max(map(len, out.splitlines())) <= 80
    for command in ("demo", "init", "import", "tickets", "undo", "contacts", "config", "users", "plans", "backup"):
        assert f"\n  {command} " in out


@pytest.mark.parametrize("group", ["tickets", "users", "plans", "contacts", "config"])
def test_every_group_has_help(run: Run, group: str) -> None:
    ran = run(group, "--help")
    assert ran.status == 0
    assert "..." not in ran.out.partition("Options:")[2]


def test_the_program_answers_its_version_alone(process: Process) -> None:
    assert process("--version").stdout == f"casedesk {__version__}\n".encode()


def test_the_program_ends_with_the_status_and_no_traceback(desk: Desk, process: Process) -> None:
    ran = process("tickets", "show", "99")
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, b"", b"casedesk: There is no ticket #99.\n")


def test_an_argument_that_is_not_utf8_is_wrong_input(desk: Desk, ticket: int, process: Process) -> None:
    ran = process("tickets", "note", str(ticket), b"caf\xe9")
    assert ran.returncode == 2
    assert ran.stderr.count(b"\n") == 1


def test_json_survives_an_output_without_unicode(desk: Desk, process: Process) -> None:
    desk.tickets.new("Größe 東京", "low")
    ran = process("tickets", "show", "1", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(ran.stdout.decode("ascii"))["title"] == "Größe 東京"
    assert process("tickets", "list", PYTHONIOENCODING="ascii").returncode == 0


def test_reading_only_a_part_of_the_output_is_no_error(desk: Desk, environment: dict[str, str]) -> None:
    desk.tickets.new("Long", "low", description="y" * 90_000)
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "casedesk", "tickets", "list", "--json"]
    ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(write)
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_reading_the_list_loads_neither_the_tables_nor_the_interface(desk: Desk, environment: dict[str, str]) -> None:
    code = """
import sys
from casedesk.__main__ import main
sys.argv = ["casedesk", "tickets", "list", "--limit", "20", "--json"]
try:
    main()
finally:
    heavy = ("sqlmodel", "sqlalchemy", "textual", "rich", "alembic")
    print([name for name in heavy if name in sys.modules], file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert (ran.returncode, json.loads(ran.stdout), ran.stderr) == (0, [], b"[]\n")


def test_an_unforeseen_error_is_one_line_with_the_way_to_more(
    desk: Desk, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casedesk.desk.acts.Acts.journal", lambda *_, **__: 1 // 0)
    ran = run("journal")
    assert ran.status == 70
    assert "ZeroDivisionError" in ran.err
    assert "CASEDESK_DEBUG=1" in ran.err
    assert ran.err.count("\n") == 1


def test_bringing_an_older_desk_up_to_date_is_told_beside_the_answer(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old.desk"
    make_file(old)
    ran = run("tickets", "list", CASEDESK_DESK=str(old))
    assert ran.err.startswith("casedesk: old.desk is brought from schema 0 to ")
    assert "brought" not in run("tickets", "list", CASEDESK_DESK=str(old)).err
