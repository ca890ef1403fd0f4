"""What pages about rules say, and the queries that lead from them to tickets."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st

from casedesk.desk.values import Attempt, EffectCount, RuleRunLine
from casedesk.tui.configuration.rule_pages import attempt_lines, chained, log_lines
from casedesk.tui.configuration.rule_trying import query_of
from casedesk.tui.look import Line

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def run(number: int, after: int | None = None, **more: object) -> RuleRunLine:
    values = {
        "id": number, "at": NOON, "rule": f"Rule {number}", "trigger": "ticket opened", "ticket": 7, "outcome": "ran",
        "text": "tag x", "depth": 0, "after": after, "act": 1, "taken_back": False, **more,
    }  # fmt: skip
    return RuleRunLine(**values)  # type: ignore[arg-type]  # the values are of many types


def attempt(**more: object) -> Attempt:
    values = {
        "rule": "Low scores", "trigger": "response received", "about": "responses", "since": None, "examined": 120,
        "runs": 41, "failed": 0, "counts": (EffectCount("tag", "tag low", 12),), "responses": (1, 2), "tickets": (),
        "failures": (), "notes": ("Answers are taken as they are now.",), **more,
    }  # fmt: skip
    return Attempt(**values)  # type: ignore[arg-type]  # the values are of many types


def text(lines: list[Line]) -> str:
    return "\n".join("".join(piece for piece, _role in line) for line in lines)


def test_runs_stand_under_the_run_that_caused_them_and_the_newest_chain_first() -> None:
    runs = [run(5), run(4, after=2), run(3, after=1), run(2, after=1), run(1)]
    assert [(each.id, depth) for each, depth in chained(runs)] == [(5, 0), (1, 0), (2, 1), (4, 2), (3, 1)]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=30))
def test_every_run_is_shown_once_whatever_caused_it(causes: list[tuple[bool, int]]) -> None:
    runs = [run(place, after=cause if has and cause < place else None) for place, (has, cause) in enumerate(causes)]
    assert sorted(each.id for each, _depth in chained(runs)) == list(range(len(causes)))


def test_a_run_whose_cause_is_not_shown_names_the_rule_that_was_it() -> None:
    zone = ZoneInfo("UTC")
    assert "set off by “Hurry”" in text(log_lines([run(4, after=2)], {2: "Hurry"}, 80, zone, NOON))
    assert "set off by “another rule”" in text(log_lines([run(4, after=2)], {}, 80, zone, NOON))


def test_what_was_taken_back_says_so() -> None:
    assert "ran, taken back: tag x" in text(log_lines([run(1, taken_back=True)], {}, 80, ZoneInfo("UTC"), NOON))


def test_an_attempt_tells_counts_failures_notes_and_tickets() -> None:
    said = text(attempt_lines(attempt(tickets=(3, 9), failed=2, failures=("No plan.",)), "since 2026-01-01", 80))
    assert "“Low scores” would have run on 41 of 120 responses since 2026-01-01." in said
    for words in ("12 ×  tag low", "failed on 2", "No plan.", "#3 #9", "Answers are taken as they are now."):
        assert words in said


def test_an_attempt_that_was_stopped_says_that_there_may_be_more() -> None:
    assert "there may be more" in text(attempt_lines(attempt(stopped=True), "", 80))


def test_a_draft_without_a_name_is_the_rule() -> None:
    assert "The rule would have run on" in text(attempt_lines(attempt(rule=""), "", 80))


def test_numbers_that_follow_each_other_are_a_span_of_the_query() -> None:
    assert query_of("number", [9, 1, 2, 3, 7], 100) == ("number:1..3,7,9", 5)


@given(st.sets(st.integers(1, 10**6), min_size=1, max_size=200), st.integers(20, 300))
def test_a_query_of_numbers_keeps_to_its_room_and_names_the_lowest(numbers: set[int], room: int) -> None:
    query, count = query_of("number", sorted(numbers), room)
    assert len(query) <= room
    found = [int(piece) for span in query.removeprefix("number:").split(",") for piece in span.split("..")]
    assert set(found) <= numbers
    assert found == sorted(found)
    assert 1 <= count <= len(numbers)
