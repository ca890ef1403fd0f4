"""What SQL on a desk can call beside SQLite's own functions, so that it compares texts as the query language does."""

from __future__ import annotations

import sqlite3

from casedesk.domain.text import caseless, has_words, segmented


def register(connection: sqlite3.Connection) -> None:
    """Give the connection `caseless(text)`, `has_words(text, words, prefix)` and `index_text(text)`.

    `words` are folded and joined by blanks; `index_text` is what goes into a search index for a text. A value that
    isn't a text counts as an empty one.
    """
    connection.create_function("caseless", 1, _caseless, deterministic=True)
    connection.create_function("has_words", 3, _has_words, deterministic=True)
    connection.create_function("index_text", 1, _index_text, deterministic=True)


def _caseless(text: object) -> str:
    return caseless(text) if isinstance(text, str) else ""


def _has_words(text: object, words: str, prefix: int) -> bool:
    return isinstance(text, str) and has_words(text, words.split(), prefix=bool(prefix))


def _index_text(text: object) -> str:
    if not isinstance(text, str):
        return ""
    prepared = segmented(text)
    return text if prepared is None else prepared
