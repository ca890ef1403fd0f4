"""`desk.views`: saving, checking, ordering, sharing and taking back views, and what they list (S5, X1)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import delete

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.values import View, ViewColumn
from casedesk.desk.view_columns import FIELD_COLUMNS
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted, Unchanged
from casedesk.domain.query import FIELDS, QueryError
from casedesk.domain.query.fields import Kind
from tests.conftest import NOON, Clock


@pytest.fixture
def survey(desk: Desk, clock: Clock, tmp_path: Path) -> Desk:
    """Three answers of the campaign `spring`: Rosa's 2 and Ken's 3 open tickets 1 and 2, Eve's 9 none."""
    file = tmp_path / "spring.csv"
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(
            [
                ("id", "email", "name", "nps", "comment", "May we contact you?", "answered_at"),
                ("r1", "rosa@acme.example", "Rosa", "2", "Three weeks", "Yes, please", "2026-01-20 10:00"),
                ("r2", "ken@example.com", "Ken", "3", "Rude", "No", "2026-01-21 10:00"),
                ("r3", "eve@example.com", "Eve", "9", "Fast", "", "2026-01-22 10:00"),
            ]
        )
    desk.imports.run(file, campaign="spring")
    with desk.store.write() as session:
        for contact, region in ((1, "North"), (2, "South"), (3, "North")):
            session.add(model.ContactVariable(contact_id=contact, name="Region", value=region))
    clock.tick(3600)
    return desk


def names(desk: Desk) -> list[str]:
    return [view.name for view in desk.views.list()]


def column_names(view: View) -> list[str]:
    return [column.name for column in view.columns]


def cells(desk: Desk, columns: str, ids: list[int], scope: str = "tickets") -> list[tuple[object, ...]]:
    named = desk.views.columns_named(columns.split(","))
    return [row.cells for row in desk.views.rows(named, ids, scope)]


# -- saving -----------------------------------------------------------------------------------------------------------


def test_a_view_keeps_its_query_campaign_columns_and_switch(survey: Desk) -> None:
    outcome = survey.views.add(
        " North  first ",
        query="contact.region:North sort:score",
        campaign="SPRING",
        columns=["number:6", "answer.may_we_contact_you", ViewColumn("contact.region", 12)],
        allow_actions=True,
    )
    assert outcome.summary == "view “North first” saved"
    view = survey.views.show("north FIRST")
    assert (view.name, view.scope, view.owner, view.campaign) == ("North first", "tickets", "ana", "spring")
    assert [(column.name, column.width, column.title) for column in view.columns] == [
        ("number", 6, "#"),
        ("answer.may_we_contact_you", 0, "May we contact you?"),
        ("contact.Region", 12, "Region"),
    ]
    assert view.allow_actions
    assert view.problems == ()
    assert list(survey.views.stream(view)) == [[1]]
    assert survey.views.count(view) == 1


def test_without_columns_a_view_gets_the_usual_ones_of_its_scope(survey: Desk) -> None:
    survey.views.add("Tickets")
    survey.views.add("Answers", scope="responses")
    assert column_names(survey.views.show("Tickets")) == ["number", "title", "contact", "owner", "score", "age"]
    assert column_names(survey.views.show("Answers"))[:3] == ["answered", "score", "comment"]


def test_a_question_is_named_by_its_wording_and_a_field_by_an_alias(survey: Desk) -> None:
    survey.views.add("Named", columns=["answer.May we contact you?", "assignee", "created_at:16"])
    assert column_names(survey.views.show("Named")) == ["answer.may_we_contact_you", "owner", "created"]


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (["scor"], "There is no column scor; did you mean score"),
        (["answer.may_we_contact"], "There is no column answer.may_we_contact; did you mean answer.may_we_contact_you"),
        (["contact.regoin"], "There is no column contact.regoin; did you mean contact.Region?"),
        (["account.size"], "There is no column account.size; the desk has no account.NAME like it."),
        (["score", "score:4"], "The column score is there twice."),
        (["score:201"], "A column is 1 to 200 cells wide, or 0 for its usual width."),
        (["score:wide"], "There is no column score:wide; did you mean"),
    ],
)
def test_a_column_that_cannot_be_is_refused_with_the_nearest(survey: Desk, columns: list[str], sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        survey.views.add("Wrong", columns=columns)
    assert caught.value.sentence.startswith(sentence)
    assert names(survey) == []


def test_a_query_with_a_mistake_an_unknown_campaign_or_scope_is_refused(survey: Desk) -> None:
    with pytest.raises(QueryError):
        survey.views.add("Wrong", query="statu:open")
    with pytest.raises(InvalidInput, match="did you mean spring"):
        survey.views.add("Wrong", campaign="sprin")
    with pytest.raises(InvalidInput, match="not of “people”"):
        survey.views.add("Wrong", scope="people")
    with pytest.raises(InvalidInput, match="1 to 100 printable characters"):
        survey.views.add("  ")


def test_a_name_is_there_once_among_those_that_a_user_sees(desk: Desk, ben: Desk) -> None:
    ben.views.add("mine", query="is:new")
    desk.views.add("Mine")
    desk.views.add("Ours", shared=True)
    for name, shared in (("MINE", False), ("Mine", True)):
        with pytest.raises(InvalidInput, match=r"There is a view of yours “Mine” already\."):
            desk.views.add(name, shared=shared)
    with pytest.raises(InvalidInput, match=r"There is a shared view “Ours” already\."):
        desk.views.add("ours")
    with pytest.raises(InvalidInput, match=r"There is a shared view “Ours” already\."):
        desk.views.change("Mine", new_name="OURS")
    with pytest.raises(InvalidInput, match=r"There is a view of yours “Mine” already\."):
        desk.views.change("Ours", new_name="Mine")
    desk.views.change("Mine", new_name="MINE", query="")
    desk.views.change("MINE", new_name="Mine")
    assert desk.views.show("mine").query == ""
    assert [(view.name, view.owner) for view in ben.views.list()] == [("mine", "ben"), ("Ours", None)]


# -- columns ----------------------------------------------------------------------------------------------------------


def test_every_field_that_has_a_value_is_a_column() -> None:
    of_timers = {"first_response", "next_reply", "breach"}  # a ticket may have several, each with its day
    shown_as_due = {"deadline"}
    without_value = {field.name for field in FIELDS if field.kind is Kind.DAY} | {"answer"} | of_timers | shown_as_due
    assert {field.name for field in FIELDS} - without_value <= set(FIELD_COLUMNS)


def test_every_column_can_be_read_of_tickets_and_of_responses(survey: Desk) -> None:
    offered = survey.views.offered_columns()
    assert {"number", "answer.nps", "contact.Region"} <= {column.name for column in offered}
    assert all(column.about and column.title for column in offered)
    [ticket] = survey.views.rows(offered, [1])
    [response] = survey.views.rows(offered, [1], "responses")
    both = dict(zip((column.name for column in offered), zip(ticket.cells, response.cells, strict=True), strict=True))
    assert {name for name, (of_ticket, of_response) in both.items() if of_ticket != of_response} == set()


def test_cells_of_tickets_come_in_the_order_asked_for(survey: Desk, clock: Clock) -> None:
    survey.tickets.tag([2], add=["late", "angry"])
    survey.tickets.assign([2], "ben")
    clock.tick(7200)
    asked = "number,answer.may_we_contact_you,contact.region,tag,owner,email,age,breached,score"
    assert cells(survey, asked, [2, 99, 1]) == [
        (2, "No", "South", "angry, detractor, late", "ben", "ken@example.com", 10_800, False, 3.0),
        (1, "Yes, please", "North", "detractor", None, "rosa@acme.example", 10_800, False, 2.0),
    ]


def test_cells_of_a_response_without_a_ticket(survey: Desk) -> None:
    columns = survey.views.columns_named(["comment", "number", "answered", "nps"])
    [row] = survey.views.rows(columns, [3], "responses")
    assert (row.id, row.ticket) == (3, None)
    assert row.cells == ("Fast", None, datetime(2026, 1, 22, 10, 0, tzinfo=UTC), 9.0)


def test_the_target_says_how_a_ticket_stands_to_it(survey: Desk, clock: Clock) -> None:
    for word in ("running", "overdue"):
        expected = [(word,) if number in survey.tickets.numbers(f"sla:{word}") else (None,) for number in (1, 2)]
        assert [found if found == (word,) else (None,) for found in cells(survey, "sla", [1, 2])] == expected
        clock.tick(90 * 86_400)


def test_texts_are_cut_for_a_screen(survey: Desk) -> None:
    [column] = survey.views.columns_named(["comment"])
    assert [row.cells for row in survey.views.rows([column], [1], longest=5)] == [("Three",)]


def test_who_may_not_see_contacts_sees_no_addresses_nor_variables(survey: Desk) -> None:
    with survey.store.write() as session:
        role = session.get(model.Role, 1)
        assert role is not None
        role.rights = [right for right in role.rights if right != "contacts.view"]
    limited = [user for user in ("ana", "ben", "carla") if not survey.as_user(user).can("contacts.view")]
    desk = survey.as_user(limited[0])
    assert cells(desk, "contact,email,phone,contact.region", [1]) == [("Rosa", None, None, None)]


# -- what is gone -----------------------------------------------------------------------------------------------------


def test_a_view_whose_column_is_gone_says_so_and_shows_the_rest(survey: Desk) -> None:
    survey.views.add("North", query="contact.region:North", columns=["number", "contact.region", "answer.nps"])
    with survey.store.write() as session:
        session.exec(delete(model.ContactVariable))
    view = survey.views.show("North")
    assert [column.name for column in view.shown_columns] == ["number", "answer.nps"]
    assert "The column contact.Region is gone." in view.problems
    assert survey.views.rows(view.columns, [1])[0].cells == (1, None, "2")
    survey.views.change(view, columns=[*view.columns, "score"])
    assert column_names(survey.views.show("North")) == ["number", "contact.Region", "answer.nps", "score"]


def test_a_view_whose_campaign_is_retired_or_whose_query_broke_says_so(survey: Desk) -> None:
    survey.views.add("Spring", query="tag:detractor", campaign="spring")
    with survey.store.write() as session:
        campaign = session.get(model.Campaign, 1)
        row = session.get(model.View, 1)
        assert campaign is not None
        assert row is not None
        campaign.retired = True
        row.query = "tag:nowhere"
    view = survey.views.show("Spring")
    assert view.broken
    assert view.problems[0].startswith("Its query can't be read: Unknown tag")
    assert view.problems[1] == "Its campaign “spring” is retired."
    with pytest.raises(InvalidInput, match=r"The view “Spring” can't be shown\. Its query can't be read"):
        survey.views.count("Spring")
    survey.views.change("Spring", query="")
    assert survey.views.count("Spring") == 2


def test_views_follow_what_gets_another_name(survey: Desk) -> None:
    survey.views.add("Angry", query="tag:detractor sort:-created")
    ben = survey.as_user("ben")
    ben.views.add("Bens", query="-tag:detractor")
    outcome = survey.lists.rename("tags", "detractor", "unhappy")
    assert survey.views.show("Angry").query == "tag:unhappy sort:-created"
    assert ben.views.show("Bens").query == "-tag:unhappy"
    assert outcome.summary.endswith("view “Angry” follows")
    survey.acts.undo()
    assert survey.views.show("Angry").query == "tag:detractor sort:-created"


# -- changing, sharing, moving ----------------------------------------------------------------------------------------


def test_change_touches_what_is_given_and_leaves_the_rest(survey: Desk) -> None:
    survey.views.add("One", query="is:open", campaign="spring", columns=["number"])
    survey.views.change("One", new_name="Two", allow_actions=True)
    view = survey.views.show("Two")
    assert (view.query, view.campaign, column_names(view), view.allow_actions) == (
        "is:open",
        "spring",
        ["number"],
        True,
    )
    survey.views.change(view, campaign="", columns=[], query="")
    view = survey.views.show("Two")
    assert (view.query, view.campaign, view.whole_query) == ("", None, "")
    assert column_names(view)[0:2] == ["number", "title"]
    with pytest.raises(Unchanged):
        survey.views.change("Two", new_name="Two")


def test_a_change_of_a_view_that_somebody_changed_meanwhile_is_a_conflict(desk: Desk) -> None:
    desk.views.add("Shared", shared=True)
    seen = desk.views.show("Shared")
    carla = desk.as_user("carla")
    carla.views.change("Shared", query="is:open")
    with pytest.raises(Conflict, match="has changed since you saw it"):
        desk.views.change(seen, new_name="Other")
    carla.views.delete("Shared")
    with pytest.raises(NotFound, match=r"The view “Shared” is gone\."):
        desk.views.delete(seen)


def test_sharing_is_a_right_of_its_own(desk: Desk, ben: Desk) -> None:
    ben.views.add("Mine")
    own: list[Callable[[], object]] = [
        lambda: ben.views.share("Mine"),
        lambda: ben.views.add("Ours", shared=True),
        lambda: ben.views.copy("Mine", shared=True),
    ]
    for refused in own:
        with pytest.raises(NotPermitted, match="ben may not share views"):
            refused()
    desk.views.add("Ours", shared=True)
    shared: list[Callable[[], object]] = [
        lambda: ben.views.change("Ours", new_name="Theirs"),
        lambda: ben.views.delete("Ours"),
        lambda: ben.views.move("Ours", 2),
        lambda: ben.views.share("Ours", shared=False),
    ]
    for refused in shared:
        with pytest.raises(NotPermitted, match="ben may not share views and dashboards"):
            refused()
    ben.views.copy("Ours")
    assert [(view.name, view.shared) for view in ben.views.list()] == [
        ("Mine", False), ("Ours 2", False), ("Ours", True),
    ]  # fmt: skip
    assert names(desk) == ["Ours"]


def test_a_shared_view_is_everybodys_until_it_is_made_personal(desk: Desk, ben: Desk) -> None:
    desk.views.add("Ours")
    assert desk.views.share("Ours").summary == "view “Ours” shared"
    assert names(ben) == ["Ours"]
    with pytest.raises(Unchanged):
        desk.views.share("Ours")
    desk.views.share("Ours", shared=False)
    assert names(ben) == []
    desk.acts.undo()
    assert names(ben) == ["Ours"]


def test_copies_take_a_free_name(desk: Desk) -> None:
    desk.views.add("Mine", query="is:open", columns=["number", "score:9"])
    desk.views.copy("Mine")
    desk.views.copy("Mine")
    desk.views.copy("Mine", "Other")
    assert names(desk) == ["Mine", "Mine 2", "Mine 3", "Other"]
    assert [(column.name, column.width) for column in desk.views.show("Other").columns] == [("number", 0), ("score", 9)]


def test_moving_orders_own_and_shared_views_apart(desk: Desk) -> None:
    for name in ("A", "B", "C"):
        desk.views.add(name)
        desk.views.add(f"{name} shared", shared=True)
    desk.views.move("C", 1)
    desk.views.move("A shared", 99)
    assert names(desk) == ["C", "A", "B", "B shared", "C shared", "A shared"]
    desk.acts.undo()
    assert names(desk)[3:] == ["A shared", "B shared", "C shared"]
    with pytest.raises(Unchanged):
        desk.views.move("C", 1)


def test_deleting_is_taken_back_and_done_again(desk: Desk) -> None:
    desk.views.add("Mine", query="is:open", columns=["number", "score:9"], allow_actions=True)
    before = desk.views.show("Mine")
    assert desk.views.delete("Mine").summary == "view “Mine” deleted"
    assert names(desk) == []
    desk.acts.undo()
    assert desk.views.show("Mine") == before
    desk.acts.redo()
    assert names(desk) == []


def test_saving_and_changing_are_taken_back(desk: Desk) -> None:
    desk.views.add("Mine")
    desk.views.change("Mine", new_name="Other", query="is:open")
    desk.acts.undo()
    assert desk.views.show("Mine").query == ""
    desk.acts.redo()
    assert names(desk) == ["Other"]
    desk.acts.undo()
    desk.acts.undo()
    assert names(desk) == []


def test_an_undo_makes_no_second_view_of_a_name(desk: Desk) -> None:
    desk.views.add("Mine")
    deleted = desk.views.delete("Mine")
    desk.views.add("Mine")
    with pytest.raises(Conflict, match="There is another view “Mine” by now"):
        desk.acts.undo(deleted.act_id)
    assert names(desk) == ["Mine"]


def test_an_unknown_view_is_answered_with_the_nearest(desk: Desk, ben: Desk) -> None:
    with pytest.raises(NotFound, match=r"There is no view “Mine”; there is none yet\."):
        desk.views.show("Mine")
    desk.views.add("Detractors")
    with pytest.raises(NotFound, match=r"did you mean Detractors\?"):
        desk.views.show("detractor")
    with pytest.raises(NotFound):
        ben.views.show("Detractors")
    with pytest.raises(NotFound, match=r"The view is gone\."):
        ben.views.show(desk.views.show("Detractors").id)


# -- listing ----------------------------------------------------------------------------------------------------------


def test_a_view_of_responses_lists_those_with_and_without_a_ticket(survey: Desk) -> None:
    survey.views.add("All", scope="responses", campaign="spring")
    survey.views.add("North", scope="responses", query="contact.region:North OR nps:3")
    assert list(survey.views.stream("All")) == [[3, 2, 1]]
    assert survey.views.count("All") == 3
    assert survey.views.count("North") == 3
    assert [view.name for view in survey.views.list("tickets")] == []


def test_the_campaign_limits_every_half_of_a_query(survey: Desk) -> None:
    survey.tickets.new("By hand", "low")
    survey.views.add("Either", query="is:new OR is:open", campaign="spring")
    assert sorted(survey.tickets.numbers("is:new OR is:open")) == [1, 2, 3]
    assert sorted(next(survey.views.stream("Either"))) == [1, 2]


def test_the_order_of_a_view_is_that_of_its_query(survey: Desk) -> None:
    survey.views.add("Worst", query="sort:score", campaign="spring")
    survey.views.add("Best", query="is:new sort:-score")
    assert next(survey.views.stream("Worst")) == [1, 2]
    assert next(survey.views.stream("Best")) == [2, 1]


def test_the_age_counts_from_the_opening_to_now(survey: Desk, clock: Clock) -> None:
    clock.tick(NOON + 86_400 - clock())
    [(age,)] = cells(survey, "age", [1])
    assert age == survey.seconds() - int(survey.tickets.show(1).line.created_at.timestamp())
