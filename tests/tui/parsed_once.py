"""The sheets of the interface parsed once a process: every test has an app of its own, and all have the same sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import textual.css.stylesheet as of_textual
from textual.css.model import RuleSet
from textual.css.tokenize import Token

Variables = tuple[tuple[str, tuple[str, ...]], ...]

_parse = of_textual.parse
_parsed: dict[tuple[Any, ...], list[RuleSet]] = {}
_known: list[tuple[Mapping[str, Sequence[Token]], Variables]] = []
"""The variables asked with last, and what they say; one stylesheet asks for all its sheets with the same ones."""


def _said(variables: Mapping[str, Sequence[Token]]) -> Variables:
    if not _known or _known[0][0] is not variables:
        said = tuple((name, tuple(token.value for token in tokens)) for name, tokens in variables.items())
        _known[:] = [(variables, said)]
    return _known[0][1]


def _parse_once(
    scope: str,
    css: str,
    read_from: tuple[str, str],
    *,
    variable_tokens: Mapping[str, Sequence[Token]],
    is_default_rules: bool,
    tie_breaker: int,
) -> list[RuleSet]:
    key = (scope, css, read_from, is_default_rules, tie_breaker, _said(variable_tokens))
    if key not in _parsed:
        options: dict[str, Any] = {"is_default_rules": is_default_rules, "tie_breaker": tie_breaker}
        _parsed[key] = list(_parse(scope, css, read_from, variable_tokens=variable_tokens, **options))
    return _parsed[key]


def parse_once() -> None:
    """Keep what is parsed for the next app. It stands where Textual's own function does, and takes what that takes."""
    of_textual.parse = _parse_once
