"""A week of working time as a picture."""

from __future__ import annotations

from casedesk.desk import Desk
from casedesk.tui.week_picture import week_picture

NARROW, WIDE, VAST = 49, 80, 140


def drawn(desk: Desk, hours: str, width: int = NARROW, *, plain: bool = False) -> list[str]:
    lines = week_picture(desk.calendars.week(hours), "Europe/Berlin", width, plain=plain)
    return ["".join(text for text, _role in line) for line in lines]


def test_a_day_is_a_row_and_an_hour_a_cell(desk: Desk) -> None:
    axis, monday, *_others, sunday = drawn(desk, "mon 09:00-12:00,13:00-17:00")
    assert axis == "    0     6     12    18   24  Europe/Berlin"
    assert monday == "Mon ·········███·████······· 09:00-17:00 …"
    assert sunday == "Sun ························ closed"


def test_the_zone_and_the_ends_of_the_day_stand_over_their_cells(desk: Desk) -> None:
    for width, an_hour in ((NARROW, 1), (WIDE, 2), (VAST, 4)):
        axis, monday, *_others = drawn(desk, "mon 12:00-13:00", width)
        assert monday.index("█") == axis.index("12") == 4 + 12 * an_hour
        assert axis.endswith("  Europe/Berlin")


def test_a_night_shift_is_cut_at_midnight(desk: Desk) -> None:
    lines = drawn(desk, "sun 22:00-06:00")
    assert lines[7] == "Sun ······················██ 22:00-24:00"
    assert lines[1] == "Mon ██████·················· 00:00-06:00"


def test_an_hour_that_is_worked_in_part_shows_which(desk: Desk) -> None:
    assert drawn(desk, "mon 09:30-11:15")[1].startswith("Mon ·········▐█▌·")
    assert drawn(desk, "mon 09:15-09:45")[1].startswith("Mon ·········▒·")
    assert drawn(desk, "mon 09:30-11:30", WIDE)[1].startswith("Mon " + "·" * 19 + "████·")


def test_in_plain_mode_it_is_drawn_with_letters_of_every_keyboard(desk: Desk) -> None:
    assert drawn(desk, "mon 09:30-11:00", plain=True)[1].startswith("Mon .........+#.")


def test_it_never_is_wider_than_it_may_be(desk: Desk) -> None:
    for width in (30, NARROW, 66, WIDE, 114, VAST):
        rows = drawn(desk, "daily 00:30-01:00,02:00-03:15,05:00-23:45", width)[1:]
        assert all(len(row) <= width for row in rows)
