"""Where each preference comes from: command line, environment, file with its line, remembered, default."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from casedesk.domain.errors import NotFound
from casedesk.settings.explaining import ActionKeys, explain, explain_all
from casedesk.settings.preferences import Preferences, of_sources, remember
from casedesk.settings.schema import PREFERENCES
from casedesk.settings.sources import Sources, read_sources

ACTIONS = {"ticket.note": ActionKeys("Add a note", "Write a note.", ("n",), ("ctrl+n",))}


def sources(tmp_path: Path, text: str, **environment: str) -> Sources:
    config = tmp_path / "config.toml"
    config.write_text(text, encoding="utf-8")
    return read_sources(config, environment, tmp_path / "remembered.toml", {"desk": "given.desk", "user": None})


def test_every_preference_is_a_field_with_the_default_that_the_schema_names() -> None:
    defaults = Preferences()
    named = {each.name for each in fields(Preferences)}
    for each in PREFERENCES:
        assert each.name in named
        assert getattr(defaults, each.name) == each.default
        assert each.summary.endswith(".")


def test_all_sources_are_told_the_strongest_first(tmp_path: Path) -> None:
    found = sources(tmp_path, '# mine\ntheme = "light"\n', CASEDESK_THEME="warm")
    remember(of_sources(found), theme="high-contrast")
    found = sources(tmp_path, '# mine\ntheme = "light"\n', CASEDESK_THEME="warm")
    told = explain(found, "theme", ACTIONS)
    assert [(said.source, said.place, said.value) for said in told.said] == [
        ("environment", "CASEDESK_THEME", "warm"),
        ("file", f"{tmp_path / 'config.toml'}, line 2", "light"),
        ("remembered", str(tmp_path / "remembered.toml"), "high-contrast"),
        ("default", "", "dark"),
    ]
    assert (told.value, told.holding) == ("warm", told.said[0])
    assert explain(found, "desk", ACTIONS).holding.place == "--desk"
    assert explain(found, "plain", ACTIONS).holding.source == "default"


def test_a_mistake_is_passed_over_and_told_with_its_line(tmp_path: Path) -> None:
    told = explain(sources(tmp_path, '\ndensity = "airy"\n', CASEDESK_DENSITY="wide"), "density", ACTIONS)
    assert told.value == "compact"
    assert [said.mistake for said in told.said] == [
        "CASEDESK_DENSITY: density is compact or comfortable.",
        f"{tmp_path / 'config.toml'}, line 2: density is compact or comfortable.",
        "",
    ]


def test_keys_are_explained_action_by_action(tmp_path: Path) -> None:
    found = sources(tmp_path, '[keys]\n"ticket.note" = "ctrl+n"\n')
    told = explain(found, "keys.ticket.note", ACTIONS)
    assert (told.value, told.holding.place) == (("ctrl+n",), f"{tmp_path / 'config.toml'}, line 2")
    assert told.said[-1].value == ("n",)
    assert told in explain_all(found, ACTIONS)


def test_keys_that_can_not_be_used_leave_the_default_ones(tmp_path: Path) -> None:
    wrong = {"ticket.note": ActionKeys("Add a note", "Write a note.", ("n",), ("n",), ("ctrl+s can't be used.",))}
    told = explain(sources(tmp_path, '[keys]\nticket.note = "ctrl+s"\n'), "keys.ticket.note", wrong)
    assert (told.value, told.holding.source) == (("n",), "default")
    assert told.said[0].mistake == "ctrl+s can't be used."


def test_everything_is_explained_once(tmp_path: Path) -> None:
    names = [told.name for told in explain_all(sources(tmp_path, "theme = 3\nthem = 1\n[keys]\nx = 1\n"), ACTIONS)]
    assert names == [*(each.name for each in PREFERENCES if each.name != "keys"), "keys.x"]


@pytest.mark.parametrize(("name", "near"), [("them", "theme"), ("keys.ticket.nott", "keys.ticket.note")])
def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path, name: str, near: str) -> None:
    with pytest.raises(NotFound, match=f"did you mean {near}"):
        explain(sources(tmp_path, ""), name, ACTIONS)


@pytest.mark.parametrize(("word", "plain"), [("1", True), ("Yes", True), ("off", False)])
def test_yes_and_no_of_the_environment(tmp_path: Path, word: str, plain: bool) -> None:
    assert of_sources(sources(tmp_path, "plain = true\n", CASEDESK_PLAIN=word)).plain is plain
