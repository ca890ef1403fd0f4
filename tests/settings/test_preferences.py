"""Preferences: command line over environment over file over defaults; mistakes told; the user's file left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.settings.preferences import Preferences, load, remember
from casedesk.settings.toml_file import SettingsError


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state" / "remembered.toml"


def loaded(tmp_path: Path, text: str, state: Path, **given: str) -> Preferences:
    config = tmp_path / "config.toml"
    config.write_text(text, encoding="utf-8")
    return load(config, environment={}, state=state, **given)


def test_without_anything_the_defaults_hold(tmp_path: Path, state: Path) -> None:
    preferences = loaded(tmp_path, "", state)
    assert (preferences.theme, preferences.density, preferences.plain, preferences.keys) == (
        "dark",
        "compact",
        False,
        {},
    )
    assert preferences.problems == ()


def test_command_line_over_environment_over_file_over_default(tmp_path: Path, state: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('theme = "light"\nuser = "file"\ndesk = "file.desk"\ndensity = "comfortable"\n', encoding="utf-8")
    environment = {"CASEDESK_CONFIG": str(config), "CASEDESK_USER": "environment", "CASEDESK_DESK": "environment.desk"}
    preferences = load(environment=environment, state=state, desk="given.desk", user=None)
    assert preferences.desk == "given.desk"
    assert preferences.user == "environment"
    assert preferences.theme == "light"
    assert preferences.density == "comfortable"


def test_keys_are_read_as_a_text_or_a_list(tmp_path: Path, state: Path) -> None:
    preferences = loaded(tmp_path, '[keys]\n"ticket.note" = "ctrl+n"\n"ticket.close" = ["c", "f8"]\n', state)
    assert preferences.keys == {"ticket.note": ("ctrl+n",), "ticket.close": ("c", "f8")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\nthem = "light"\n', "line 2: there is no setting 'them'; did you mean 'theme'?"),
        ("theme = 3\n", "line 1: theme is a text in quotation marks."),
        ('density = "airy"\n', "line 1: density is compact or comfortable."),
        ('plain = "yes"\n', "line 1: plain is true or false."),
        ("keys = 1\n", "line 1: keys is a table"),
        ('[keys]\n"ticket.note" = 5\n', "line 2: the keys of ticket.note are a text or a list of texts."),
        ("theme = \n", "line 1:"),
        ('set_in_file = "x"\n', "there is no setting 'set_in_file'"),
    ],
)
def test_a_mistake_in_the_file_is_told_and_the_rest_holds(tmp_path: Path, state: Path, text: str, said: str) -> None:
    preferences = loaded(tmp_path, text, state)
    assert said in preferences.problems[0]
    assert str(tmp_path / "config.toml") in preferences.problems[0]
    assert preferences.theme == "dark"
    assert preferences.keys == {}


def test_a_file_that_was_named_and_is_not_there_is_told(tmp_path: Path, state: Path) -> None:
    preferences = load(tmp_path / "nowhere.toml", environment={}, state=state)
    assert "can't be read" in preferences.problems[0]


def test_what_was_chosen_is_remembered_outside_of_the_users_file(tmp_path: Path, state: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("# mine\n", encoding="utf-8")
    first = load(config, environment={}, state=state)
    remember(remember(first, theme="light"), density="comfortable")
    again = load(config, environment={}, state=state)
    assert (again.theme, again.density) == ("light", "comfortable")
    assert config.read_text(encoding="utf-8") == "# mine\n"
    assert [path.name for path in state.parent.iterdir()] == ["remembered.toml"]


def test_what_is_kept_already_stays_when_something_else_is_remembered(tmp_path: Path, state: Path) -> None:
    state.parent.mkdir()
    state.write_text('# a comment\ntheme = "light"\nlater = [1, 2]\n', encoding="utf-8")
    preferences = loaded(tmp_path, 'theme = "warm"\n', state)
    remember(remember(preferences, density="comfortable"), density="compact")
    assert sorted(state.read_text(encoding="utf-8").splitlines()) == [
        "# a comment",
        'density = "compact"',
        "later = [1, 2]",
        'theme = "light"',
    ]


def test_two_programs_remember_beside_each_other(tmp_path: Path, state: Path) -> None:
    one, other = loaded(tmp_path, "", state), loaded(tmp_path, "", state)
    remember(one, theme="light")
    remember(other, density="comfortable")
    again = loaded(tmp_path, "", state)
    assert (again.theme, again.density) == ("light", "comfortable")


@pytest.mark.parametrize("kinds", [(), ("merged",), ("merged into", "sub-ticket")])
def test_a_list_is_remembered_as_it_was(tmp_path: Path, state: Path, kinds: tuple[str, ...]) -> None:
    remember(loaded(tmp_path, "", state), related_hidden=("parent",))
    remember(loaded(tmp_path, "", state), related_hidden=kinds)
    assert loaded(tmp_path, "", state).related_hidden == kinds


def test_of_a_damaged_list_what_can_be_used_is_used(tmp_path: Path, state: Path) -> None:
    state.parent.mkdir()
    state.write_text('related_hidden = ["merged", 3]\ntheme = ["light"]\n', encoding="utf-8")
    preferences = loaded(tmp_path, "", state)
    assert (preferences.related_hidden, preferences.theme) == (("merged",), "dark")
    state.write_text('related_hidden = "merged"\n', encoding="utf-8")
    assert loaded(tmp_path, "", state).related_hidden == ()


def test_a_damaged_memory_is_replaced(tmp_path: Path, state: Path) -> None:
    state.parent.mkdir()
    state.write_bytes(b"\xff theme =")
    remember(loaded(tmp_path, "", state), theme="light")
    assert state.read_text(encoding="utf-8") == 'theme = "light"\n'


def test_what_is_only_chosen_in_the_program_is_no_setting_of_the_file(tmp_path: Path, state: Path) -> None:
    preferences = loaded(tmp_path, 'related_hidden = ["merged"]\n', state)
    assert "there is no setting 'related_hidden'" in preferences.problems[0]
    assert preferences.related_hidden == ()


def test_the_users_file_wins_over_what_is_remembered(tmp_path: Path, state: Path) -> None:
    remember(loaded(tmp_path, "", state), theme="light")
    assert loaded(tmp_path, 'theme = "warm"\n', state).theme == "warm"


def test_a_damaged_memory_is_no_reason_to_stop(tmp_path: Path, state: Path) -> None:
    state.parent.mkdir()
    state.write_bytes(b"\xff theme =")
    assert loaded(tmp_path, "", state).theme == "dark"


def test_what_is_remembered_stays_sound_when_it_can_not_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    preferences = loaded(tmp_path, "", blocked / "remembered.toml")
    assert remember(preferences, theme="light").theme == "light"


def test_a_huge_file_is_refused(tmp_path: Path, state: Path) -> None:
    preferences = loaded(tmp_path, "#" * 1_000_001, state)
    assert "too large" in preferences.problems[0]


def test_settings_errors_are_errors_of_the_users_input() -> None:
    assert SettingsError("x").exit_status == 2
