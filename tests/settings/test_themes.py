"""Themes: shipped ones that can be read by everybody, and the user's own with their mistakes told."""

from __future__ import annotations

import os
from itertools import combinations
from pathlib import Path

import pytest

from casedesk.settings.contrast import HIGH, READABLE, contrast, luminance, too_faint
from casedesk.settings.themes import COLOURS, ThemeMistakes, ThemeShelf, begin_theme
from casedesk.settings.toml_file import SettingsError
from tests.settings.colour_vision import VISIONS, difference

SHIPPED = ThemeShelf().names()


def own_theme(folder: Path, name: str, text: str) -> ThemeShelf:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return ThemeShelf(folder)


def test_five_themes_are_shipped_at_least_light_dark_and_high_contrast_among_them() -> None:
    assert len(SHIPPED) >= 5
    assert {"dark", "light", "high-contrast", "colour-blind-safe"} <= set(SHIPPED)


def test_no_shipped_theme_has_a_mistake() -> None:
    themes, problems = ThemeShelf().all()
    assert problems == []
    assert all(set(theme.colours) == set(COLOURS) for theme in themes)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_of_shipped_themes_can_be_read_on_every_ground(name: str) -> None:
    least = HIGH if name.startswith("high-contrast") else READABLE
    assert list(too_faint(ThemeShelf().theme(name).colours, least)) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_cursor_line_is_seen_and_the_one_without_the_focus_less_so(name: str) -> None:
    colours = ThemeShelf().theme(name).colours
    lit, dim = (contrast(colours[each], colours["background"]) for each in ("selection", "selection-dim"))
    assert dim >= 1.1
    assert lit >= 1.2
    assert difference(colours["selection"], colours["selection-dim"], "normal") >= 8


@pytest.mark.parametrize("vision", sorted(VISIONS))
@pytest.mark.parametrize(
    "together",
    [
        ("state-new", "state-open", "state-pending", "state-closed"),
        ("good", "warning", "bad"),
        ("priority-top", "priority-high", "priority-low"),
    ],
)
def test_colours_of_the_colour_blind_safe_theme_are_told_apart(vision: str, together: tuple[str, ...]) -> None:
    colours = ThemeShelf().theme("colour-blind-safe").colours
    for one, other in combinations(together, 2):
        assert difference(colours[one], colours[other], vision) >= 25, f"{one} and {other}"


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("name", SHIPPED)
def test_a_theme_says_rightly_whether_it_is_dark(name: str) -> None:
    theme = ThemeShelf().theme(name)
    assert theme.dark == (luminance(theme.colours["background"]) < 0.2)


def test_an_own_theme_may_name_only_what_differs(tmp_path: Path) -> None:
    shelf = own_theme(tmp_path, "mine", 'base = "light"\n[colours]\naccent = "#aa0000"\n')
    theme = shelf.theme("mine")
    assert theme.colours["accent"] == "#aa0000"
    assert theme.colours["text"] == ThemeShelf().theme("light").colours["text"]
    assert not theme.dark
    assert "mine" in shelf.names()


def test_an_own_theme_may_take_the_place_of_a_shipped_one_and_build_on_it(tmp_path: Path) -> None:
    shelf = own_theme(tmp_path, "dark", 'base = "dark"\n[colours]\ntext = "#ffffff"\n')
    assert shelf.theme("dark").colours["text"] == "#ffffff"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'base = "dark"\n[colours]\nacent = "#aa0000"\n',
            "line 3: there is no colour 'acent'; did you mean 'accent'?",
        ),
        ('base = "dark"\n\n[colours]\naccent = "red"\n', 'line 4: accent is a colour like "#1a2b3c".'),
        ('dark = true\n[colours]\naccent = "#aa0000"\n', "the colour 'text' is missing (text)"),
        ('base = "drak"\n', "line 1: the base can't be used. There is no theme 'drak'"),
        ('base = "mine"\n', "line 1: the base can't be used. The themes build on each other in a circle: mine → mine."),
        ("base = 3\n", "line 1: the base can't be used. base is the name of a theme in quotation marks."),
        ('base = "dark"\ncolours.accent = "red"\n', 'line 2: accent is a colour like "#1a2b3c".'),
        ('base = "dark"\ncolours = { accent = "red" }\n', 'line 2: accent is a colour like "#1a2b3c".'),
        ('base = "dark"\ntitle = """\n[colours]\naccent = "\n"""\n[colours]\naccent = 3\n', "line 7: accent is"),
        ('title = ""\nbase = "dark"\n', "line 1: title is a text in quotation marks."),
        ('base = "dark"\n[colours]\naccent = "#aa00', "line 3:"),
        ("base = \n", "line 1:"),
        ("dark = 1\n", "line 1: dark says true or false."),
        ('base = "dark"\ncolours = 3\n', "line 2: colours is a table"),
        ('base = "dark"\nfont = "x"\n', "line 2: there is no setting 'font'"),
    ],
)
def test_mistakes_are_told_with_their_line_and_the_others_stay_usable(tmp_path: Path, text: str, said: str) -> None:
    shelf = own_theme(tmp_path, "mine", text)
    with pytest.raises(SettingsError) as caught:
        shelf.theme("mine")
    assert said in caught.value.sentence
    assert str(tmp_path / "mine.toml") in caught.value.sentence
    themes, problems = shelf.all()
    assert len(themes) == len(SHIPPED)
    assert len(problems) == 1


def test_a_theme_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(SettingsError, match="There is no theme 'xyz'; there is colour-blind-safe"):
        ThemeShelf().theme("xyz")
    with pytest.raises(SettingsError, match="did you mean 'light'"):
        ThemeShelf().theme("ligth")


def test_all_mistakes_of_a_theme_are_found_and_the_first_is_told(tmp_path: Path) -> None:
    shelf = own_theme(tmp_path, "mine", 'base = "dark"\nfont = 1\n[colours]\nacent = "#aa0000"\ntext = "white"\n')
    with pytest.raises(ThemeMistakes) as caught:
        shelf.check(tmp_path / "mine.toml")
    assert [mistake.partition(", ")[2][:6] for mistake in caught.value.mistakes] == ["line 2", "line 4", "line 5"]
    assert caught.value.sentence.startswith(caught.value.mistakes[0])
    assert caught.value.sentence.endswith("There are 2 more.")


def test_themes_that_build_on_each_other_in_a_circle_are_told(tmp_path: Path) -> None:
    own_theme(tmp_path, "one", 'base = "two"\n')
    shelf = own_theme(tmp_path, "two", 'base = "one"\n')
    with pytest.raises(SettingsError, match="circle: one → two → one"):
        shelf.theme("one")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * 1_000_001])
def test_a_file_that_is_no_text_or_huge_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=r"mine\.toml is (not UTF-8 text|too large)"):
        ThemeShelf(tmp_path).theme("mine")


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    (tmp_path / "folder.toml").mkdir()
    os.mkfifo(tmp_path / "pipe.toml")
    themes, problems = ThemeShelf(tmp_path).all()
    assert len(themes) == len(SHIPPED)
    assert [problem.split(".toml")[1][:20] for problem in problems] == [
        " is not a file.",
        " can't be read: Too ",
        " is not a file.",
    ]


def test_a_file_that_can_not_be_called_by_its_name_is_told(tmp_path: Path) -> None:
    shelf = own_theme(tmp_path, "My Theme", 'base = "dark"\n')
    assert "My Theme" not in shelf.names()
    assert "My Theme.toml: a theme's file is called by small letters" in shelf.all()[1][0]


def test_two_themes_of_one_title_are_told_with_the_line_and_can_be_used(tmp_path: Path) -> None:
    shelf = own_theme(tmp_path, "mine", '# mine\ntitle = "Light"\nbase = "dark"\n')
    themes, problems = shelf.all()
    assert "mine" in [theme.name for theme in themes]
    assert problems == [f"{tmp_path / 'mine.toml'}, line 2: 'Light' is the title of light, too."]


def test_a_theme_without_a_title_is_called_by_its_name_and_not_like_its_base(tmp_path: Path) -> None:
    shelf = own_theme(tmp_path, "late-night", 'base = "dark"\n')
    assert shelf.theme("late-night").title == "Late night"
    assert shelf.all()[1] == []


def test_a_theme_that_is_begun_has_no_mistake_and_explains_every_colour(tmp_path: Path) -> None:
    path = begin_theme(tmp_path / "themes", "mine", "light")
    theme = ThemeShelf(tmp_path / "themes").theme("mine")
    assert theme.own
    assert theme.colours == ThemeShelf().theme("light").colours
    assert all(what in path.read_text(encoding="utf-8") for what in COLOURS.values())


@pytest.mark.parametrize(("name", "base"), [("../mine", "dark"), ("Mine", "dark"), ("there", "dark"), ("mine", "drak")])
def test_a_theme_that_can_not_be_begun_is_refused_and_nothing_is_written(tmp_path: Path, name: str, base: str) -> None:
    own_theme(tmp_path, "there", "# kept\n")
    with pytest.raises(SettingsError):
        begin_theme(tmp_path, name, base)
    assert [path.name for path in tmp_path.iterdir()] == ["there.toml"]
    assert (tmp_path / "there.toml").read_text(encoding="utf-8") == "# kept\n"


def test_what_is_saved_is_seen(tmp_path: Path) -> None:
    shelf = own_theme(tmp_path, "mine", 'base = "dark"\n')
    before = shelf.seen()
    assert shelf.seen() == before
    own_theme(tmp_path, "mine", 'base = "light" \n')
    assert shelf.seen() != before
    (tmp_path / "mine.toml").unlink()
    assert shelf.seen() == {}


@pytest.mark.parametrize("name", ["../dark", "/etc/passwd", "a/b", ""])
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(SettingsError):
        ThemeShelf().theme(name)
