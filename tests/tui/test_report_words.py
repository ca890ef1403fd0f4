"""A figure's change in few words."""

from __future__ import annotations

import pytest

from casedesk.reports.definitions import AVERAGE_OPEN, NEW, OPEN, SHARE_INSIDE, Definition
from casedesk.reports.values import Figure
from casedesk.tui.report_words import change_said, report_title


@pytest.mark.parametrize(
    ("definition", "value", "before", "changed", "said"),
    [
        (NEW, 12, 10, None, ("▲ +2 more", "text")),
        (NEW, 10, 1_012, None, ("▼ −1,002 less", "text")),
        (OPEN, 12, 10, None, ("▲ +2 worse", "bad")),
        (AVERAGE_OPEN, 3600, 7200, None, ("▼ −1h better", "good")),
        (SHARE_INSIDE, 40.0, 50.0, True, ("▼ −10.0 pp worse", "bad")),
        (SHARE_INSIDE, 40.0, 50.0, False, ("≈ −10.0 pp no change", "muted")),
        (SHARE_INSIDE, 40.0, 40.01, None, ("= same", "muted")),
        (NEW, 5, None, None, ("", "muted")),
        (AVERAGE_OPEN, None, 7200, None, ("", "muted")),
    ],
)
def test_a_change_has_its_sign_and_a_word_and_is_none_where_it_may_be_chance(
    definition: Definition, value: float | None, before: float | None, changed: bool | None, said: tuple[str, str]
) -> None:
    assert change_said(Figure(definition, value, 10, before=before, changed=changed)) == said


def test_plain_mode_says_a_change_without_symbols() -> None:
    assert change_said(Figure(NEW, 12, 12, before=10), plain=True) == ("+2 more", "text")
    assert change_said(Figure(NEW, 10, 10, before=10), plain=True) == ("same", "muted")


def test_where_there_is_little_room_it_is_still_said_that_there_is_no_change() -> None:
    figure = Figure(SHARE_INSIDE, 40.0, 10, before=50.0, changed=False)
    assert change_said(figure, room=15) == ("≈ no change", "muted")
    assert change_said(figure, plain=True, room=15) == ("no change", "muted")


def test_a_report_without_a_title_has_that_of_its_name() -> None:
    assert [report_title("sla"), report_title("close_times")] == ["Service levels", "Close times"]
