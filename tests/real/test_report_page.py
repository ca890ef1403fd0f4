"""A report's page and charts in a real browser: nothing is refused, every figure can be read."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from casedesk.reports.export.files import write_html, write_svg
from casedesk.reports.wording import value_text
from tests.real.browser import needs_chromium, print_page, show
from tests.reports.export.made_reports import HOSTILE, made, nps_report

pytestmark = [pytest.mark.real, needs_chromium]


def read(document: str) -> str:
    """The texts of a document, without its elements."""
    return html.unescape(re.sub(r"<[^>]*>", "\n", document))


def test_the_browser_says_what_it_refuses(tmp_path: Path) -> None:
    """Without this the next test could not fail."""
    page = write_html(made(1), tmp_path / "page.html")
    page.write_text(
        page.read_text(encoding="utf-8").replace("</body>", "<script>document.title = 'ran'</script></body>")
    )
    shown = show(page, tmp_path / "profile")
    assert "<title>ran</title>" not in shown.document
    assert any("Content Security Policy" in complaint for complaint in shown.complaints)


def test_a_page_shows_every_figure_and_nothing_is_refused(tmp_path: Path) -> None:
    reports = [made(), nps_report(), made(by="campaign", labels=HOSTILE, query=HOSTILE[0], title=HOSTILE[0])]
    shown = show(write_html(reports, tmp_path / "page.html", title=HOSTILE[-1]), tmp_path / "profile")
    assert shown.complaints == ()
    text = read(shown.document)
    for report in reports:
        for figure in (*report.totals, *(figure for line in report.lines for figure in line.figures)):
            assert value_text(figure.definition.unit, figure.value) in text
        for definition in report.columns:
            assert definition.title in text
    assert shown.document.count("<svg") == len([chart for report in reports for chart in report.charts])


def test_a_chart_stands_alone(tmp_path: Path) -> None:
    shown = show(write_svg(made(by="campaign", labels=HOSTILE), tmp_path / "charts.svg"), tmp_path / "profile")
    assert shown.complaints == ()
    assert "parsererror" not in shown.document
    assert "New and closed" in read(shown.document)


def test_a_page_is_printed_on_a4(tmp_path: Path) -> None:
    page = write_html([made(), nps_report()], tmp_path / "page.html")
    printed = print_page(page, tmp_path / "profile", tmp_path / "page.pdf")
    boxes = {
        tuple(round(float(side)) for side in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^]]*)\]", printed)
    }
    assert boxes == {(0, 0, 595, 842)}
