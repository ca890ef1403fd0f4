"""Every sheet is read once at start, in the colours of the theme, and once more for another theme."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import textual.css.stylesheet as of_textual

from casedesk.desk import Desk
from casedesk.tui.app import CasedeskApp
from tests.tui.driving import opened


async def test_each_sheet_is_read_once_for_each_theme(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: Counter[tuple[str, str]] = Counter()
    parse = of_textual.parse

    def counted(scope: str, css: str, read_from: tuple[str, str], **options: Any) -> Any:
        read[read_from] += 1
        return parse(scope, css, read_from, **options)

    monkeypatch.setattr(of_textual, "parse", counted)
    async with opened(desk) as (pilot, _screen):
        assert set(read.values()) == {1}
        known = len(read)
        assert isinstance(pilot.app, CasedeskApp)
        pilot.app.use_theme("light")
        await pilot.pause()
        assert len(read) == known
        assert set(read.values()) == {2}
