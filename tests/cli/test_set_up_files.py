"""`casedesk config export` and `config import`: the set-up as a file (X14)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from casedesk.desk import Desk
from tests.cli.conftest import Run

_TOPICS = 'format = 1\n[topics]\nnames = ["Returns", "Product"]\n'


@pytest.fixture
def topics(tmp_path: Path) -> str:
    """A file that changes the topics alone."""
    path = tmp_path / "topics.toml"
    path.write_text(_TOPICS, encoding="utf-8")
    return str(path)


def test_the_same_set_up_goes_to_a_file_and_to_standard_output(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    ran = run("config", "export", str(path))
    assert (ran.status, ran.out) == (0, "")
    assert path.read_text(encoding="utf-8") == run("config", "export", "-").out
    assert tomllib.loads(path.read_text(encoding="utf-8"))["settings"]["name"] == "Small desk"


def test_an_export_replaces_an_older_one_but_no_other_file(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    run("config", "export", str(path))
    desk.setup.set_setting("name", "Renamed")
    assert run("config", "export", str(path)).status == 0
    assert "Renamed" in path.read_text(encoding="utf-8")
    other = tmp_path / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    ran = run("config", "export", str(other))
    assert (ran.status, other.read_text(encoding="utf-8")) == (2, "mine")
    assert "--replace" in ran.err
    assert run("config", "export", str(other), "--replace").status == 0
    assert other.read_text(encoding="utf-8").startswith("# The set-up")


def test_the_desk_itself_is_never_written_over(desk: Desk, run: Run, desk_path: Path) -> None:
    ran = run("config", "export", str(desk_path), "--replace")
    assert ran.status == 2
    assert "is the desk itself" in ran.err
    assert desk.setup.setting("name") == "Small desk"


def test_an_import_shows_the_difference_asks_and_can_be_taken_back(desk: Desk, run: Run, topics: str) -> None:
    before = desk.set_up.export()
    ran = run("config", "import", topics, answers="y\n")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "topics",
        "  added    Returns",
        "  removed  Delivery",
        "  removed  Billing",
        "  removed  Service",
        "  removed  App",
    ]
    assert "1 added, 4 removed. Apply it? [y/N]" in ran.err
    assert [entry.name for entry in desk.lists.entries("topics")] == ["Returns", "Product"]
    assert run("undo").status == 0
    assert desk.set_up.export() == before


def test_a_changed_entry_is_shown_with_what_it_was_and_will_be(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    text = desk.set_up.export().replace('hours = "mon-fri 09:00-17:00"', 'hours = "mon-thu 08:00-16:00"')
    text = text.replace('closes_plan = "ask"', 'closes_plan = "always"').replace(
        '"low",\n    "normal"', '"normal",\n    "low"'
    )
    path.write_text(text, encoding="utf-8")
    assert run("config", "import", str(path), "--dry-run").out.splitlines() == [
        "priorities",
        "           order: low, normal, high, urgent → normal, low, high, urgent",
        "calendars",
        "  changed  Business hours",
        "           hours: mon-fri 09:00-17:00 → mon-thu 08:00-16:00",
        "plans",
        "  changed  Resolution for Detractors",
        "           actions “Call” closes plan: ask → always",
    ]


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_anything_but_a_yes_changes_nothing(desk: Desk, run: Run, topics: str, answer: str) -> None:
    before = desk.set_up.export()
    ran = run("config", "import", topics, answers=answer)
    assert (ran.status, desk.set_up.export()) == (0, before)
    assert "Nothing was changed." in ran.err


def test_without_a_terminal_it_needs_to_be_told_yes(desk: Desk, run: Run, topics: str) -> None:
    before = desk.set_up.export()
    ran = run("config", "import", topics)
    assert (ran.status, desk.set_up.export()) == (2, before)
    assert "--yes" in ran.err
    ran = run("config", "import", "-", piped=_TOPICS)
    assert (ran.status, desk.set_up.export()) == (2, before)
    assert run("config", "import", "-", "--yes", piped=_TOPICS).status == 0
    assert desk.set_up.export() != before


def test_a_dry_run_only_shows(desk: Desk, run: Run, topics: str) -> None:
    before = desk.set_up.export()
    ran = run("config", "import", topics, "--dry-run", "--yes")
    assert (ran.status, desk.set_up.export()) == (0, before)
    assert "added    Returns" in ran.out


def test_the_second_time_there_is_nothing_to_do(desk: Desk, run: Run, topics: str) -> None:
    assert run("config", "import", topics, "--yes").status == 0
    acts = desk.acts.journal()
    ran = run("config", "import", topics)
    assert (ran.status, ran.out) == (0, "")
    assert "set up so already" in ran.err
    assert desk.acts.journal() == acts


def test_it_tells_programs_the_same(desk: Desk, run: Run, topics: str) -> None:
    shown = run("config", "import", topics, "--dry-run", "--json").document
    assert shown["applied"] is False
    assert shown["changes"][0] == {
        "kind": "topics",
        "name": "Returns",
        "what": "added",
        "fields": [],
    }
    done = run("config", "import", topics, "--yes", "--json").document
    assert (done["applied"], done["changes"]) == (True, shown["changes"])
    assert done["act"] == desk.acts.journal(1)[0].id


def test_every_mistake_is_one_line_with_file_line_and_place(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("format = 1\n\n[topics]\nnams = []\n\n[[teams]]\nname = 3\n", encoding="utf-8")
    before = desk.set_up.export()
    ran = run("config", "import", str(path), "--yes")
    assert (ran.status, ran.out, desk.set_up.export()) == (2, "", before)
    assert ran.err.splitlines() == [
        f"casedesk: {path}, line 3, topics: “names” is missing.",
        f"casedesk: {path}, line 4, topics.nams: There is no “nams” here; did you mean names?",
        f"casedesk: {path}, line 7, teams[1].name: This has to be a text in quotes, not a number.",
    ]
    assert [each["line"] for each in run("config", "import", str(path), "--json").document["mistakes"]] == [3, 4, 7]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"format = 1\n\xff", "line 2: this is not UTF-8 text."),
        (b"format = 1\n[", "line 2"),
        (b"format = 1\n" + b"#" * 2_000_000, "too large for a set-up"),
        (b"SQLite format 3\x00", "is no TOML"),
    ],
)
def test_what_is_no_set_up_is_refused_in_one_line(
    desk: Desk, run: Run, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(content)
    ran = run("config", "import", str(path), "--yes")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert words in ran.err


def test_texts_of_a_file_reach_the_terminal_with_controls_made_visible(desk: Desk, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "hostile.toml"
    path.write_text('format = 1\n[[rules]]\nname = "x\\u001b[31m"\ncondition = ""\neffects = []\n', encoding="utf-8")
    ran = run("config", "import", str(path), "--yes")
    assert ran.status == 2
    assert "\x1b" not in ran.out + ran.err


def test_it_needs_the_right(desk: Desk, run: Run, topics: str) -> None:
    for arguments in (("export", "-"), ("import", topics, "--yes")):
        ran = run("config", *arguments, LOGNAME="ben")
        assert (ran.status, ran.out) == (3, "")
        assert "ben may not" in ran.err
