"""Rules that would suit the responses there are: low scores, and customers who want to be contacted (M1, M2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from casedesk.desk.values import RuleProposal
from casedesk.domain.query.rendering import field_text, name_text
from casedesk.domain.query.tree import FieldRef, Name

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk

LOW: Final = {
    "nps": (6, "Detractors", "detractor"),
    "csat": (2, "Dissatisfied", "dissatisfied"),
    "ces": (3, "Much effort", "effort"),
}
"""Of each kind of score the highest that is a bad one, the rule's name and its tag (behaviour 5.5)."""

LOW_SHARE: Final = 0.4
"""Up to this share of its scale a rating is a bad one: 1 and 2 of 5, 1 to 4 of 10."""

_CONTACT = re.compile(
    r"contact|follow.?up|call (you|me) back|reach (out|you)|kontakt|zurückruf|recontact|rappel|llame|contatt|skontakt",
    re.IGNORECASE,
)
_YES = re.compile(r"(yes|ja|oui|s[iíì]|sim|tak|true|y|1)\b", re.IGNORECASE)

_SCORES = """
    SELECT r.score_kind, c.name, min(r.score), max(r.score) FROM response r JOIN campaign c ON c.id = r.campaign_id
    WHERE r.score IS NOT NULL GROUP BY r.score_kind, c.id ORDER BY count(*) DESC"""

_ANSWERS = """
    SELECT q.key, q.label, a.value FROM question q JOIN answer a ON a.question_id = q.id
    WHERE q.kind <> 'meta' AND q.id IN (SELECT value FROM json_each(?)) AND length(a.value) <= 80
    GROUP BY q.id, a.value ORDER BY q.position, count(*) DESC"""


class _Idea(NamedTuple):
    name: str
    condition: str
    tag: str
    why: str


def propose_rules(desk: Desk) -> tuple[RuleProposal, ...]:
    """Rules for the responses there are, each with how many it holds for. Those that hold for none are left out, and
    those that narrow another one down to the same responses."""
    ideas = dict.fromkeys([*_of_scores(desk), *_of_wishes(desk)])
    found: list[RuleProposal] = []
    for idea in ideas:
        proposal = RuleProposal(*idea, desk.past_responses.matches(idea.condition))
        narrower = found and proposal.condition.startswith(f"{found[-1].condition} ")
        if proposal.matches.matching and not (narrower and proposal.matches == found[-1].matches):
            found.append(proposal)
    return tuple(found)


def _of_scores(desk: Desk) -> Iterator[_Idea]:
    rows = [tuple(row) for row in desk.store.reader().rows(_SCORES)]
    scales = {scale_of(low, high) for kind, _campaign, low, high in rows if kind == "rating"}
    for kind, campaign, low, high in rows:
        if kind in LOW:
            limit, name, tag = LOW[kind]
            condition = f"{kind}<={limit}"
        elif kind == "rating":
            start, end = scale_of(low, high)
            limit, name, tag = int(start + LOW_SHARE * (end - start)), "Low ratings", "low-rating"
            condition = f"rating<={limit}"
            if len(scales) > 1:
                name = f"Low ratings of {campaign}"[:100]
                condition += f" campaign:{name_text(Name(campaign))}"
        else:
            continue
        said = f"{'rating' if kind == 'rating' else kind.upper()} of {limit} or less"
        yield _Idea(name, condition, tag, said)
        yield _Idea(f"{name} with a comment"[:100], f"{condition} has:comment", tag, f"{said}, and a comment")


def scale_of(low: float, high: float) -> tuple[int, int]:
    """The usual scale that ratings from `low` to `high` are on: to 5, 7, 10 or 100, from 0 or 1."""
    end = next((each for each in (5, 7, 10) if high <= each), 100)
    return (0 if low < 1 else 1), end


def _of_wishes(desk: Desk) -> Iterator[_Idea]:
    """Of each question about contact the first answer that says yes."""
    import json

    reader = desk.store.reader()
    questions = [tuple(row) for row in reader.rows("SELECT id, key, label FROM question WHERE kind <> 'meta'")]
    asking = [number for number, key, label in questions if _CONTACT.search(f"{key} {label}")]
    seen: set[str] = set()
    for key, _label, value in reader.rows(_ANSWERS, (json.dumps(asking),)):
        if key not in seen and _YES.match(value.strip()):
            seen.add(key)
            condition = f"{field_text(FieldRef('answer', key))}:{name_text(Name(value))}"
            yield _Idea("Wants to be contacted", condition, "callback", f"answered “{value}” to being contacted")
