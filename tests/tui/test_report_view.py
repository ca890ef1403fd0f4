"""What the report screen looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from casedesk.domain.errors import InvalidInput
from casedesk.reports.grouping import period_of
from casedesk.reports.period import Period
from casedesk.tui.forms import FieldError, FormState
from casedesk.tui.report_forms import export_form, period_form
from casedesk.tui.report_view import PERIODS, ReportView
from tests.tui.report_examples import report_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31), BERLIN)


def test_a_longer_period_is_cut_into_longer_parts_until_the_user_chooses() -> None:
    view = ReportView("tickets", JANUARY)
    year = replace(view, period=Period(date(2026, 1, 1), date(2026, 12, 31), BERLIN))
    quarter = replace(view, period=Period(date(2026, 1, 1), date(2026, 3, 31), BERLIN))
    assert [each.grouped_by for each in (view, quarter, year)] == ["day", "week", "month"]
    assert year.group("day").grouped_by == "day"


def test_what_a_report_is_grouped_by_belongs_to_that_report() -> None:
    view = ReportView("cases", JANUARY).group("topic")
    assert view.request.by == "topic"
    assert replace(view, report="tickets").request.by == "day"


def test_the_last_word_of_the_filter_is_open_at_its_end() -> None:
    assert ReportView("tickets", JANUARY, query=" is:open refu").request.query == "is:open refu*"


def test_every_offered_period_has_days_and_the_last_seven_count_today() -> None:
    offered = {name: period_of(name, NOW, BERLIN) for name in PERIODS}
    assert (offered["last-7d"].first, offered["last-7d"].last) == (date(2026, 1, 25), date(2026, 1, 31))
    assert all(period.days >= 1 for period in offered.values())
    assert not any(period.first > NOW.date() + timedelta(1) for period in offered.values())


def test_own_days_are_asked_for_and_a_mistake_stands_at_its_field() -> None:
    state = FormState(period_form(NOW, BERLIN, JANUARY))
    state.put("period", "own")
    state.put("first", "2025-12")
    state.put("last", "2026-01-15")
    assert state.finish() == Period(date(2025, 12, 1), date(2026, 1, 15), BERLIN)
    for field, text, mistake in (("first", "soon", "first"), ("last", "2025-11-30", "last")):
        state.put("first", "2025-12"), state.put("last", "2026-01-15"), state.put(field, text)
        with pytest.raises(FieldError) as caught:
            state.finish()
        assert caught.value.name == mistake


def test_the_period_that_is_shown_stands_chosen() -> None:
    last_30 = period_of("last-30d", NOW, BERLIN)
    assert FormState(period_form(NOW, BERLIN, last_30)).values["period"] == "last-30d"
    odd = Period(date(2026, 1, 2), date(2026, 1, 3), BERLIN)
    assert FormState(period_form(NOW, BERLIN, odd)).values["period"] == "own"


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(InvalidInput):
        period_of("last-blue", NOW, BERLIN)


def test_an_export_asks_before_it_replaces_a_file(tmp_path: Path) -> None:
    state = FormState(export_form(report_of({"new": [1, 2]}), tmp_path))
    state.put("format", "csv")
    assert state.finish().path == tmp_path / "tickets-2026-01-01--2026-01-31.csv"
    (tmp_path / "tickets-2026-01-01--2026-01-31.csv").write_text("mine")
    assert [field.name for field in state.asked()][-1] == "replace"
    with pytest.raises(FieldError):
        state.finish()
    state.put("replace", True)
    assert state.finish().replace
