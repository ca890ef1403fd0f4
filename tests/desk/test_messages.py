"""Messages logged by hand, and what a message does to its ticket (behaviour 1.2, 1.4 and 1.6)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.desk.doctor import examine
from casedesk.desk.messages import MESSAGE_LENGTH, reply_title
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted
from tests.conftest import Clock
from tests.desk.related_desk import related_of, without

HOUR, DAY = 3600, 86_400


def instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def told(desk: Desk, number: int, kind: str) -> list[tuple[str, str]]:
    """What the feed says of one kind, and why, the newest first."""
    return [(entry.text, entry.cause) for entry in desk.tickets.feed(number) if entry.kind == kind]


def state(desk: Desk, number: int) -> str:
    return desk.tickets.show(number).line.state


@pytest.fixture
def lamp(desk: Desk, people: None) -> int:
    """Rosa's ticket, new."""
    return desk.tickets.new("Late lamp", "high", contact="Rosa").done[0]


@pytest.fixture
def closed(desk: Desk, lamp: int, clock: Clock) -> int:
    """Rosa's ticket, closed an hour after it opened, and an hour ago."""
    clock.tick(HOUR)
    desk.tickets.close(lamp, "Resolved")
    clock.tick(HOUR)
    return lamp


# -- what is kept


def test_a_message_to_the_customer_is_kept_with_its_author(desk: Desk, lamp: int, clock: Clock) -> None:
    clock.tick(HOUR)
    outcome = desk.tickets.log_message(lamp, "\n Dear Rosa,\n\n  a new one \n", direction="out", channel="phone")
    assert (outcome.name, outcome.summary, outcome.done) == ("message", "message → phone · #1", (1,))
    (message,) = desk.tickets.show(lamp).messages
    assert (message.direction, message.channel, message.author, message.automatic) == ("out", "phone", "ana", False)
    assert (message.at, message.body) == (desk.now(), "Dear Rosa,\n\n  a new one")


def test_the_customers_message_has_no_author(desk: Desk, lamp: int) -> None:
    desk.tickets.log_message(lamp, "Where is it?", direction="in")
    (message,) = desk.tickets.show(lamp).messages
    assert (message.direction, message.channel, message.author) == ("in", "other", None)


def test_the_feed_has_the_whole_message_under_its_way(desk: Desk, lamp: int) -> None:
    body = "Where is it?\n" + "I wait and wait. " * 20
    desk.tickets.log_message(lamp, body, direction="in", channel="e-mail", automatic=True)
    entry = desk.tickets.feed(lamp)[0]
    assert (entry.kind, entry.heading, entry.body) == ("message", "← e-mail, automatic", body.strip())
    assert entry.text.startswith("message: ← e-mail, automatic: Where is it? I wait and")
    assert entry.text.endswith("…")


def test_a_conversation_is_in_the_order_in_which_it_was_written(desk: Desk, lamp: int, clock: Clock) -> None:
    clock.tick(DAY)
    desk.tickets.log_message(lamp, "second", direction="out")
    desk.tickets.log_message(lamp, "first", direction="in", at=instant(clock() - HOUR))
    assert [message.body for message in desk.tickets.show(lamp).messages] == ["first", "second"]


@pytest.mark.parametrize("channel", ["phone", "email", "chat", "letter", "in person", "other", "In-Person", "E-Mail"])
def test_every_channel_is_taken_however_it_is_written(desk: Desk, lamp: int, channel: str) -> None:
    desk.tickets.log_message(lamp, "x", direction="out", channel=channel)
    (message,) = desk.tickets.show(lamp).messages
    assert message.channel == channel.lower().replace("in-", "in ").replace("e-", "e")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"body": " \n"}, "The message is empty."),
        ({"body": "x" * (MESSAGE_LENGTH + 1)}, "The message has 100,001 characters; 100,000 are allowed."),
        ({"channel": "phon"}, "There is no channel “phon” for a message; did you mean phone?"),
        ({"channel": "fax"}, "There is no channel “fax” for a message; there is phone, email, chat, letter, "
                             "in person, other."),
        ({"direction": "sideways"}, "There is no direction “sideways” for a message; there is out, in."),
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused(desk: Desk, lamp: int, given: dict[str, str], said: str) -> None:
    with pytest.raises(InvalidInput) as error:
        desk.tickets.log_message(lamp, **{"body": "x", "direction": "out", **given})
    assert error.value.sentence == said


def test_a_message_from_the_future_is_refused(desk: Desk, lamp: int, clock: Clock) -> None:
    with pytest.raises(InvalidInput, match="can't have been written in the future"):
        desk.tickets.log_message(lamp, "x", direction="out", at=instant(clock() + 1))


def test_a_message_older_than_its_ticket_is_refused(desk: Desk, lamp: int, clock: Clock) -> None:
    with pytest.raises(InvalidInput, match="#1 was opened after that"):
        desk.tickets.log_message(lamp, "x", direction="out", at=instant(clock() - 60))


def test_the_minute_in_which_the_ticket_opened_counts_as_a_whole(desk: Desk, lamp: int, clock: Clock) -> None:
    desk.tickets.log_message(lamp, "x", direction="out", at=instant(clock() - 59))
    assert desk.tickets.show(lamp).messages[0].at == desk.now()


def test_messages_always_get_in(desk: Desk, lamp: int) -> None:
    desk.tickets.tag(lamp, add=["late"])
    assert desk.tickets.log_message(lamp, "x", direction="out", versions={lamp: 1}).done == (lamp,)


def test_a_message_is_taken_back_and_done_again(desk: Desk, lamp: int) -> None:
    desk.tickets.log_message(lamp, "x", direction="out")
    before = desk.tickets.show(lamp).messages
    desk.acts.undo()
    assert (desk.tickets.show(lamp).messages, state(desk, lamp)) == ((), "new")
    desk.acts.redo()
    assert (desk.tickets.show(lamp).messages, state(desk, lamp)) == (before, "open")


def test_agents_may_log_messages_and_others_may_not(desk: Desk, ben: Desk, lamp: int) -> None:
    ben.tickets.log_message(lamp, "x", direction="out")
    assert desk.tickets.show(lamp).messages[0].author == "ben"
    with pytest.raises(NotPermitted, match="may not log messages to and from customers"):
        without(ben, "tickets.message").tickets.log_message(lamp, "x", direction="out")


def test_messages_are_found_by_their_words(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.log_message(2, "The voucher is on its way, 配送が遅い", direction="out")
    desk.tickets.add_note(3, "voucher promised")
    found = {query: sorted(desk.tickets.numbers(query)) for query in ("voucher", "message:vouch*", "has:message")}
    assert found == {"voucher": [2, 3], "message:vouch*": [2], "has:message": [2]}
    assert desk.tickets.numbers("message:配送") == [2]
    assert sorted(desk.tickets.numbers("message:none")) == [1, 3]


# -- what it does to the ticket


def test_a_message_to_the_customer_is_a_first_act(desk: Desk, lamp: int) -> None:
    desk.tickets.log_message(lamp, "x", direction="out")
    assert told(desk, lamp, "status") == [("status: new → open", "first act")]


@pytest.mark.parametrize(("direction", "automatic"), [("in", False), ("in", True), ("out", True)])
def test_no_other_message_is_an_act_on_a_new_ticket(desk: Desk, lamp: int, direction: str, automatic: bool) -> None:
    desk.tickets.log_message(lamp, "x", direction=direction, automatic=automatic)
    assert state(desk, lamp) == "new"


def test_the_customers_reply_opens_a_pending_ticket_and_says_why(desk: Desk, lamp: int, clock: Clock) -> None:
    desk.tickets.set_status(lamp, "pending", until=instant(clock() + DAY))
    clock.tick(HOUR)
    desk.tickets.log_message(lamp, "Thank you", direction="in")
    line = desk.tickets.show(lamp).line
    assert (line.state, line.wake_at) == ("open", None)
    assert told(desk, lamp, "status")[0] == ("status: pending → open", "the customer wrote")
    desk.acts.undo()
    line = desk.tickets.show(lamp).line
    assert (line.state, line.wake_at) == ("pending", instant(clock() - HOUR + DAY))


@pytest.mark.parametrize(("direction", "automatic"), [("in", True), ("out", False), ("out", True)])
def test_nothing_else_ends_the_waiting(desk: Desk, lamp: int, direction: str, automatic: bool) -> None:
    desk.tickets.set_status(lamp, "pending")
    desk.tickets.log_message(lamp, "x", direction=direction, automatic=automatic)
    assert state(desk, lamp) == "pending"


def test_what_was_written_before_the_ticket_was_pending_is_not_the_reply(desk: Desk, lamp: int, clock: Clock) -> None:
    clock.tick(HOUR)
    desk.tickets.set_status(lamp, "pending")
    desk.tickets.log_message(lamp, "x", direction="in", at=instant(clock() - 1))
    assert state(desk, lamp) == "pending"


# -- closed tickets


@pytest.mark.parametrize(("days", "hours", "after"), [(0, 0, "closed"), (1, 22.99, "open"), (1, 23, "closed")])
def test_the_reopen_window_is_whole_days(
    desk: Desk, closed: int, clock: Clock, days: int, hours: float, after: str
) -> None:
    if days:
        desk.setup.set_setting("reopen_window_days", str(days))
    clock.tick(hours * HOUR)
    desk.tickets.log_message(closed, "Still dark", direction="in")
    assert state(desk, closed) == after
    assert len(desk.tickets.numbers("")) == (1 if after == "open" else 2)


def test_a_reopened_ticket_says_why_and_holds_the_message(desk: Desk, closed: int) -> None:
    desk.setup.set_setting("reopen_window_days", "7")
    outcome = desk.tickets.log_message(closed, "Still dark", direction="in")
    assert (outcome.done, outcome.notes) == ((1,), ("#1 was closed; by the customer's message it is open again.",))
    ticket = desk.tickets.show(closed)
    assert (ticket.resolution, ticket.line.closed_at, len(ticket.messages)) == (None, None, 1)
    assert told(desk, closed, "status")[0] == ("status: closed → open", "the customer wrote")
    desk.acts.undo()
    ticket = desk.tickets.show(closed)
    assert (ticket.line.state, ticket.resolution, ticket.messages) == ("closed", "Resolved", ())


def test_the_window_is_measured_to_when_the_message_was_written(desk: Desk, closed: int, clock: Clock) -> None:
    desk.setup.set_setting("reopen_window_days", "1")
    clock.tick(3 * DAY)
    desk.tickets.log_message(closed, "Still dark", direction="in", at=instant(clock() - 3 * DAY))
    assert state(desk, closed) == "open"


def test_after_the_window_a_new_ticket_below_the_old_one_has_the_message(desk: Desk, closed: int) -> None:
    outcome = desk.tickets.log_message(closed, "Still dark", direction="in", channel="letter")
    assert outcome.done == (1, 2)
    assert outcome.notes == ("#1 is closed, so the message opened #2 Re: Late lamp.",)
    old, new = desk.tickets.show(1), desk.tickets.show(2)
    assert (old.line.state, old.messages) == ("closed", ())
    assert (new.line.title, new.line.state, new.line.contact, new.account) == ("Re: Late lamp", "new", "Rosa", "Acme")
    assert [message.body for message in new.messages] == ["Still dark"]
    assert ("parent", 1) in related_of(desk, 2)
    assert related_of(desk, 1)[0] == ("sub-ticket", 2)
    assert told(desk, 2, "opened") == [("opened: Re: Late lamp", "the customer wrote on #1, which is closed")]
    assert told(desk, 1, "sub-ticket") == [("sub-ticket: #2 Re: Late lamp", "the customer wrote")]


def test_the_new_ticket_belongs_to_the_campaign_and_gets_its_plan(desk: Desk, closed: int) -> None:
    with desk.store.write() as session:
        plan = desk.setup.entry("plan", EXAMPLE_PLAN).id
        session.add(model.Campaign(id=7, name="Q4", plan_id=plan, created_at=1))
        session.flush()
        ticket = session.get(model.Ticket, closed)
        assert ticket is not None
        ticket.campaign_id = 7
    desk.tickets.log_message(closed, "Still dark", direction="in")
    new = desk.tickets.show(2)
    assert (new.line.campaign, new.plan and new.plan.name) == ("Q4", EXAMPLE_PLAN)


def test_message_and_new_ticket_are_one_act_taken_back_and_done_again(desk: Desk, closed: int) -> None:
    desk.tickets.log_message(closed, "Still dark", direction="in")
    before = desk.tickets.show(2)
    assert desk.acts.undo().done == (1,)
    with pytest.raises(NotFound):
        desk.tickets.show(2)
    assert related_of(desk, 1) == []
    assert desk.acts.redo().done == (1,)
    after = desk.tickets.show(2)
    assert (after.messages, after.line.title, related_of(desk, 2)) == (
        before.messages, "Re: Late lamp", [("parent", 1)],
    )  # fmt: skip
    assert desk.acts.undo().done == (1,)
    assert examine(desk.path).sound


def test_a_new_ticket_that_was_worked_on_stays(desk: Desk, ben: Desk, closed: int) -> None:
    act = desk.tickets.log_message(closed, "Still dark", direction="in").act_id
    ben.tickets.add_note(2, "on it")
    with pytest.raises(Conflict):
        desk.acts.undo(act)
    assert len(desk.tickets.show(2).messages) == 1


@pytest.mark.parametrize(("direction", "automatic"), [("in", True), ("out", False), ("out", True)])
def test_nothing_but_the_customers_own_words_moves_a_closed_ticket(
    desk: Desk, closed: int, direction: str, automatic: bool
) -> None:
    desk.setup.set_setting("reopen_window_days", "7")
    desk.tickets.log_message(closed, "I am away", direction=direction, automatic=automatic)
    assert (state(desk, closed), len(desk.tickets.show(closed).messages)) == ("closed", 1)
    assert desk.tickets.numbers("") == [closed]


def test_what_was_written_before_the_closing_belongs_to_the_closed_ticket(
    desk: Desk, closed: int, clock: Clock
) -> None:
    desk.tickets.log_message(closed, "Thank you", direction="in", at=instant(clock() - HOUR - 1))
    assert (state(desk, closed), len(desk.tickets.show(closed).messages)) == ("closed", 1)


def test_several_tickets_at_once_each_get_the_message_where_it_belongs(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_status(2, "pending")
    desk.tickets.close(3, "Resolved")
    outcome = desk.tickets.log_message([1, 2, 3, 99], "When?", direction="in", channel="chat")
    assert outcome.summary == "message ← chat · 3 tickets"
    assert outcome.done == (1, 2, 3, 4)
    assert [(refusal.number, refusal.code) for refusal in outcome.refused] == [(99, "not-found")]
    assert {number: state(desk, number) for number in outcome.done} == {1: "new", 2: "open", 3: "closed", 4: "new"}
    assert sorted(desk.tickets.numbers("message:when")) == [1, 2, 4]
    desk.acts.undo()
    assert {number: state(desk, number) for number in three} == {1: "new", 2: "pending", 3: "closed"}
    assert desk.tickets.numbers("has:message") == []


def test_a_title_goes_on_once_and_stays_short() -> None:
    assert [reply_title(title) for title in ("Late", "Re: Late", "RE: Late")] == ["Re: Late", "Re: Late", "RE: Late"]
    assert len(reply_title("x" * 300)) == 300


# -- merged tickets


def test_a_message_follows_merges_to_their_end(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(3, 2)
    desk.tickets.merge(2, 1)
    outcome = desk.tickets.log_message(3, "Where is it?", direction="in")
    assert (outcome.done, outcome.notes) == ((1,), ("#3 was merged into #1, so the message is there.",))
    assert [message.body for message in desk.tickets.show(1).messages] == ["Where is it?"]


def test_of_marked_tickets_that_were_merged_the_target_gets_the_message_once(
    desk: Desk, three: tuple[int, ...]
) -> None:
    desk.tickets.merge([2, 3], 1)
    desk.tickets.log_message([1, 2, 3], "Where is it?", direction="in")
    assert len(desk.tickets.show(1).messages) == 1


def test_a_merge_moves_messages_and_its_undo_brings_them_back(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.log_message(2, "Where is it?", direction="in")
    assert desk.tickets.would_move([2]) == "1 message"
    desk.tickets.merge(2, 1)
    assert (len(desk.tickets.show(1).messages), desk.tickets.show(2).messages) == (1, ())
    assert desk.tickets.numbers("message:where") == [1]
    desk.acts.undo()
    assert (desk.tickets.show(1).messages, len(desk.tickets.show(2).messages)) == ((), 1)
    assert desk.tickets.numbers("message:where") == [2]


# -- timers


@pytest.fixture
def timed(desk: Desk, clock: Clock) -> Desk:
    """A desk that promises a first response in two and a next reply in four working hours; it is Monday, nine."""
    clock.seconds = 1_769_990_400 + 9 * HOUR
    desk.calendars.change("Business hours", zone="UTC")
    desk.policies.set_target("Standard", "first response", 2 * HOUR)
    desk.policies.set_target("Standard", "next reply", 4 * HOUR)
    desk.policies.switch(True)
    desk.service_levels.recompute()
    desk.tickets.new("Late lamp", "high")
    return desk


def timers(desk: Desk, number: int = 1) -> list[tuple[str, str]]:
    return [(timer.kind, timer.state) for timer in desk.service_levels.timers(number)]


def test_logging_an_answer_meets_the_first_response(timed: Desk, clock: Clock) -> None:
    assert timers(timed) == [("first response", "running")]
    clock.tick(HOUR)
    timed.tickets.log_message(1, "We look into it", direction="out")
    assert timers(timed) == [("first response", "met")]
    timed.acts.undo()
    assert timers(timed) == [("first response", "running")]


def test_an_answer_counts_from_when_it_was_given(timed: Desk, clock: Clock) -> None:
    clock.tick(3 * HOUR)
    timed.tickets.log_message(1, "Rang her at ten", direction="out", at=instant(clock() - 2 * HOUR))
    (timer,) = timed.service_levels.timers(1)
    assert (timer.state, timer.ended_at, timer.breached) == ("met", instant(clock() - 2 * HOUR), False)


def test_an_automatic_message_is_no_answer(timed: Desk) -> None:
    timed.tickets.log_message(1, "We have got your message", direction="out", automatic=True)
    assert timers(timed) == [("first response", "running")]


def test_logging_a_question_starts_the_next_reply_and_an_answer_meets_it(timed: Desk, clock: Clock) -> None:
    timed.tickets.log_message(1, "We look into it", direction="out")
    clock.tick(HOUR)
    timed.tickets.log_message(1, "I am away", direction="in", automatic=True)
    assert timers(timed) == [("first response", "met")]
    timed.tickets.log_message(1, "And?", direction="in")
    assert timers(timed) == [("first response", "met"), ("next reply", "running")]
    assert timed.tickets.show(1).line.due_at == instant(clock() + 4 * HOUR)
    clock.tick(HOUR)
    timed.tickets.log_message(1, "Tomorrow", direction="out")
    assert timers(timed) == [("first response", "met"), ("next reply", "met")]


def test_a_ticket_that_a_message_opened_is_timed(timed: Desk, clock: Clock) -> None:
    timed.tickets.close(1, "Resolved")
    clock.tick(HOUR)
    timed.tickets.log_message(1, "Still dark", direction="in")
    assert timers(timed, 2) == [("first response", "running")]
