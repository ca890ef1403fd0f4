"""The moves of behaviour 1.1, all sixteen of them."""

from __future__ import annotations

import pytest

from casedesk.domain import lifecycle
from casedesk.domain.errors import InvalidInput

ALLOWED = {
    ("new", "open"), ("new", "pending"), ("new", "closed"), ("open", "pending"), ("open", "closed"),
    ("pending", "open"), ("pending", "closed"), ("closed", "open"),
}  # fmt: skip


@pytest.mark.parametrize("state", lifecycle.STATES)
@pytest.mark.parametrize("to", lifecycle.STATES)
def test_a_move_is_allowed_or_refused_with_those_that_are(state: str, to: str) -> None:
    if state == to or (state, to) in ALLOWED:
        lifecycle.check_move(state, to)
    else:
        with pytest.raises(InvalidInput) as refused:
            lifecycle.check_move(state, to)
        assert all(other in refused.value.sentence for one, other in ALLOWED if one == state)


def test_a_refusal_names_the_desks_own_statuses() -> None:
    names = {"open": ["open", "in work"], "closed": ["closed"]}
    with pytest.raises(InvalidInput, match="from pending it may become open or in work or closed"):
        lifecycle.check_move("pending", "new", names)


@pytest.mark.parametrize(
    ("passed", "days", "within"),
    [
        (0, 0, False), (0, 1, True), (86_399, 1, True), (86_400, 1, False), (2 * 86_400 - 1, 2, True),
        (30 * 86_400, 30, False), (-5, 0, False), (-5, 1, True),
    ],
)  # fmt: skip
def test_the_reopen_window_counts_whole_days(passed: int, days: int, within: bool) -> None:
    assert lifecycle.within_reopen_window(1_000_000, 1_000_000 + passed, days) is within
