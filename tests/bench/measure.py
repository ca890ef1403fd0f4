"""Measures what users wait for, each beside a reference in the same run: on a noisy machine only ratios tell.

The figures to reach are for two ordinary cores; `check` fails only when something is far off, as after a lost index.
"""

from __future__ import annotations

import csv
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from casedesk.desk import Desk
from tests.bench.make import GeneratedSource, make_desk
from tests.bench.reporting import reporting

QUERIES = (
    "",
    "is:open",
    "is:new nps<=2",
    "owner:me",
    "tag:callback -class:price",
    'campaign:"Delivery CSAT" is:pending',
    "contact.region:north score:0..3",
    "refund",
    "lot0042",
    "late refu*",
    '"late delivery"',
    "r*",
    "sort:score",
    "sort:-priority is:new",
    "sort:due",
)
IMPORTED = 20_000
COLUMNS = (
    "id",
    "email",
    "name",
    "How likely are you to recommend us?",
    "comment",
    "contact me?",
    "region",
    "answered at",
)


def measure(path: Path | None, *, check: bool) -> int:
    """Print the figures for the desk at `path` (default: a small one made for it); 1 when `check` finds one far off."""
    with tempfile.TemporaryDirectory() as folder:
        if path is None:
            path = Path(folder) / "small.desk"
            make_desk(path, 20_000)
        far_off = [*_reading(path), *reporting(path), *_acting(path), *_importing(Path(folder))]
        for sentence in far_off:
            print("FAR OFF:", sentence)
    return 1 if check and far_off else 0


def _timed(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the median run."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _reading(path: Path) -> Iterable[str]:
    print(f"\n{'the first 128 tickets and their lines':44} {'desk':>9} {'plain SQL':>9}  matching")
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA query_only = ON")
    from casedesk.store.functions import register

    register(plain)
    with Desk.open(path) as desk:
        for query in QUERIES:

            def first(query: str = query) -> None:
                desk.tickets.lines(next(iter(desk.tickets.stream(query)), []))

            sql = desk.queries.select(query)

            def same(text: str = sql.text, parameters: object = sql.parameters) -> None:
                plain.execute(text, parameters).fetchmany(128)  # type: ignore[arg-type]

            ours, reference = _timed(first), _timed(same)
            begun = time.perf_counter()
            count = desk.tickets.count(query)
            counted = time.perf_counter() - begun
            print(
                f"  {query or '(all)':42} {ours * 1000:6.1f} ms {reference * 1000:6.1f} ms"
                f"  {count:,} in {counted * 1000:.0f} ms"
            )
            if ours > 5 * reference + 0.1:
                yield f"{query!r} takes {ours * 1000:.0f} ms, its SQL alone {reference * 1000:.0f} ms"
    plain.close()


def _acting(path: Path) -> Iterable[str]:
    pick = random.Random(3)
    with Desk.open(path) as desk:
        desk.warm()
        numbers = desk.tickets.numbers("is:open", limit=200)
        acts: dict[str, Callable[[int], object]] = {
            "note": lambda number: desk.tickets.add_note(number, "looked into it"),
            "priority": lambda number: desk.tickets.set_priority(number, pick.choice(("low", "high", "urgent", None))),
            "tag": lambda number: desk.tickets.tag(number, add=[f"t{pick.randrange(10**6)}"]),
            "undo": lambda number: desk.acts.undo(),
            "show": lambda number: (desk.tickets.show(number), desk.tickets.feed(number)),
        }
        print(f"\n{'an act':44} {'median':>9} {'p95':>9}")
        for name, act in acts.items():
            taken = []
            for number in numbers[:60]:
                begun = time.perf_counter()
                try:
                    act(number)
                except Exception as error:
                    if "nothing to change" not in str(error):
                        raise
                taken.append(time.perf_counter() - begun)
            taken.sort()
            print(f"  {name:42} {taken[len(taken) // 2] * 1000:6.1f} ms {taken[int(len(taken) * 0.95)] * 1000:6.1f} ms")
            if taken[len(taken) // 2] > 0.5:
                yield f"{name} takes {taken[len(taken) // 2] * 1000:.0f} ms"


def _importing(folder: Path) -> Iterable[str]:
    path = folder / "answers.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for record in GeneratedSource(IMPORTED, 7).records():
            person, answers = record.person, dict(record.answers)  # type: ignore[union-attr]
            writer.writerow(
                (
                    record.external_id,
                    person.email,
                    person.name,
                    answers["nps"],
                    answers["why"],
                    answers["contact_me"],  # type: ignore[union-attr]
                    person.variables[0][1],
                    "2026-01-20 10:00",
                )
            )
    begun = time.perf_counter()
    with sqlite3.connect(folder / "plain.db") as plain, path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        plain.execute(f"CREATE TABLE answers ({', '.join(f'[{name}]' for name in next(rows))})")
        plain.executemany("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    reference = time.perf_counter() - begun
    with Desk.create(folder / "import.desk") as desk:
        begun = time.perf_counter()
        summary = desk.imports.run(path, campaign="Measured")
        ours = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nimport of {IMPORTED:,} responses with rules on: {IMPORTED / ours:,.0f} rows/s,"
        f" {ours / reference:.0f} times a bare insert; {summary.tickets_opened:,} tickets opened;"
        f" peak memory of the whole run {peak:.0f} MiB"
    )
    if IMPORTED / ours < 500:
        yield f"the import takes {IMPORTED / ours:.0f} rows/s"
