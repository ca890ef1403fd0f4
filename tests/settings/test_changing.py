"""Changing one preference in the user's file: all other lines stay, nothing is lost, and it can be put back."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from casedesk.domain.errors import InvalidInput, Unchanged
from casedesk.settings.changing import change, change_all, put_back
from casedesk.settings.preferences import Preferences, load, remember
from casedesk.settings.toml_file import SettingsError
from casedesk.settings.toml_text import edited, line_of
from casedesk.settings.toml_values import flat

WRITTEN = """\
# My settings. Don't touch.
theme = "light"   # bright
user  =  'ana'

[keys]  # mine
# for notes
ticket.note = "ctrl+n"
"ticket.close" = [
    "c",  # as always
    "f8",
]
"""


def preferences(tmp_path: Path, text: str | None = WRITTEN) -> Preferences:
    config = tmp_path / "config.toml"
    if text is not None:
        config.write_bytes(text.encode())
    return load(config, environment={}, state=tmp_path / "remembered.toml")


def written(tmp_path: Path) -> str:
    return (tmp_path / "config.toml").read_bytes().decode()


def test_one_value_changes_and_every_other_line_stays(tmp_path: Path) -> None:
    changed, _done = change(preferences(tmp_path), "theme", "dark")
    assert written(tmp_path) == WRITTEN.replace('"light"', '"dark"')
    assert changed.theme == "dark"


def test_a_value_over_several_lines_is_changed_as_a_whole(tmp_path: Path) -> None:
    change(preferences(tmp_path), "keys.ticket.close", ("f9",))
    lines = written(tmp_path).splitlines()
    assert lines[-2:] == ['ticket.note = "ctrl+n"', '"ticket.close" = ["f9"]']


def test_a_key_written_with_dots_is_the_same_as_one_in_quotation_marks(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    assert first.keys == {"ticket.note": ("ctrl+n",), "ticket.close": ("c", "f8")}
    changed, _done = change(first, "keys.ticket.note", ["f7"])
    assert 'ticket.note = ["f7"]' in written(tmp_path)
    assert changed.keys["ticket.note"] == ("f7",)


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("", "theme", "dark", 'theme = "dark"\n'),
        ("# only this", "theme", "dark", '# only this\ntheme = "dark"\n'),
        ('user = "ana"\n', "plain", True, 'user = "ana"\nplain = true\n'),
        ('# all\n\n# keys\n[keys]\n', "theme", "dark", '# all\n\ntheme = "dark"\n\n# keys\n[keys]\n'),
        ('[keys]\n"a.b" = "x"\n\n[other]\n', "keys.ticket.tag", ("T",),
         '[keys]\n"a.b" = "x"\n"ticket.tag" = ["T"]\n\n[other]\n'),
        ('theme = "dark"\n\n\n', "keys.ticket.tag", ("T",), 'theme = "dark"\n\n[keys]\n"ticket.tag" = ["T"]\n'),
        ('keys = { "ticket.tag" = "t" } # x\n', "keys.ticket.note", ("n",),
         'keys = { "ticket.tag" = "t", "ticket.note" = ["n"] } # x\n'),
        ('keys."ticket.tag" = "t"\n', "keys.ticket.note", ("n",),
         'keys."ticket.tag" = "t"\nkeys."ticket.note" = ["n"]\n'),
        ('theme = "a#b" # c\n', "theme", "dark", 'theme = "dark" # c\n'),
        ('user = "x"\r\ntheme = "light"\r\n', "theme", "dark", 'user = "x"\r\ntheme = "dark"\r\n'),
        ('user = "x"\r\n', "theme", "dark", 'user = "x"\r\ntheme = "dark"\r\n'),
        ('\ufefftheme = "light"\n', "theme", "dark", '\ufefftheme = "dark"\n'),
        ('theme = "light"\n', "theme", None, ""),
        ('keys = { "ticket.tag" = "t" }\n', "keys.ticket.tag", None, "keys = {}\n"),
    ],
)  # fmt: skip
def test_wherever_a_value_belongs_it_is_put(tmp_path: Path, before: str, name: str, value: object, after: str) -> None:
    change(preferences(tmp_path, before), name, value)
    assert written(tmp_path) == after


def test_a_file_that_is_not_there_is_made_for_the_user_alone(tmp_path: Path) -> None:
    first = load(environment={"CASEDESK_CONFIG": str(tmp_path / "new" / "config.toml")}, state=tmp_path / "state")
    change(first, "theme", "dark")
    made = tmp_path / "new" / "config.toml"
    assert made.read_text(encoding="utf-8") == 'theme = "dark"\n'
    assert made.stat().st_mode & 0o777 == 0o600


def test_a_change_is_put_back_to_the_letter_and_made_again(tmp_path: Path) -> None:
    changed, done = change(preferences(tmp_path), "theme", "dark")
    before, undone = put_back(changed, done)
    assert (written(tmp_path), before.theme) == (WRITTEN, "light")
    again, _redone = put_back(before, undone)
    assert (written(tmp_path), again.theme) == (WRITTEN.replace('"light"', '"dark"'), "dark")


def test_putting_back_takes_away_a_file_that_was_made(tmp_path: Path) -> None:
    changed, done = change(preferences(tmp_path, None), "theme", "light")
    before, _undone = put_back(changed, done)
    assert not (tmp_path / "config.toml").exists()
    assert before.theme == "dark"


def test_what_was_written_meanwhile_outlives_putting_back(tmp_path: Path) -> None:
    changed, done = change(preferences(tmp_path), "theme", "dark")
    (tmp_path / "config.toml").write_text(written(tmp_path) + "# later\n", encoding="utf-8")
    put_back(changed, done)
    assert written(tmp_path) == WRITTEN + "# later\n"


def test_a_theme_taken_out_of_the_file_is_again_the_one_remembered(tmp_path: Path) -> None:
    remember(preferences(tmp_path), theme="warm")
    changed, _done = change(preferences(tmp_path), "theme", None)
    assert changed.theme == "warm"
    assert "theme" not in changed.set_in_file


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("them", "dark", "did you mean 'theme'?"),
        ("theme", "drak", "There is no theme 'drak'; did you mean 'dark'?"),
        ("density", "airy", "density is compact or comfortable."),
        ("plain", "yes", "plain is true or false."),
        ("user", "a\x1bb", "characters that can't be in it"),
        ("keys", {}, "one action at a time"),
        ("keys.ticket.note", 3, "a text or a list of texts"),
        ("related_hidden", ("merged",), "There is no preference 'related_hidden' to set"),
    ],
)
def test_a_value_that_will_not_do_is_refused_and_nothing_is_written(
    tmp_path: Path, name: str, value: object, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said.replace("?", r"\?")):
        change(preferences(tmp_path), name, value)
    assert written(tmp_path) == WRITTEN


def test_setting_what_is_set_already_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unchanged, match="says so already"):
        change(preferences(tmp_path), "theme", "light")
    with pytest.raises(Unchanged, match="density is not in"):
        change(preferences(tmp_path), "density", None)


@pytest.mark.parametrize("text", ["theme = \n", 'theme = "dark"\ntheme = "light"\n', "keys = 1\n"])
def test_a_file_with_a_mistake_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"config\.toml"):
        change(preferences(tmp_path, text), "keys.ticket.note", ("n",))
    assert written(tmp_path) == text


def test_a_file_of_other_bytes_is_left_as_it_is(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        change(first, "theme", "dark")
    assert (tmp_path / "config.toml").read_bytes() == b"\xff\xfe"


def test_a_file_that_may_not_be_written_is_left_as_it_is(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    (tmp_path / "config.toml").chmod(0o444)
    with pytest.raises(SettingsError, match="can't be written: it may not be written"):
        change(first, "theme", "dark")
    assert written(tmp_path) == WRITTEN


def test_permissions_stay_and_a_link_is_followed(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "casedesk.toml"
    kept.parent.mkdir()
    kept.write_text(WRITTEN, encoding="utf-8")
    kept.chmod(0o640)
    (tmp_path / "config.toml").symlink_to(kept)
    change(preferences(tmp_path, None), "theme", "dark")
    assert (tmp_path / "config.toml").is_symlink()
    assert 'theme = "dark"' in kept.read_text(encoding="utf-8")
    assert kept.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in kept.parent.iterdir()] == ["casedesk.toml"]


def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").symlink_to(tmp_path / "other.toml")
    (tmp_path / "other.toml").symlink_to(tmp_path / "config.toml")
    first = preferences(tmp_path, None)
    assert "can't be read" in first.problems[0]
    with pytest.raises(SettingsError):
        change(first, "theme", "dark")
    assert (tmp_path / "config.toml").is_symlink()


def test_of_several_changes_all_are_made_or_none(tmp_path: Path) -> None:
    first = preferences(tmp_path)
    with pytest.raises(InvalidInput):
        change_all(first, {"theme": "dark", "density": "airy"})
    assert written(tmp_path) == WRITTEN
    changed, done = change_all(first, {"theme": "light", "density": "comfortable"})
    assert [each.name for each in done] == ["density"]
    assert changed.density == "comfortable"


def test_what_the_command_line_says_stays_over_a_change_of_the_file(tmp_path: Path) -> None:
    first = load(tmp_path / "config.toml", environment={"CASEDESK_THEME": "warm"}, state=tmp_path / "state")
    changed, _done = change(first, "theme", "dark")
    assert (changed.theme, changed.overridden) == ("warm", {"theme": "CASEDESK_THEME"})


NAMES = st.text("abc.-_ é\"'\\#=]", min_size=1, max_size=6)
VALUES = st.one_of(st.booleans(), st.text(max_size=8), st.lists(st.text(max_size=4), max_size=3))


@given(
    st.dictionaries(st.sampled_from(["theme", "user", "desk"]), VALUES, max_size=3),
    st.dictionaries(NAMES.filter(lambda name: "." not in name), VALUES, max_size=3),
    NAMES.filter(lambda name: "." not in name),
    st.one_of(st.none(), VALUES),
)
def test_any_value_goes_into_any_table_and_the_others_stay(
    top: dict[str, object], table: dict[str, object], name: str, value: object
) -> None:
    import tomli_w

    text = tomli_w.dumps({**top, "keys": table})
    after = flat(tomllib.loads(edited(text, ("keys", name), value)))
    expected = flat({**top, "keys": {key: kept for key, kept in table.items() if key != name}})
    assert after == expected | ({} if value is None else {f"keys.{name}": value})


@given(st.dictionaries(st.sampled_from(["theme", "user", "desk"]), VALUES, min_size=1), st.text("\n# ", max_size=5))
def test_the_line_of_a_value_is_the_one_that_sets_it(values: dict[str, object], before: str) -> None:
    import tomli_w

    text = "".join(f"{line}\n" for line in before.replace(" ", "").split("\n")) + tomli_w.dumps(values)
    for name in values:
        assert text.split("\n")[line_of(text, name) - 1].startswith(f"{name} = ")
