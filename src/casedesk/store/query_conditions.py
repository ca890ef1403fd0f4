"""The tree of a query as a tree of SQL conditions, arranged for the indexes that there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casedesk.domain.query.tree import And, Node, Not, Or, Text
from casedesk.store.query_parts import Part, Window, both
from casedesk.store.query_tests import Translator
from casedesk.store.sql_text import Sql, joined

_WORDS_AT_ONCE = 50
_UNITED = 20

WITH_STATE = ("owner_id", "team_id", "campaign_id", "due_at")
"""The columns of whose indexes the state is a part."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A node of the query with its SQL: a part, or children joined by `word` (AND, OR, NOT)."""

    word: str = ""
    part: Part | None = None
    children: tuple[Condition, ...] = ()

    def parts(self) -> Iterator[Part]:
        """The parts of all leaves."""
        if self.part is not None:
            yield self.part
        for child in self.children:
            yield from child.parts()

    @property
    def has_words(self) -> bool:
        """Whether the search index is asked for anything."""
        return any(part.match for part in self.parts())

    @property
    def ids(self) -> Sql | None:
        """The ids of all tickets that match a leaf or any of several, where each has an index; None otherwise."""
        if self.part is not None:
            return self.part.ids
        if self.word != "OR" or len(self.children) > _UNITED:
            return None
        found = [ids for child in self.children if (ids := child.ids) is not None]
        return union(found) if len(found) == len(self.children) else None

    def test(self, window: Window | None = None) -> Sql:
        """The test of one ticket, of the window where there is one."""
        if self.part is not None:
            return self.part.test_in(window)
        tests = [child.test(window) for child in self.children]
        return "(" + tests[0] + ") IS NOT TRUE" if self.word == "NOT" else joined(self.word, tests)


def conditions_of(root: Node | None, translator: Translator) -> list[Condition]:
    """What all has to hold: the children of an And at the top, or the one thing that stands there."""
    if root is None:
        return []
    condition = condition_of(root, translator)
    return list(condition.children) if condition.word == "AND" else [condition]


def condition_of(node: Node, translator: Translator) -> Condition:
    """The condition that a node of a resolved query is."""
    if isinstance(node, Not):
        opposite = translator.opposite(node.child)
        if opposite is not None:
            return Condition(part=opposite)
        return Condition("NOT", children=(condition_of(node.child, translator),))
    if isinstance(node, And | Or):
        word = "AND" if isinstance(node, And) else "OR"
        texts = [child for child in node.children if isinstance(child, Text)]
        others = [condition_of(child, translator) for child in node.children if not isinstance(child, Text)]
        children = (*_searches(texts, word, translator), *(_paired(others) if word == "AND" else others))
        return children[0] if len(children) == 1 else Condition(word, children=children)
    return Condition(part=translator.part(node))


def union(statements: Sequence[Sql]) -> Sql:
    """One statement with the rows of all of them."""
    whole = statements[0]
    for statement in statements[1:]:
        whole = whole + " UNION ALL " + statement
    return whole


def _searches(texts: Sequence[Text], word: str, translator: Translator) -> Iterator[Condition]:
    """Words side by side, asked of the search index together."""
    for start in range(0, len(texts), _WORDS_AT_ONCE):
        yield Condition(part=translator.words(texts[start : start + _WORDS_AT_ONCE], word))


def _paired(conditions: list[Condition]) -> list[Condition]:
    """The same conditions, the state together with what shares an index with it."""
    found: dict[str, Condition] = {}
    for entry in conditions:
        part = entry.part
        if part and part.bare and part.exact and (part.index not in found or part.ordered):
            found[part.index] = entry
    state = found.get("state")
    partner = next((found[index] for index in WITH_STATE if index in found), None)
    if state is None or partner is None or state.part is None or partner.part is None:
        return conditions
    pair = Condition(part=both(partner.part, state.part))
    return [pair, *(entry for entry in conditions if entry is not state and entry is not partner)]
