"""Public holidays by country and region (behaviour 3.1)."""

from __future__ import annotations

from datetime import date

import pytest

from casedesk.desk.holiday_dates import checked_country, checked_region, countries, public_holidays, regions_of
from casedesk.domain.business_time import Calendar, deadline, parse_hours
from casedesk.domain.errors import InvalidInput


def test_countries_are_offered_by_name() -> None:
    offered = {country.code: country.name for country in countries()}
    assert offered["DE"] == "Germany"
    assert offered["BA"] == "Bosnia and Herzegovina"
    assert offered["HK"] == "Hong Kong"
    names = [country.name for country in countries()]
    assert names == sorted(names)


def test_regions_are_offered_with_their_names() -> None:
    assert {region.code: region.name for region in regions_of("Germany")}["BY"] == "Bayern"
    assert regions_of("Vatican City") == ()


@pytest.mark.parametrize("text", ["DE", "de", "Germany", " germany "])
def test_a_country_is_known_by_code_or_name(text: str) -> None:
    assert checked_country(text) == "DE"


@pytest.mark.parametrize("text", ["BY", "by", "Bayern"])
def test_a_region_is_known_by_code_or_name(text: str) -> None:
    assert checked_region("de", text) == "BY"


def test_an_unknown_country_or_region_is_told_with_the_nearest() -> None:
    with pytest.raises(InvalidInput, match="There is no country “Germny”; did you mean Germany"):
        checked_country("Germny")
    with pytest.raises(InvalidInput, match="There is no region of GB “scottland”; did you mean Scotland"):
        public_holidays("GB", "scottland")
    with pytest.raises(InvalidInput, match="VA has no regions"):
        checked_region("VA", "north")
    with pytest.raises(InvalidInput, match="its code is such as DE"):
        checked_country("")


def test_a_region_has_holidays_of_its_own() -> None:
    epiphany = date(2026, 1, 6)
    assert public_holidays("DE", "Bayern")(2026)[epiphany] == "Epiphany"
    assert epiphany not in public_holidays("DE")(2026)


def test_names_are_english_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "th")
    assert public_holidays("GB")(2031)[date(2031, 12, 25)] == "Christmas Day"


def test_holidays_are_those_of_the_year_and_none_in_years_unknown() -> None:
    assert {day.year for day in public_holidays("US")(2022)} == {2022}
    assert public_holidays("US")(3) == {}


def test_a_calendar_leaves_public_holidays_out() -> None:
    calendar = Calendar("Europe/Berlin", parse_hours("mon-fri 09:00-17:00"), public_holidays=public_holidays("DE"))
    christmas_eve_four_pm, hour = 1_798_124_400, 3600
    assert deadline(calendar, christmas_eve_four_pm, 2 * hour) == christmas_eve_four_pm + (3 * 24 + 18) * hour


def test_holidays_are_named_in_the_language_asked_for_where_it_is_known() -> None:
    christmas = date(2026, 12, 25)
    assert public_holidays("DE", "", "de")(2026)[christmas] == "Erster Weihnachtstag"
    assert public_holidays("CH", "", "fr")(2026)[christmas] == "Noël"
    assert public_holidays("DE", "", "fi")(2026)[christmas] == "Christmas Day"
