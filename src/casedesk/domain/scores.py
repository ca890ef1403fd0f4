"""What a score says: the groups of an NPS, and what counts as positive (behaviour 5.5)."""

from __future__ import annotations

DETRACTOR, PASSIVE, PROMOTER = "detractor", "passive", "promoter"

CSAT_SCALE, CES_SCALE = (1, 5), (1, 7)
"""The lowest and the highest answer (behaviour 5.5)."""


def nps_group(score: float) -> str:
    """0–6 detractor, 7–8 passive, 9–10 promoter (behaviour 5.5)."""
    if score < 7:
        return DETRACTOR
    return PASSIVE if score < 9 else PROMOTER


def is_positive(kind: str, score: float) -> bool:
    """A CSAT of 4 or 5 of 5, a CES of 5 to 7 of 7 (behaviour 5.5)."""
    return score >= (4 if kind == "csat" else 5)
