"""Readers end what they do when they are stopped or closed, from whatever thread: the screen never freezes."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from casedesk.desk import Desk
from casedesk.store.faults import ReadingCancelled
from casedesk.store.reader import Reader

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT {} FROM n"


def meanwhile(work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    """Begin the work in another thread; what it ends with is found once that has ended."""
    ended: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except ReadingCancelled as error:
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, ended


@pytest.mark.parametrize("end", [Reader.interrupt, Reader.close])
def test_a_read_without_end_is_ended_from_another_thread(desk: Desk, end: Callable[[Reader], None]) -> None:
    reader = Reader(desk.path)
    thread, ended = meanwhile(lambda: reader.value(ENDLESS.format("count(*)")))
    while thread.is_alive():  # it may not have begun
        end(reader)
        thread.join(0.01)
    assert len(ended) == 1
    reader.close()


def test_nothing_more_is_read_once_it_is_closed(desk: Desk) -> None:
    reader = Reader(desk.path)
    pieces = reader.chunks(ENDLESS.format("x"), (), iter(lambda: 2, 0))
    assert next(pieces) == [(1,), (2,)]
    reader.close()
    reader.close()
    with pytest.raises(ReadingCancelled):
        next(pieces)
    with pytest.raises(ReadingCancelled):
        reader.rows("SELECT 1")
    with pytest.raises(ReadingCancelled), reader.snapshot():
        pass


def test_a_closed_desk_can_be_read_again_by_who_asks_anew(desk: Desk) -> None:
    desk.close()
    assert desk.store.reader().value("SELECT 1") == 1
