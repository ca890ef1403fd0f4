"""`casedesk preferences|themes` and `config explain`: what is the user's own, where it comes from, and changing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

WRITTEN = '# mine\ntheme = "light"  # bright\n\n[keys]\nticket.note = "ctrl+n"\n'


@pytest.fixture
def file(surroundings: dict[str, str | None]) -> Path:
    path = Path(str(surroundings["XDG_CONFIG_HOME"])) / "casedesk" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def test_a_preference_is_explained_by_all_its_sources(run: Run, file: Path) -> None:
    document = run("config", "explain", "theme", "--json", CASEDESK_THEME="warm").document
    assert (document["value"], document["source"], document["place"]) == ("warm", "environment", "CASEDESK_THEME")
    assert [(said["source"], said["place"], said["value"]) for said in document["said"]] == [
        ("environment", "CASEDESK_THEME", "warm"),
        ("file", f"{file}, line 2", "light"),
        ("default", None, "dark"),
    ]
    told = run("config", "explain", "theme").out
    assert f"from file {file}, line 2" in told
    assert "default says dark" in told


def test_the_option_of_the_command_line_is_explained(run: Run) -> None:
    document = run("--as", "ben", "config", "explain", "user", "--json").document
    assert (document["value"], document["source"], document["place"]) == ("ben", "command line", "--as")


def test_everything_is_explained_with_the_mistakes_of_the_file(run: Run, file: Path) -> None:
    file.write_text('them = 1\n[keys]\nticket.note = "c"\nticket.tag = "ctrl+s"\n', encoding="utf-8")
    ran = run("config", "explain", "--json")
    assert ran.status == 0
    assert ran.document["file"] == str(file)
    assert ran.document["mistakes"] == [
        f"{file}, line 1: there is no setting 'them'; did you mean 'theme'?",
        f"{file}, line 3: c now means ticket.note; ticket.close has lost it.",
        f"{file}, line 4: ticket.tag: ctrl+s can't be used: it stops what the terminal shows.",
    ]
    told = run("config", "explain").out
    assert all(mistake in told for mistake in ran.document["mistakes"])
    assert "keys.ticket.note  c" in told


def test_a_broken_file_is_explained_and_not_changed(run: Run, file: Path) -> None:
    file.write_text("theme = \n", encoding="utf-8")
    assert f"{file}, line 1: invalid value" in run("config", "explain").out
    ran = run("preferences", "set", "theme", "dark")
    assert (ran.status, "Nothing was changed" in ran.err) == (2, True)
    assert file.read_text(encoding="utf-8") == "theme = \n"


def test_explaining_what_is_not_there_names_the_nearest(run: Run) -> None:
    ran = run("config", "explain", "densty")
    assert (ran.status, ran.err) == (1, "casedesk: There is no preference densty; did you mean density?\n")


def test_a_preference_is_set_shown_and_unset(run: Run, file: Path) -> None:
    document = run("preferences", "set", "theme", "warm", "--json").document
    assert document == {
        "changed": [{"preference": "theme", "before": "light", "after": "warm", "file": str(file)}],
        "notes": [],
    }
    assert file.read_text(encoding="utf-8") == WRITTEN.replace('"light"', '"warm"')
    assert run("preferences", "show", "--json").document["theme"] == "warm"
    assert run("preferences", "unset", "theme").out == f"theme is no longer set in {file}.\n"
    assert run("preferences", "show", "--json").document["theme"] == "dark"


def test_a_named_file_is_made_when_something_is_set(run: Run, tmp_path: Path) -> None:
    named = tmp_path / "other" / "mine.toml"
    assert run("--config", str(named), "preferences", "set", "plain", "yes").status == 0
    assert named.read_text(encoding="utf-8") == "plain = true\n"


def test_keys_are_set_with_clashes_refused_or_taken(run: Run, file: Path) -> None:
    ran = run("preferences", "set", "keys.ticket.note", "c")
    assert (ran.status, ran.err) == (2, "casedesk: c means “Close” already.\n")
    assert run("preferences", "set", "keys.ticket.note", "c", "f17", "--take").status == 0
    bound = {each["action"]: each for each in run("preferences", "keys", "--json").document}
    assert (bound["ticket.note"]["keys"], bound["ticket.note"]["default"]) == (["c", "f17"], ["n"])
    assert (bound["ticket.close"]["keys"], bound["ticket.close"]["own"]) == ([], True)
    assert "ticket.note" in run("preferences", "keys").out
    assert run("preferences", "set", "keys.program.quit", "none").status == 2


@pytest.mark.parametrize(
    "arguments",
    [("theme", "drak"), ("density", "airy"), ("plain", "maybe"), ("theme", "dark", "light"),
     ("keys", "x"), ("keys.ticket.note", "ctrl+s")],
)  # fmt: skip
def test_what_will_not_do_is_refused_and_the_file_stays(run: Run, file: Path, arguments: tuple[str, ...]) -> None:
    ran = run("preferences", "set", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert file.read_text(encoding="utf-8") == WRITTEN


def test_a_preference_that_is_not_there_is_not_found(run: Run, file: Path) -> None:
    ran = run("preferences", "set", "them", "dark")
    assert (ran.status, ran.err) == (1, "casedesk: There is no preference 'them' to set; did you mean 'theme'?\n")


def test_what_goes_over_the_file_is_said(run: Run, file: Path) -> None:
    ran = run("preferences", "set", "theme", "dark", CASEDESK_THEME="warm")
    assert ran.err == "casedesk: CASEDESK_THEME sets the theme, and goes over the configuration file.\n"


def test_a_preference_is_no_setting_of_the_desk(run: Run) -> None:
    for arguments in (("get", "theme"), ("set", "theme", "light")):
        ran = run("config", *arguments)
        assert ran.status == 2
        assert "`casedesk preferences" in ran.err


def test_a_theme_is_begun_checked_and_listed(run: Run, file: Path) -> None:
    made = Path(run("themes", "new", "mine", "--base", "light", "--json").document["file"])
    assert made == file.parent / "themes" / "mine.toml"
    assert run("themes", "check", str(made)).out == f"{made} has no mistake.\n"
    listed = {each["name"]: each for each in run("themes", "list", "--json").document}
    assert (listed["mine"]["own"], listed["mine"]["dark"], listed["light"]["present"]) == (True, False, True)
    assert "yours" in run("themes", "list").out


def test_checking_a_theme_tells_every_mistake_and_what_is_hard_to_read(run: Run, tmp_path: Path) -> None:
    theme = tmp_path / "mine.toml"
    theme.write_text('base = "dark"\n[colours]\nacent = "#000000"\ntext = "white"\n', encoding="utf-8")
    ran = run("themes", "check", str(theme))
    assert (ran.status, len(ran.err.splitlines())) == (2, 2)
    theme.write_text('base = "dark"\n[colours]\ntext = "#333333"\n', encoding="utf-8")
    ran = run("themes", "check", str(theme), "--json")
    assert (ran.status, ran.document["mistakes"]) == (0, [])
    assert {(each["colour"], each["on"]) for each in ran.document["faint"]} >= {("text", "background")}
