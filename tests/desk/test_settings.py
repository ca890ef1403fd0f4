"""The desk's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotPermitted


def test_a_setting_is_changed_recorded_and_taken_back(desk: Desk) -> None:
    outcome = desk.setup.set_setting("zone", "Asia/Tokyo")
    assert desk.zone.key == "Asia/Tokyo"
    assert desk.acts.journal(1)[0].summary == "zone → Asia/Tokyo"
    desk.acts.undo(outcome.act_id)
    assert desk.setup.settings() == {
        "name": "Small desk",
        "zone": "Europe/Berlin",
        "language": "en",
        "case_management": True,
        "reopen_window_days": 0,
        "service_levels": False,
    }
    desk.acts.redo()
    assert desk.setup.setting("zone") == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("zone", "Europe/Berln", "Europe/Berlin"),
        ("zone", "../etc/passwd", "IANA"),
        ("zone", "Europe/Berlin", "already"),
        ("name", "  ", "1 to 100"),
        ("name", "a\x1b[31m", "printable"),
        ("nmae", "x", "did you mean name"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_would_be_right(desk: Desk, key: str, value: str, word: str) -> None:
    with pytest.raises(InvalidInput, match=word):
        desk.setup.set_setting(key, value)


def test_settings_are_the_administrators(ben: Desk) -> None:
    with pytest.raises(NotPermitted):
        ben.setup.set_setting("name", "Mine")


def test_a_desk_is_never_made_with_a_wrong_name_or_zone(tmp_path: Path) -> None:
    for wrong in ({"zone": "Nowhere"}, {"name": ""}):
        with pytest.raises(InvalidInput):
            Desk.create(tmp_path / "new.desk", user="ana", **wrong)
    assert not (tmp_path / "new.desk").exists()
