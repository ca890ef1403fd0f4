"""Public holidays by country and region, from the `holidays` library (behaviour 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial

from casedesk.desk.matching import closest
from casedesk.domain.errors import InvalidInput

_SMALL_WORDS = frozenset(("and", "of", "the", "da"))
_OWN_SPELLING = {"Guinea Bissau": "Guinea-Bissau", "Hongkong": "Hong Kong", "Timor Leste": "Timor-Leste"}
_OTHERWISE = "en_US"
"""The language of the holidays' names, where the library has none in the language wanted."""


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country with holidays of its own: the library's code, and a name where it knows one."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country whose public holidays are known: ISO 3166 code and English name."""

    code: str
    name: str


@cache
def countries() -> tuple[Country, ...]:
    """The countries on offer, by name."""
    from holidays.registry import COUNTRIES

    found = (Country(codes[1], _country_name(module)) for module, codes in COUNTRIES.items())
    return tuple(sorted(found, key=lambda country: country.name))


def regions_of(country: str) -> tuple[Region, ...]:
    """The regions of a country, by its code or name, that have holidays of their own. Raises InvalidInput."""
    return _regions(checked_country(country))


def checked_country(text: str) -> str:
    """The code of a country given by its code or name, in any case. Raises InvalidInput with the nearest names."""
    known = {entry: country.code for country in countries() for entry in (country.code, country.name)}
    return _checked(text, known, "country", "its code is such as DE, its name such as Germany.")


def checked_region(country: str, text: str) -> str:
    """The code of a region given by its code or name, in any case. Raises InvalidInput with the nearest names."""
    code = checked_country(country)
    offered = _regions(code)
    known = {entry: region.code for region in offered for entry in (region.code, region.name)}
    hint = f"it is one of {', '.join(region.code for region in offered)}." if known else f"{code} has no regions."
    return _checked(text, known, f"region of {code}", hint)


def public_holidays(country: str, region: str = "", language: str = "en") -> Callable[[int], Mapping[date, str]]:
    """What gives the public holidays of a year, by date with their names: a calendar's `public_holidays`.

    The names are in `language` (ISO 639) where the library knows them in it, else in English. Years that it doesn't
    know have none. Raises InvalidInput for an unknown country or region.
    """
    code = checked_country(country)
    return partial(_holidays_of, code, checked_region(code, region) if region else None, language)


@cache
def _regions(country: str) -> tuple[Region, ...]:
    import holidays

    known = holidays.country_holidays(country)
    names: dict[str, str] = {}
    for name, region in known.subdivisions_aliases.items():
        names.setdefault(region, name)
    found = (Region(region, names.get(region, region)) for region in known.subdivisions)
    return tuple(sorted(found, key=lambda region: region.name))


@lru_cache(maxsize=512)
def _holidays_of(country: str, region: str | None, language: str, year: int) -> Mapping[date, str]:
    import holidays

    # A language always: without one the names would depend on the locale of whoever runs the program.
    known = holidays.country_holidays(country).supported_languages
    dialects = [name for name in known if name.startswith(f"{language}_")]
    found_in = [name for name in (language, *([] if language == "en" else dialects), _OTHERWISE) if name in known]
    found = holidays.country_holidays(
        country, subdiv=region, years=year, language=next(iter(found_in), None), expand=False
    )
    return {day: name for day, name in sorted(found.items()) if day.year == year}


def _checked(text: str, known: Mapping[str, str], what: str, otherwise: str) -> str:
    by_fold = {entry.casefold(): code for entry, code in known.items()}
    wanted = " ".join(text.split())
    if (code := by_fold.get(wanted.casefold())) is not None:
        return code
    near = closest(wanted, known)
    raise InvalidInput(f"There is no {what} “{text}”; " + (f"did you mean {' or '.join(near)}?" if near else otherwise))


def _country_name(module: str) -> str:
    """`bosnia_and_herzegovina` → Bosnia and Herzegovina."""
    words = module.split("_")
    name = " ".join("DR" if word == "dr" else word if word in _SMALL_WORDS else word.capitalize() for word in words)
    return _OWN_SPELLING.get(name, name)
