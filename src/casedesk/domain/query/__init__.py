"""The query language: one for the list, saved views, rules, reports, exports and the command line (X1, behaviour 6).

`parse` makes a tree of a text, `resolve` puts the moment and the person into it, `compile_predicate` makes a function
of it and `store.query_sql` SQL; `render` writes it out, `renamed` puts a new name into it, `complete` offers what may
stand at the cursor, `hint` says what was probably meant, `reference` lists the fields. Each is loaded when it is first
named.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casedesk.domain.query.completion import Completion, complete
    from casedesk.domain.query.errors import QueryError
    from casedesk.domain.query.fields import FIELDS, IS_WORDS, SYNTAX, Field, Reference, Vocabulary, reference
    from casedesk.domain.query.hints import hint
    from casedesk.domain.query.moments import Context
    from casedesk.domain.query.parsing import parse
    from casedesk.domain.query.predicate import Facts, Predicate, compile_predicate
    from casedesk.domain.query.renaming import renamed
    from casedesk.domain.query.rendering import render
    from casedesk.domain.query.resolving import resolve
    from casedesk.domain.query.tree import Query
    from casedesk.domain.query.unfinished import unfinished

_HOMES = {
    "completion": ("Completion", "complete"),
    "errors": ("QueryError",),
    "fields": ("FIELDS", "IS_WORDS", "SYNTAX", "Field", "Reference", "Vocabulary", "reference"),
    "hints": ("hint",),
    "moments": ("Context",),
    "parsing": ("parse",),
    "predicate": ("Facts", "Predicate", "compile_predicate"),
    "renaming": ("renamed",),
    "rendering": ("render",),
    "resolving": ("resolve",),
    "tree": ("Query",),
    "unfinished": ("unfinished",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "FIELDS",
    "IS_WORDS",
    "SYNTAX",
    "Completion",
    "Context",
    "Facts",
    "Field",
    "Predicate",
    "Query",
    "QueryError",
    "Reference",
    "Vocabulary",
    "compile_predicate",
    "complete",
    "hint",
    "parse",
    "reference",
    "renamed",
    "render",
    "resolve",
    "unfinished",
]


def __getattr__(name: str) -> Any:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{home}"), name)
