"""Charts are well-formed SVG that holds nothing harmful, and nothing in them lies on anything else."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings

from casedesk.reports import Chart, Report
from casedesk.reports.definitions import Definition
from casedesk.reports.export.axes import text_width
from casedesk.reports.export.markup import BAD, GOOD, NEITHER, TEXT
from casedesk.reports.export.plots import WIDTH
from casedesk.reports.export.svg import chart_svg, report_svg
from tests.reports.export.made_reports import CHARTS, HOSTILE, made, nps_report, random_reports

SVG = "{http://www.w3.org/2000/svg}"
LONG = ["W" * 80, "Résolution des litiges de la région du Nord-Est et d’ailleurs", "顧客満足度調査" * 9, "none"]


def parsed(report: Report, chart: Chart | None = None) -> Element:
    return ElementTree.fromstring(report_svg(report) if chart is None else chart_svg(report, chart))


def texts(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def boxes(root: Element) -> list[tuple[float, float, float, float, str]]:
    """Where each text lies: left, top, right, bottom."""
    found = []
    for element in root.iter(f"{SVG}text"):
        text = element.text or ""
        x, y = float(element.get("x", 0)), float(element.get("y", 0))
        width = text_width(text, TEXT)
        left = x - width * {"end": 1.0, "middle": 0.5}.get(element.get("text-anchor", ""), 0.0)
        found.append((left, y - TEXT * 0.75, left + width, y + TEXT * 0.2, text))
    return found


def overlapping(root: Element) -> list[tuple[str, str]]:
    placed = boxes(root)
    return [
        (a[4], b[4])
        for at, a in enumerate(placed)
        for b in placed[at + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@settings(deadline=None, max_examples=60)
@given(random_reports())
def test_every_report_gives_well_formed_svg_without_anything_active(report: Report) -> None:
    root = parsed(report)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "style", "rect", "text", "line", "path", "circle"}
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name]
    places = [float(element.get(name, 0)) for element in root.iter() for name in ("x", "y", "x1", "x2", "y1", "y2")]
    assert all(0 <= place <= float(root.get("height", 0)) + WIDTH for place in places)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_label_is_text_and_nothing_else(label: str) -> None:
    report = made(by="campaign", labels=[label, "plain"], query=label, charts=[Chart(label or "x", "bar", ("new",))])
    written = report_svg(report)
    assert "<script" not in written
    assert "<img" not in written
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", written)
    ElementTree.fromstring(written)


@pytest.mark.parametrize("by", ["day", "week", "month"])
@pytest.mark.parametrize("days", [1, 2, 31, 366, 4000])
def test_no_text_over_time_lies_on_another_or_outside(days: int, by: str) -> None:
    root = parsed(made(days, by, valued=lambda definition, at: 98765.0 * (at % 9)))
    assert overlapping(root) == []
    assert all(left >= 0 and right <= WIDTH for left, _, right, _, _ in boxes(root))


@pytest.mark.parametrize("count", [1, 4, 39])
def test_no_text_beside_groups_lies_on_another_or_outside(count: int) -> None:
    labels = (LONG * 10)[:count]
    for report in (
        made(by="campaign", labels=labels, valued=lambda definition, at: 1234567.0 * (at % 5 + 1)),
        nps_report(by="campaign", labels=labels, kind="bar"),
    ):
        root = parsed(report)
        assert overlapping(root) == []
        assert all(left >= 0 and right <= WIDTH for left, _, right, _, _ in boxes(root))


def test_a_chart_says_its_title_period_zone_query_and_n() -> None:
    shown = texts(parsed(made(query="nps<=6"), CHARTS[0]))
    assert shown[:4] == [
        "New and closed",
        "2025-11-03 – 2025-12-03 · Europe/Berlin · nps<=6",
        "New (n = 12)",
        "Closed (n = 12)",
    ]


def test_a_report_without_values_says_so_in_words() -> None:
    root = parsed(made(valued=lambda definition, at: None), CHARTS[1])
    assert "No data" in texts(root)
    assert not list(root.iter(f"{SVG}path"))


def test_a_report_without_lines_says_so_in_words() -> None:
    assert "No data" in texts(parsed(made(by="campaign", labels=[]), CHARTS[0]))


def test_zeros_are_data_and_drawn_on_the_base_line() -> None:
    root = parsed(made(3, valued=lambda definition, at: 0.0), CHARTS[1])
    assert "No data" not in texts(root)
    assert len({dot.get("cy") for dot in root.iter(f"{SVG}circle")}) == 1


def test_a_gap_breaks_the_line() -> None:
    report = made(5, valued=lambda definition, at: None if at == 2 else 60.0)
    path = next(parsed(report, CHARTS[1]).iter(f"{SVG}path"))
    assert re.findall("[ML]", path.get("d", "")) == ["M", "L", "M", "L"]


def test_one_point_is_a_dot() -> None:
    assert len(list(parsed(made(1), CHARTS[1]).iter(f"{SVG}circle"))) == 2


def test_negative_values_hang_below_zero() -> None:
    root = parsed(nps_report(4, kind="bar"))
    zero = next(line for line in root.iter(f"{SVG}line") if line.get("class") == "base").get("y1")
    bars = [bar for bar in root.iter(f"{SVG}rect") if bar.find(f"{SVG}title") is not None]
    assert [bar.get("y") for bar in bars] == [zero] * 4


def test_the_nps_axis_stays_within_its_ends() -> None:
    shown = texts(parsed(nps_report()))
    assert "−100" in shown
    assert not {"−150", "150", "−120", "120"} & set(shown)


def test_each_bar_tells_its_value_and_interval() -> None:
    titles = [title.text for title in parsed(nps_report(1, kind="bar")).iter(f"{SVG}title")]
    assert titles[1:] == ["2025-11-03 · NPS: −90.0 (−98.0 to −82.0)"]


def test_stacks_stand_on_each_other() -> None:
    report = made(1, valued=lambda definition, at: 5.0 if definition.id == "new" else 3.0)
    lower, upper = (bar for bar in parsed(report, CHARTS[2]).iter(f"{SVG}rect") if bar.find(f"{SVG}title") is not None)
    assert float(upper.get("y", 0)) + float(upper.get("height", 0)) == pytest.approx(float(lower.get("y", 0)), abs=0.02)


def test_bars_too_many_to_tell_apart_become_lines() -> None:
    assert len(list(parsed(made(366), CHARTS[0]).iter(f"{SVG}path"))) == 2


def test_groups_beyond_forty_are_counted() -> None:
    shown = texts(parsed(made(by="owner", labels=[f"agent {at}" for at in range(366)]), CHARTS[0]))
    assert "and 326 more, which aren't drawn" in shown
    assert "agent 39" in shown
    assert "agent 40" not in shown


def test_a_long_label_is_cut_and_told_whole() -> None:
    root = parsed(made(by="campaign", labels=LONG), CHARTS[0])
    cut = next(text for text in root.iter(f"{SVG}text") if (text.text or "").startswith("WWW"))
    assert (cut.text or "").endswith("…")
    assert [title.text for title in cut] == [LONG[0]]


COUNTS = [Definition(f"count{at}", f"Count {at}", "count", "", "") for at in range(12)]


def test_a_stack_of_very_many_has_the_last_together_on_top() -> None:
    report = made(1, columns=COUNTS, valued=lambda definition, at: 2.0, charts=())
    root = parsed(report, Chart("All", "stacked", tuple(count.id for count in COUNTS)))
    titles = [bar.findtext(f"{SVG}title") for bar in root.iter(f"{SVG}rect") if bar.find(f"{SVG}title") is not None]
    assert len(titles) == 8
    assert titles[-1] == "2025-11-03 · the other 5: 10"


def test_lines_of_very_many_figures_say_how_many_are_not_drawn() -> None:
    report = made(31, columns=COUNTS, charts=())
    root = parsed(report, Chart("All", "line", tuple(count.id for count in COUNTS)))
    assert len(list(root.iter(f"{SVG}path"))) == 8
    assert "and 4 more, which aren't drawn" in texts(root)


def test_lines_that_are_no_parts_of_the_period_are_drawn_as_groups() -> None:
    report = made(3, labels=["Delivery", "People", "Price"])
    assert "People" in texts(parsed(report, CHARTS[0]))


def test_the_charts_of_a_report_lie_one_below_the_other() -> None:
    root = parsed(made())
    tops = [float(text.get("y", 0)) for text in root.iter(f"{SVG}text") if text.get("class") == "title"]
    assert all(b - a > 200 for a, b in pairwise(tops))
    assert float(root.get("height", 0)) > tops[-1] + 200


def test_what_is_good_is_green_and_what_is_bad_orange_in_a_stack() -> None:
    parts = [
        Definition(name, name, "count", "", "", better)
        for name, better in (("promoters", "up"), ("passives", ""), ("detractors", "down"))
    ]
    report = made(2, columns=parts, charts=(Chart("Groups", "stacked", tuple(part.id for part in parts)),))
    bars = [element.get("class", "").split() for element in parsed(report).iter(f"{SVG}rect")]
    looks = [next(name for name in classes if name[0] == "s") for classes in bars if "bar" in classes]
    assert list(dict.fromkeys(looks)) == [f"s{look}" for look in (GOOD, NEITHER, BAD)]
