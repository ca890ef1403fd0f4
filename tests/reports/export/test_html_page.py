"""One page that needs nothing else, shows the report's numbers to the digit and lets no text act."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from casedesk.domain.text_safety import visible_line
from casedesk.reports import Report
from casedesk.reports.definitions import Definition
from casedesk.reports.export.html_page import html_page
from tests.reports.export.made_reports import HOSTILE, made, nps_report, random_reports

VOID = {"meta", "link"}


class Page(HTMLParser):
    """What a page is made of; complains when its elements aren't closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.values: list[float] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.values += [float(value or "") for name, value in attrs if (tag, name) == ("data", "value")]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1:] != ["style"]:
            self.texts.append(data.strip())


@settings(deadline=None, max_examples=40)
@given(random_reports())
def test_every_figure_is_there_to_the_digit(report: Report) -> None:
    figures = [*report.totals, *(figure for line in report.lines for figure in line.figures), *report.totals]
    assert Page(html_page("Week", [report])).values == [figure.value for figure in figures if figure.value is not None]


@settings(deadline=None, max_examples=40)
@given(random_reports())
def test_no_page_has_anything_active_or_from_elsewhere(report: Report) -> None:
    page = Page(html_page(report.title, [report]))
    assert not {"script", "img", "iframe", "object", "embed", "form", "base", "a", "use", "image"} & set(page.tags)
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert [value for _, name, value in page.attributes if name in ("href", "src")] == ["data:,"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_wherever_it_stands(text: str) -> None:
    page = html_page(text, [made(by="campaign", labels=[text], query=text, title=text)])
    assert Page(page).texts.count(visible_line(text)) >= 4
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)


def test_the_policy_lets_nothing_in() -> None:
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', html_page("Week", []))
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_it_says_period_zone_query_notes_and_when_it_was_made() -> None:
    made_at = datetime(2025, 12, 3, 13, 5, tzinfo=UTC)
    texts = Page(html_page("Week", [made(query="nps<=6")], made_at=made_at)).texts
    for said in (
        "2025-11-03 – 2025-12-03",
        "Europe/Berlin",
        "nps<=6",
        "Open time is in calendar time.",
        "Made 2025-12-03 14:05 CET",
    ):
        assert said in texts


def test_a_total_says_its_interval_n_and_change() -> None:
    texts = Page(html_page("Week", [nps_report()])).texts
    for said in ("−103.8 to −87.8", "n = 12 responses", "before −95.8, the same"):
        assert said in texts


def test_each_definition_stands_once_at_the_end_with_its_source() -> None:
    page = html_page("Week", [made(), made(by="campaign", labels=["Autumn"]), nps_report()])
    last = page[page.index("What the figures mean") :]
    for title, source in (("New", "M14, behaviour 8.2"), ("NPS", "S1")):
        assert last.count(f"<dt><bdi>{title}</bdi></dt>") == 1
        assert f"Source: {source}." in last


def test_several_reports_stand_on_one_page() -> None:
    page = Page(html_page("Board", [made(title="Tickets"), nps_report()]))
    assert page.tags.count("table") == 2
    assert page.tags.count("svg") == 4


def test_a_report_by_itself_is_not_headed_twice() -> None:
    assert Page(html_page("Tickets", [made(title="Tickets")])).tags.count("h2") == 1
    assert Page(html_page("Week", [made(title="Tickets")])).tags.count("h2") == 2


def test_the_period_compared_with_is_said() -> None:
    assert "2025-10-03 – 2025-11-02" in Page(html_page("Week", [made()])).texts


def test_a_wide_table_is_cut_into_several_with_the_labels_in_each() -> None:
    columns = [Definition(f"closed:{day}", f"2025-11-{day}", "count", "Closed then.", "M12") for day in range(10, 31)]
    page = Page(html_page("Week", [made(2, columns=columns, charts=())]))
    assert page.tags.count("table") == 3
    assert page.texts.count("2025-11-03") == 3
    assert "2025-11-10, 2025-11-11 … 2025-11-30" in page.texts


def test_a_report_without_lines_says_so() -> None:
    assert Page(html_page("Week", [made(by="campaign", labels=[])])).texts.count("No data") == 4
