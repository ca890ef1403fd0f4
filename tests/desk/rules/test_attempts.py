"""Trying a rule against history: nothing is changed, and the real run is what is counted (X7, behaviour 4.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import Attempt, RuleDraft
from casedesk.domain.errors import InvalidInput, NotPermitted
from tests.conftest import NOON, Clock
from tests.desk.rules.answers import write
from tests.made_once import lay

HOUR = 3600
PLAN = "Resolution for Detractors"
Effects = Sequence[dict[str, Any]]
Acts = Callable[[Desk, Clock], None]


def twin(path: Path, clock: Clock) -> Desk:
    """A new desk like the test's other one."""
    lay(path, make_twin)
    clock.seconds = NOON + 60
    return Desk.open(path, user="ana", clock=clock)


def make_twin(path: Path) -> None:
    with Desk.create(path, user="ana", zone="Europe/Berlin", clock=Clock()) as desk:
        desk.team.add_user("ben", role="agent")


def really_done(desk: Desk, name: str) -> tuple[int, int, Counter[str]]:
    """How often the rule ran and failed by the log, and how often each of its effects changed something."""
    runs = desk.rules.log(rule=name, limit=10_000)
    texts = [run.text for run in runs if run.outcome == "ran"]
    words = [word for text in texts if text != "changed nothing" for word in text.split(", ")]
    return len(texts), sum(run.outcome == "failed" for run in runs), Counter(words)


def counted(found: Attempt) -> tuple[int, int, Counter[str]]:
    return found.runs, found.failed, +Counter({entry.words: entry.count for entry in found.counts})


@pytest.mark.parametrize(
    ("condition", "effects"),
    [
        ("nps<=7", [{"open_ticket": True}, {"tag": "seen"}]),
        ("answer.wish:callback", [{"tag": "callback"}, {"tag": "detractor"}, {"priority": "high"}]),
        ("nps:9", [{"tag": "fan"}]),
        ("comment:again OR nps>=9", [{"open_ticket": True}, {"close": "Resolved"}]),
        ("nps<=7", [{"open_ticket": True}, {"plan": PLAN}, {"close": "Resolved"}]),
        ("answered<9d contact:ada", [{"open_ticket": True}]),
        ("created<1h is:new -has:owner", [{"open_ticket": True}]),
        ("nps<=7 -tag:seen", [{"open_ticket": True}, {"status": "pending"}, {"owner": "ben"}]),
    ],
)
def test_a_try_counts_what_an_import_does_where_the_rule_is_active(
    tmp_path: Path, clock: Clock, condition: str, effects: Effects
) -> None:
    path = write(tmp_path / "winter.csv")
    with twin(tmp_path / "without.desk", clock) as without:
        without.rules.put("High", "nps>=6", [{"priority": "urgent"}, {"tag": "high"}])
        without.imports.run(path)
        for number in without.tickets.numbers(""):
            without.tickets.tag(number, ["seen"])
        clock.tick(40 * 24 * HOUR)
        found = without.rules.attempt(RuleDraft("New", condition, tuple(effects)))
    with twin(tmp_path / "with.desk", clock) as real:
        real.rules.put("High", "nps>=6", [{"priority": "urgent"}, {"tag": "high"}])
        real.rules.put("New", condition, effects)
        real.imports.run(path)
        assert counted(found) == really_done(real, "New")
    assert found.examined == 5


def some_work(desk: Desk, clock: Clock) -> None:
    """An afternoon of work on four tickets, with an undo, a merge and waiting."""
    for place, priority in enumerate(("low", "high", "low", "normal"), 1):
        desk.tickets.new(f"Parcel {place}", priority)
    clock.tick(HOUR)
    desk.tickets.set_status([1, 2], "pending")
    desk.tickets.tag([2], ["vip"])
    desk.tickets.set_plan(3, PLAN)
    clock.tick(HOUR)
    desk.tickets.log_message(1, "Where is it?", direction="in")
    desk.tickets.log_message(3, "On its way.", direction="out")
    desk.acts.undo()
    desk.tickets.set_priority([1, 3], "high")
    clock.tick(3 * HOUR)
    desk.tickets.set_status([2], "open")
    desk.acts.undo()
    desk.acts.redo()
    desk.tickets.set_status([1, 3], "pending")
    desk.tickets.close(2, "Resolved")
    clock.tick(HOUR)
    desk.tickets.reopen(2)
    desk.tickets.assign([1, 2], "ben")
    clock.tick(5 * HOUR)
    desk.tickets.close([1, 2], "Resolved")
    clock.tick(HOUR)


def swept(desk: Desk, clock: Clock) -> None:
    """The same, with a sweep whenever an hour has gone by."""
    tick = clock.tick

    def ticking(seconds: float = 60) -> None:
        tick(seconds)
        desk.sweeping.run()

    clock.tick = ticking  # type: ignore[method-assign]  # whoever waits sweeps
    try:
        some_work(desk, clock)
    finally:
        del clock.tick


@pytest.mark.parametrize(
    ("trigger", "condition", "effects", "acts"),
    [
        ("ticket opened", "priority:low", [{"tag": "cheap"}, {"priority": "normal"}], some_work),
        ("status changed", "-tag:x", [{"tag": "moved"}], some_work),
        ("status changed", "is:pending", [{"tag": "vip"}, {"priority": "urgent"}], some_work),
        ("status changed", "priority:high is:pending", [{"classification": "Price"}], some_work),
        ("status changed", "tag:vip", [{"topic": "Delivery"}, {"owner": "ben"}], some_work),
        ("ticket closed", "owner:ben", [{"tag": "by-ben"}, {"topic": "Delivery"}], some_work),
        ("ticket closed", "-tag:vip", [{"tag": "done"}], some_work),
        ("customer message received", "is:open", [{"priority": "urgent"}], some_work),
        ("agent message sent", "is:open", [{"tag": "written"}], some_work),
        ("status changed", "has:plan is:pending", [{"tag": "half"}, {"close": "Resolved"}], some_work),
        ("age 4h", "-is:closed", [{"tag": "old"}], swept),
        ("idle 2h", "-is:closed", [{"tag": "idle"}, {"priority": "urgent"}], swept),
        ("idle 1h", "priority:high", [{"tag": "idle"}], swept),
    ],
)
def test_a_try_counts_what_the_rule_does_where_the_same_is_done_again(
    tmp_path: Path, clock: Clock, trigger: str, condition: str, effects: Effects, acts: Acts
) -> None:
    def prepare(desk: Desk) -> None:
        desk.rules.put("Vip", "tag:vip", [{"priority": "urgent"}], trigger="ticket closed")
        desk.rules.put("New", condition, effects, trigger=trigger, active=False)

    with twin(tmp_path / "without.desk", clock) as without:
        prepare(without)
        acts(without, clock)
        found = without.rules.attempt("New")
    with twin(tmp_path / "with.desk", clock) as real:
        prepare(real)
        real.rules.switch("New", True)
        acts(real, clock)
        assert counted(found) == really_done(real, "New")
        assert found.runs + found.failed > 0


def test_a_try_counts_the_runs_of_a_rule_that_is_active_already(tmp_path: Path, clock: Clock) -> None:
    with twin(tmp_path / "active.desk", clock) as desk:
        desk.rules.put("New", "is:pending", [{"tag": "moved"}, {"priority": "urgent"}], trigger="status changed")
        some_work(desk, clock)
        assert counted(desk.rules.attempt("New")) == really_done(desk, "New")


def everything_in(desk: Desk) -> list[object]:
    reader = desk.store.reader()
    tables = [row[0] for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [(table, reader.rows(f'SELECT * FROM "{table}" ORDER BY 1')) for table in sorted(tables)]


@pytest.mark.parametrize("trigger", ["response received", "status changed", "idle 1h"])
def test_a_try_changes_nothing(desk: Desk, clock: Clock, tmp_path: Path, trigger: str) -> None:
    some_work(desk, clock)
    desk.imports.run(write(tmp_path / "winter.csv"))
    before = everything_in(desk)
    desk.rules.attempt(RuleDraft("New", "-tag:x", ({"tag": "new"}, {"priority": "urgent"}), trigger))
    assert everything_in(desk) == before


def test_a_try_names_what_it_would_have_been(desk: Desk, tmp_path: Path) -> None:
    desk.imports.run(write(tmp_path / "winter.csv"))
    found = desk.rules.attempt(RuleDraft("New", "nps>=6", ({"open_ticket": True},)))
    assert (found.about, found.examined, found.runs, found.opened) == ("responses", 5, 3, 2)
    assert len(found.responses) == 3
    assert found.tickets == (desk.tickets.numbers("nps:6")[0],)
    assert found.notes


def test_a_try_looks_back_to_an_instant(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    desk.imports.run(write(tmp_path / "a.csv"))
    clock.tick(HOUR)
    desk.imports.run(write(tmp_path / "b.csv", [("z1", "zoe@example.com", "1", "", "", "2026-01-20 10:00")]))
    since = desk.now() - timedelta(minutes=5)
    assert desk.rules.attempt("Detractors").runs == 4
    assert desk.rules.attempt("Detractors", since=since).runs == 1
    draft = RuleDraft("New", "nps<=6", ({"tag": "x"},), "ticket opened")
    assert (desk.rules.attempt(draft).runs, desk.rules.attempt(draft, since=since).runs) == (4, 1)


def test_a_try_can_be_stopped_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("casedesk.desk.rule_attempts.CHUNK", 2)
    desk.imports.run(write(tmp_path / "winter.csv"))
    told: list[tuple[int, int]] = []

    def once(done: int, total: int) -> bool:
        told.append((done, total))
        return False

    found = desk.rules.attempt("Detractors", progress=once)
    assert (told, found.examined, found.stopped) == ([(2, 5)], 2, True)


def test_a_draft_that_cannot_be_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="no priority"):
        desk.rules.attempt(RuleDraft("New", "nps<3", ({"priority": "zzz"},)))


def test_trying_takes_the_right_to_configure(ben: Desk) -> None:
    with pytest.raises(NotPermitted):
        ben.rules.attempt("Detractors")
