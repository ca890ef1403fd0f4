"""How wide the columns of a view are."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from casedesk.desk.values import ViewColumn
from casedesk.tui.look import Look
from casedesk.tui.view_drawing import Layout, needed_widths

LOOK = Look(ZoneInfo("UTC"), datetime(2026, 11, 22, tzinfo=UTC))
COLUMNS = (
    ViewColumn("number", title="#", kind="number"),
    ViewColumn("title", title="title"),
    ViewColumn("contact", title="contact"),
    ViewColumn("owner", title="owner"),
    ViewColumn("score", title="score", kind="score"),
)


def test_columns_take_no_more_than_their_cells_need_so_that_the_texts_get_it() -> None:
    usual = Layout.for_width(COLUMNS, 60)
    rows = [(44, "NPS 3 from Megan Castellan", "Megan Castellan", None, 3.0), (141, "11 days late", "Ada", None, 10.0)]
    needed = needed_widths(COLUMNS, rows, LOOK)
    assert needed == {"number": 3, "title": 26, "contact": 15, "owner": 1, "score": 2}
    layout = Layout.for_width(COLUMNS, 60, needed)
    assert layout.widths == (3, 27, 15, 5, 5)
    assert usual.widths[1] < layout.widths[1]
    assert sum(layout.widths) + len(layout.widths) == 60


def test_a_column_is_as_wide_as_its_title_and_never_wider_than_usual() -> None:
    layout = Layout.for_width(COLUMNS, 200, {"owner": 1, "contact": 90})
    assert (layout.widths[2], layout.widths[3]) == (18, 5)


def test_a_width_that_was_set_stays() -> None:
    columns = (ViewColumn("number", 9, "#", "number"), ViewColumn("title", title="title"))
    assert Layout.for_width(columns, 40, {"number": 1}).widths == (9, 29)
