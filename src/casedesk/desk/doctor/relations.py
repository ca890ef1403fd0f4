"""How tickets hang together: parents and merges (behaviour 1.6, 1.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casedesk import model
from casedesk.desk.doctor.check import DeskCheck, Mending, Subject, about, counted
from casedesk.desk.values import Finding

_PARENTS = "SELECT id, parent_id FROM ticket WHERE parent_id IS NOT NULL ORDER BY id"
_MERGED = "SELECT id, merged_into_id FROM ticket WHERE merged_into_id IS NOT NULL ORDER BY id"
_MERGED_AND_OPEN = "SELECT id FROM ticket WHERE merged_into_id IS NOT NULL AND state <> 'closed' ORDER BY id"


def _in_circles(above: Mapping[int, int]) -> list[int]:
    """Those that are their own descendants: they come back to themselves on the way up."""
    circles: set[int] = set()
    seen: set[int] = set()
    for start in above:
        path: dict[int, None] = {}
        number = start
        while number in above and number not in seen and number not in path:
            path[number] = None
            number = above[number]
        if number in path:
            way = [*path]
            circles.update(way[way.index(number) :])
        seen.update(path)
    return sorted(circles)


def _end(above: Mapping[int, int], number: int) -> int:
    while number in above:
        number = above[number]
    return number


def _parents(subject: Subject) -> Iterator[Finding]:
    circles = _in_circles(dict(subject.reader.rows(_PARENTS)))
    if circles:
        yield about(
            circles, "#{id} is a part of itself.", "{n} tickets are parts of themselves.",
            way_out="Give one of them another parent (`casedesk tickets relate`).",
        )  # fmt: skip


def _chained(above: Mapping[int, int]) -> list[int]:
    """Merged tickets that lead to a merged one, and not in a circle."""
    circles = set(_in_circles(above))
    return [number for number in above if above[number] in above and not circles & {number, _last(above, number)}]


def _last(above: Mapping[int, int], number: int) -> int:
    """The end of the way, or where it comes into a circle."""
    seen: set[int] = set()
    while number in above and number not in seen:
        seen.add(number)
        number = above[number]
    return number


def _merges(subject: Subject) -> Iterator[Finding]:
    above: dict[int, int] = dict(subject.reader.rows(_MERGED))
    if circles := _in_circles(above):
        yield about(
            circles, "#{id} is merged into itself.", "{n} tickets are merged into each other in a circle.",
            way_out="A backup from before tells which of them the others became part of.",
        )  # fmt: skip
    if chained := _chained(above):
        yield about(
            chained, "#{id} is merged into a ticket that is merged itself.",
            "{n} tickets are merged into tickets that are merged themselves.", mendable=True,
        )  # fmt: skip
    yield from counted(
        subject, _MERGED_AND_OPEN, "#{id} is merged and isn't closed.", "{n} tickets are merged and aren't closed.",
        way_out="Close it, or take the merge back (`casedesk undo`).",
    )  # fmt: skip


def _mend_merges(mending: Mending) -> str:
    """Let each lead to the end of its chain, as later replies follow it."""
    above: dict[int, int] = dict(mending.subject.reader.rows(_MERGED))
    numbers = _chained(above)
    with mending.recorded() as recorder:
        for number in numbers:
            ticket = recorder.session.get(model.Ticket, number)
            assert ticket is not None
            end = _end(above, number)
            recorder.set(ticket, "merged_into_id", end, kind="merge", texts=("", f"#{end}"), cause="mended")
    return f"{len(numbers):,} merged tickets lead to the end of their chain"


CHECKS = (
    DeskCheck("parents", "no ticket is a part of itself", "no ticket is a part of itself", _parents),
    DeskCheck(
        "merges", "merged tickets lead to one that isn't", "each leads to a ticket that is there", _merges, _mend_merges
    ),
)
