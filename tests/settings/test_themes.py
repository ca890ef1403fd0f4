"""Themes: shipped ones that can be read by everybody, and the user's own with their mistakes told."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.settings.themes import COLOURS, Theme, ThemeShelf
from casedesk.settings.toml_file import SettingsError

SHIPPED = ThemeShelf().names()
ON_GROUND = [
    colour for colour in COLOURS if colour not in ("background", "raised", "line", "selection", "selection-dim")
]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.1)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.1)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


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
def test_text_of_shipped_themes_can_be_read(name: str) -> None:
    theme: Theme = ThemeShelf().theme(name)
    least = 7.0 if name.startswith("high-contrast") else 4.5
    grounds = {
        "background": ON_GROUND,
        "raised": ("text", "muted", "accent", "bad", "warning"),
        "selection-dim": ON_GROUND,
        "selection": ("text",),
    }
    for ground, inks in grounds.items():
        for ink in inks:
            wanted = least if ground == "background" else 4.5 if ink == "text" else 3.0
            ratio = contrast(theme.colours[ink], theme.colours[ground])
            assert ratio >= wanted, f"{ink} on {ground}: {ratio:.1f}"


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
            "line 3: there is no setting 'acent'; did you mean 'accent'?",
        ),
        ('base = "dark"\n\n[colours]\naccent = "red"\n', 'line 4: accent is a colour like "#1a2b3c".'),
        ('dark = true\n[colours]\naccent = "#aa0000"\n', "the colour 'text' is missing (text)"),
        ('base = "drak"\n', "line 1: the base can't be used. There is no theme 'drak'"),
        ('base = "mine"\n', "line 1: the base can't be used."),
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
    with pytest.raises(SettingsError, match="There is no theme 'blue'; there is colour-blind-safe"):
        ThemeShelf().theme("blue")


@pytest.mark.parametrize("name", ["../dark", "/etc/passwd", "a/b", ""])
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(SettingsError):
        ThemeShelf().theme(name)
