"""How hard property tests look: `CASEDESK_EXAMPLES=10 pytest` tries ten times as many examples."""

from __future__ import annotations

import os


def examples(count: int) -> int:
    """`count` examples, or as many times more as the environment asks for."""
    return count * int(os.environ.get("CASEDESK_EXAMPLES", "1"))
