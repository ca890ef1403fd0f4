"""What a set-up file may not be: each mistake is told with its place, and nothing is applied (X14)."""

from __future__ import annotations

from contextlib import suppress

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings, strategies as st

from casedesk.desk import Desk
from casedesk.desk.set_up import SetUpMistakes
from casedesk.desk.set_up.parts import PARTS
from casedesk.domain.errors import CasedeskError, NotPermitted


def _mistakes(desk: Desk, text: str) -> list[tuple[int | None, str, str]]:
    before = desk.set_up.export()
    with pytest.raises(SetUpMistakes) as raised:
        desk.set_up.apply(text)
    assert desk.set_up.export() == before
    return [(each.line, each.place, each.sentence) for each in raised.value.mistakes]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "is no set-up"),
        ("[topics]\nnames = []\n", None, "is no set-up"),
        ("format = 2\n", 1, "a newer casedesk wrote it"),
        ('format = "1"\n', 1, "reads the format 1"),
        ("format = true\n", 1, "reads the format 1"),
        ("format = 1\n[topics\n", 2, "is no TOML"),
        ("format = 1\nformat = 1\n", 2, "is no TOML"),
        ('format = 1\nname = "x', 2, "is no TOML"),
        (f"format = 1\nx = {'[' * 20_000}", None, "nested too deeply"),
        (f"format = 1\nx = {'9' * 5_000}\n", None, "a number that is too large"),
        ("format = 1\n#" + "x" * 2_100_000, None, "2,000,000 at most"),
        ('format = 1\n\n[topcis]\nnames = ["A"]\n', 3, "did you mean topics?"),
    ],
)
def test_a_file_that_is_no_set_up_is_refused(desk: Desk, text: str, line: int | None, words: str) -> None:
    ((found, _place, sentence),) = _mistakes(desk, text)
    assert found == line
    assert words in sentence


_POLICY = '[[policies]]\nname = "P"\ndefault = true\ncalendar = "Nights"'
_CALENDAR = '[[calendars]]\nname = "Extra"\nzone = "UTC"\nhours = "mon 09:00-12:00'
_PLAN = '[[plans]]\nname = "P"\nactions = [{ name = "A", '
_ACTION = "plans[1].actions[1]"
_ANA = '[[users]]\nlogin = "ana"\nrole = "administrator"'
_ROLE = "[[roles]]\nrights = []\nname = "
_RULE = '[[rules]]\nname = "R"\ncondition = '


@pytest.mark.parametrize(
    ("table", "place", "words"),
    [
        ("topics = 3", "topics", "has to be a table, not a number"),
        ('[topics]\nnames = "A"', "topics.names", "a list in brackets, not a text"),
        ('[topics]\nnames = ["A", 2]', "topics.names[2]", "a text in quotes, not a number"),
        ('[topics]\nname = ["A"]', "topics.name", "did you mean names?"),
        ('[topics]\nnames = ["A", " a "]', "topics.names[2]", "is there twice"),
        ('[topics]\nnames = ["A"]\nretired = ["a"]', "topics.retired[1]", "is there twice"),
        ('[topics]\nnames = ["none"]', "topics.names[1]", "stands for no topic"),
        ("[priorities]\nnames = []", "priorities", "the last priority"),
        ('[settings]\nzone = "Europe/Berln"', "settings.zone", "Europe/Berlin"),
        ("[settings]\nzone = 3", "settings.zone", "a text in quotes"),
        ("[settings]\nreopen_window_days = true", "settings.reopen_window_days", "a whole number"),
        ("[settings]\nreopen_window_days = -1", "settings.reopen_window_days", "from 0 to 3,660"),
        ("[settings]\nnmae = 'x'", "settings.nmae", "did you mean name?"),
        ("teams = [3]", "teams[1]", "has to be a table"),
        ("[[teams]]\nmembers = []", "teams[1]", "“name” is missing"),
        ('[[teams]]\nname = "N"\nmembers = ["bne"]', "teams[1]", "ben"),
        ('[[statuses]]\nname = "x"\nstate = "opne"', "statuses[1]", "new, open, pending or closed"),
        ('[[policies]]\nname = "P"\ncalendar = "Business hours"', "policies", "has to be the default"),
        (
            f'{_POLICY}\ntargets = [{{ kind = "resolution", time = "4 parsecs" }}]',
            "policies[1].targets[1].time",
            "isn't a duration",
        ),
        (
            _POLICY,
            "policies[1].calendar",
            "no calendar “Nights”",
        ),
        (
            f'{_CALENDAR}"\ndates = [{{ date = "2026-12-24" }}]',
            "calendars[1].dates[1].date",
            "has to be a date",
        ),
        (
            f'{_CALENDAR}; mon 11:00-13:00"',
            "calendars[1].hours",
            "overlap",
        ),
        (f"{_PLAN}statuses = [{{ name = 1 }}] }}]", f"{_ACTION}.statuses[1].name", "a text"),
        (f'{_PLAN}shared_with = "Q" }}]', _ACTION, "has no action “A”"),
        (f'{_PLAN}closes_plan = "maybe" }}]', _ACTION, "maybe"),
        ('[[campaigns]]\nname = "C"\nplan = "Nothing"', "campaigns[1]", "no plan “Nothing”"),
        (f'{_RULE}"npss<3"\neffects = [{{ tag = "x" }}]', "rules[1]", "nps"),
        (
            f'{_RULE}"nps<3"\neffects = [{{ open_ticket = true }}, {{ topic = "Mars" }}]',
            "rules[1].effects[2]",
            "Mars",
        ),
        ('[[views]]\nname = "V"\ncolumns = ["titel"]', "views[1]", "title"),
        ('[[views]]\nname = "V"\nquery = "topic:Mars"', "views[1]", "Mars"),
        ('[[macros]]\nname = "M"\nsteps = [{ status = "asleep" }]', "macros[1]", "asleep"),
        ('[[dashboards]]\nowner = "zed"\nname = "D"\nusers = ["ben"]', "dashboards[1].owner", "no user “zed”"),
        ('[[dashboards]]\nowner = "ben"\nname = "D"', "dashboards[1]", "Nobody shares"),
        (
            '[[dashboards]]\nowner = "ben"\nname = "D"\nusers = ["ana"]\nwidgets = [{ kind = "view", view = "Nope" }]',
            "dashboards[1].widgets[1].view",
            "no shared view",
        ),
        ('[[mappings]]\nname = "M"\ndefinition = { kind = "cats" }', "mappings[1].definition", "cats"),
        (f'{_ANA}\n[[users]]\nlogin = "zed"\nrole = "boss"', "users[2]", "boss"),
        ('[[users]]\nlogin = "ana"\nrole = "agent"', "users[1].role", "the last who may"),
        (f"{_ANA}\nactive = false", "users[1].active", "the last who may"),
        (f'{_ROLE}"agent"\n{_ROLE}"supervisor"', "roles", "ana has the role"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(desk: Desk, table: str, place: str, words: str) -> None:
    found = _mistakes(desk, f"format = 1\n{table}\n")
    assert [words in sentence for _line, where, sentence in found if where == place] == [True], found


def test_all_mistakes_of_a_file_are_told_at_once_with_their_lines(desk: Desk) -> None:
    text = """format = 1

[topics]
names = [
    "Good",
    "Bad\\u0007",  # no name
]

[[plans]]
name = "P"
exit_states = ["a", "A"]

[[plans]]
name = "Q"

[[plans.actions]]
name = "Call"
statuses = [
    { name = "Reached" },
    { name = "Reached" },
]
"""
    assert [(line, place) for line, place, _sentence in _mistakes(desk, text)] == [
        (6, "topics.names[2]"),
        (9, "plans[1]"),
        (16, "plans[2].actions[1]"),
    ]


def test_what_tickets_need_is_kept_and_what_rules_give_is_not_taken_from_them(desk: Desk) -> None:
    desk.tickets.new("Parcel", "low", topic="Billing")
    outcome = desk.set_up.apply('format = 1\n[topics]\nnames = ["Product"]\n')
    assert outcome.act_id is not None
    retired = [entry.name for entry in desk.lists.entries("topics", retired=True) if entry.retired]
    assert retired == ["Billing"]
    assert desk.tickets.show(1).line.topic == "Billing"
    ((_line, place, sentence),) = _mistakes(desk, "format = 1\n[tags]\nnames = []\n")
    assert place == "tags"
    assert "The rule “Detractors” gives the tag “detractor”" in sentence


def test_whoever_takes_a_file_in_that_does_not_name_them_stays(desk: Desk) -> None:
    outcome = desk.set_up.apply('format = 1\n[[users]]\nlogin = "zoe"\nrole = "administrator"\n')
    assert outcome.notes == ("You (ana) aren't in the file and stay as you are.",)
    assert [(user.login, user.role) for user in desk.team.users()] == [
        ("ana", "administrator"),
        ("zoe", "administrator"),
    ]


def test_administrators_can_change_places(desk: Desk) -> None:
    text = 'format = 1\n[[users]]\nlogin = "ana"\nrole = "agent"\n[[users]]\nlogin = "ben"\nrole = "administrator"\n'
    desk.set_up.apply(text)
    assert {user.login: user.role for user in desk.team.users() if user.active} == {
        "ana": "agent",
        "ben": "administrator",
    }


def test_it_is_for_those_who_may_configure_and_people_for_those_who_may_change_them(desk: Desk, ben: Desk) -> None:
    text = desk.set_up.export()
    for refused in (ben.set_up.export, lambda: ben.set_up.difference(text), lambda: ben.set_up.apply(text)):
        with pytest.raises(NotPermitted):
            refused()
    desk.roles.grant("agent", "configure")
    ben = desk.as_user("ben")
    text = ben.set_up.export()
    assert ben.set_up.apply(text).act_id is None
    with pytest.raises(NotPermitted):
        ben.set_up.apply(text.replace('login = "carla"', 'login = "clara"'))


_VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-5, 10**12), st.text(max_size=8), st.floats(allow_nan=False), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["name", "names", "login", "role", "rights", "members", "state", "effects", "steps", "date"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["nonsense", *(part.key for part in PARTS)]),
        _VALUES,
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_it_is_a_difference_or_told_mistakes(desk: Desk, values: dict[str, object]) -> None:
    before = desk.set_up.export()
    with suppress(CasedeskError):  # anything else would be a mistake of the program
        desk.set_up.difference(tomli_w.dumps({"format": 1, **values}))
    assert desk.set_up.export() == before


def test_a_table_that_takes_away_what_another_names_is_refused(desk: Desk) -> None:
    (plan,) = desk.plans.list()
    desk.campaigns.add("Spring", plan=plan.name)
    before = desk.set_up.export()
    with pytest.raises(SetUpMistakes, match=r"campaigns\[1\]\.plan: There is no plan"):
        desk.set_up.apply(f'format = 1\nplans = []\ncampaigns = [{{ name = "Spring", plan = "{plan.name}" }}]\n')
    assert desk.set_up.export() == before
