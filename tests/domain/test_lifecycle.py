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
