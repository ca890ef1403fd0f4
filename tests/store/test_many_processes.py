"""Several processes on one desk file: nobody's note is lost, a contested change has one winner, nobody sees a lock."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict

WORKERS = 6
NOTES = 15


def work(path: Path, worker: int, seen: dict[int, int], results: multiprocessing.Queue[tuple[int, list[int]]]) -> None:
    won = []
    with Desk.open(path, user=f"w{worker}") as desk:
        for turn in range(NOTES):
            desk.tickets.add_note(1, f"note {worker}-{turn}")
        for number in seen:
            try:
                desk.tickets.set_priority(number, "urgent", versions=seen)
                won.append(number)
            except Conflict:
                pass
    results.put((worker, won))


def test_notes_all_get_in_and_each_contested_change_has_one_winner(desk: Desk) -> None:
    numbers = [desk.tickets.new(f"T{i}", "low").done[0] for i in range(5)]
    for worker in range(WORKERS):
        desk.team.add_user(f"w{worker}")
    seen = {number: desk.tickets.show(number).version for number in numbers[1:]}
    spawn = multiprocessing.get_context("spawn")
    results = spawn.Queue()
    workers = [spawn.Process(target=work, args=(desk.path, worker, seen, results)) for worker in range(WORKERS)]
    for process in workers:
        process.start()
    won = [number for _ in workers for number in results.get(timeout=120)[1]]
    for process in workers:
        process.join()
    assert sorted(won) == sorted(seen)
    notes = {note.body for note in desk.tickets.show(1).notes}
    assert notes == {f"note {worker}-{turn}" for worker in range(WORKERS) for turn in range(NOTES)}
    feed = [entry.id for entry in desk.tickets.feed(1, limit=1000)]
    assert feed == sorted(feed, reverse=True)
    versions = [row[0] for row in desk.store.reader().rows(
        "SELECT ticket_version FROM activity WHERE ticket_id = 1 AND kind = 'note' ORDER BY id")]  # fmt: skip
    assert versions == sorted(set(versions))
