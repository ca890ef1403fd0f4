"""Columns that stay straight whatever the terminal thinks of a character's width."""

from __future__ import annotations

import re

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from casedesk.tui.widgets.anchored import AnchoredStrip, anchored, is_steady


@pytest.mark.parametrize("text", ["plain", "Größe", "Привет", "返金 한국", "│ ▸ ● → ↓ …", "שלום", "مرحبا"])
def test_most_text_needs_no_anchor(text: str) -> None:
    strip = Strip([Segment(text)])
    assert is_steady(text)
    assert anchored(strip, 5) is strip


@pytest.mark.parametrize("text", ["दो महीने", "👩🏽", "e\u0301", "\U0001fae8"])
def test_unsteady_text_is_anchored(text: str) -> None:
    assert not is_steady(text)
    assert isinstance(anchored(Strip([Segment(text)]), 0), AnchoredStrip)


def rendered(strip: Strip) -> str:
    return strip.render(Console())


def test_the_cursor_is_put_where_the_next_character_belongs() -> None:
    strip = anchored(Strip([Segment("ab"), Segment("दो"), Segment("│")]), 10)
    assert rendered(strip) == "abदो\x1b[14G│"


def test_parts_of_a_strip_keep_their_columns() -> None:
    strip = anchored(Strip([Segment("abcd👩"), Segment("ef👩g")]), 0)
    left, right = strip.divide([6, strip.cell_length])
    assert re.findall(r"\x1b\[(\d+)G", rendered(left)) == ["2", "3", "4", "5", "7"]
    assert re.findall(r"\x1b\[(\d+)G", rendered(right)) == ["8", "9", "11", "12"]
    assert re.findall(r"\x1b\[(\d+)G", rendered(strip.crop(6, 10))) == ["8", "9", "11"]
