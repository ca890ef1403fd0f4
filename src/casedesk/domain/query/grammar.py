"""The grammar of the query language, and the sentences for texts that it doesn't take (behaviour 6.1, 6.2).

Lark is loaded, and its tables are built, when the first query that isn't empty is parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from casedesk.domain.query.errors import QueryError
from casedesk.domain.text import caseless

if TYPE_CHECKING:
    from lark import Lark

LENGTH_LIMIT = 4096
DEPTH_LIMIT = 50

GRAMMAR = r"""
start: disjunction
disjunction: conjunction (_OR conjunction)*
conjunction: term (_AND? term)*
?term: negation | group | test | WORD | QUOTED
negation: NOT+ (group | test | WORD | QUOTED)
group: _OPEN disjunction _CLOSE
test: FIELD OP item (_COMMA item)*
?item: value | range
range: value DOTS value | DOTS value | value OPEN_DOTS
value: QUOTED | BARE

_OR.5: /(?:OR(?![^\s()|"])|\|)/
_AND.5: /AND(?![^\s()|"])/
NOT.4: /-(?=[^\s)|])|NOT(?![^\s()|"])/
_OPEN.4: "("
_CLOSE.4: ")"
_COMMA.4: ","
OPEN_DOTS.4: /\.\.(?![^\s()|,])/
DOTS.3: ".."
FIELD.3: /[^\W\d][\w-]*(?:\.(?:"(?:[^"\\]|\\.)*"|[^\s()",|:<>=!]+))?(?=\s*(?:[<>]=?|!?=)|:(?!\/\/))/s
OP: /\s*:?\s*(?:[<>]=?|!?=)|:/
QUOTED.2: /"(?:[^"\\]|\\.)*"\*?/s
BARE: /(?:(?!\.\.)[^\s()",|])+/
WORD: /(?!(?:OR|AND|NOT)(?![^\s()|"]))[^\s()"|]+/

%ignore /\s+/
"""

_JOINING = re.compile(r"OR|AND|NOT|\|")
_JOINED = re.compile(r"(?:^|(?<=[\s()|]))(?:OR|AND|NOT)$|\|$")
_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[()"]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a value as it stands in the text: unquoted, with its place. A quoted one is never a keyword."""

    text: str
    column: int
    length: int
    quoted: bool = False
    starred: bool = False  # a star right behind the closing quote

    @property
    def word(self) -> str:
        """The text as a keyword; empty when it can't be one."""
        return "" if self.quoted else caseless(self.text)


@dataclass(frozen=True, slots=True)
class Between:
    """`low..high`, either end of which may be missing; `column` is the place of the dots."""

    low: Piece | None
    high: Piece | None
    column: int


@dataclass(frozen=True, slots=True)
class Test:
    """A field, an operator (`=`, `!=`, `<` …) and the values behind it."""

    field: Piece
    operator: str
    items: tuple[Piece | Between, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Something with so many signs of negation before it."""

    signs: int
    part: Syntax


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by OR (`either`) or standing side by side."""

    either: bool
    parts: tuple[Syntax, ...]


Syntax = Piece | Test | Negation | Joined


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", lexer="contextual", maybe_placeholders=False)


def syntax_of(text: str) -> Syntax:
    """How a text that isn't blank is built. Raises QueryError."""
    if len(text) > LENGTH_LIMIT:
        sentence = f"The query has {len(text):,} characters; {LENGTH_LIMIT:,} are allowed."
        raise QueryError(sentence, LENGTH_LIMIT + 1, len(text) - LENGTH_LIMIT)
    _check_brackets(text)
    from lark.exceptions import UnexpectedInput

    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise _explained(text, error) from None
    return _converted(tree)


def _converted(tree: Any) -> Syntax:
    """Lark's tree as values of our own; the depth is bounded by the parentheses."""
    if not hasattr(tree, "data"):
        return _piece(tree)
    children = tree.children
    if tree.data == "negation":
        return Negation(len(children) - 1, _converted(children[-1]))
    if tree.data == "test":
        operator = str(children[1]).strip().lstrip(":").strip() or "="
        return Test(_piece(children[0]), operator, tuple(_item(child) for child in children[2:]))
    return Joined(tree.data == "disjunction", tuple(_converted(child) for child in children))


def _item(tree: Any) -> Piece | Between:
    if tree.data == "value":
        return _piece(tree.children[0])
    at = next(place for place, child in enumerate(tree.children) if not hasattr(child, "data"))
    low, high = tree.children[:at], tree.children[at + 1 :]
    return Between(
        _piece(low[0].children[0]) if low else None,
        _piece(high[0].children[0]) if high else None,
        tree.children[at].start_pos + 1,
    )


def _piece(token: Any) -> Piece:
    if token.type == "QUOTED":
        return Piece(unquoted(token), token.start_pos + 1, len(token), True, token.endswith("*"))
    return Piece(str(token), token.start_pos + 1, len(token))


def unquoted(token: str) -> str:
    """What stands between the quotes: a backslash makes the next character plain."""
    return re.sub(r"\\(.)", r"\1", token[1 : token.rindex('"')], flags=re.DOTALL)


def quoted(text: str) -> str:
    """`text` between quotes, as `unquoted` takes it back."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _check_brackets(text: str) -> None:
    """Raise for a quote or a parenthesis without its other half, and for too deep a nesting."""
    opened: list[int] = []
    for match in _MARK.finditer(text):
        column = match.start() + 1
        if match[0] == '"':
            raise QueryError(f"The quote opened at {column} isn't closed.", column, len(text) - match.start())
        if match[0] == "(":
            opened.append(column)
            if len(opened) > DEPTH_LIMIT:
                raise QueryError(f"More than {DEPTH_LIMIT} parentheses inside one another at {column}.", column, 1)
        elif match[0] == ")":
            if not opened:
                raise QueryError(f"The parenthesis closed at {column} was never opened.", column, 1)
            opened.pop()
    if opened:
        raise QueryError(f"The parenthesis opened at {opened[-1]} isn't closed.", opened[-1], 1)


def _explained(text: str, error: Exception) -> QueryError:
    """What the parser stumbled over, in words."""
    from lark.exceptions import UnexpectedToken

    token = error.token if isinstance(error, UnexpectedToken) else None
    at_end = token is not None and token.type == "$END"
    start = len(text.rstrip()) if at_end else int(getattr(error, "pos_in_stream", 0) or 0)
    length = 0 if at_end else len(token) if token is not None else 1
    column = start + 1
    before = text[:start].rstrip()
    field = re.search(r'([^\s()|"]+(?:"[^"]*")?)\s*(?:[<>]=?|!?=|:)$', before)
    here = "the end" if at_end else f'"{text[start : start + max(length, 1)][:20]}"'
    if before.endswith(","):
        sentence = f"A value is missing after the comma at {len(before)}."
    elif before.endswith("..") or (field is None and text[start : start + 2] == ".."):
        sentence = f"A range at {column} needs one value on each side of the two dots, or one on one side."
    elif field is not None:
        sentence = f'"{field[0]}" needs a value at {column}.'
    elif joining := _JOINING.match(text, start) or _JOINED.search(before):
        word = "OR" if joining[0] == "|" else joining[0]
        place = "behind it" if word == "NOT" else "on both sides"
        sentence = f"{word} needs something {place}, at {column}."
    elif before.endswith("(") and text[start : start + 1] == ")":
        sentence = f"There is nothing between the parentheses at {column}."
    else:
        sentence = f"{here[0].upper()}{here[1:]} isn't expected at {column}; put it in quotes to search for it."
    return QueryError(sentence, column, length)
