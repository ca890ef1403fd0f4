"""Makes a large desk through the program's own import: generated responses, each opening a ticket by a rule.

What agents would have done over months (states, owners, priorities, closings) is then laid over it in a few statements,
since a million single acts would take an hour. Everything follows from the seed.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from casedesk.desk import Desk
from casedesk.desk.following import Following
from casedesk.desk.importing.file import ImportFile
from casedesk.intake.mapping import Mapping
from casedesk.intake.records import PersonRecord, Question, Record, Reject, ResponseRecord

HOUR = 3_600
START = 1_700_000_000
SPAN = 365 * 86_400

_TIMED = 5_000
"""Tickets a transaction whose timers are worked out."""

_WORD_TEXT = """
    delivery late refund invoice broken battery charger app crash login slow rude friendly phone waited weeks
    courier parcel missing damaged price expensive discount renewal contract cancel support answer nobody promised
    technician visit appointment replacement warranty display cable noise brake wheel frame colour size wrong
    order again third time disappointed angry happy thanks great product quality poor manual unclear website
    checkout payment card failed voucher expired account password reset email update firmware connection lost map
    route range winter cold
"""
_WORDS = _WORD_TEXT.split()
_RARE = tuple(f"lot{number:04}" for number in range(2000))
_CAMPAIGNS = ("Relationship NPS", "Delivery CSAT", "Service call", "Product feedback")


class GeneratedSource:
    """Stands where an opened file would: records made up as they are asked for."""

    kind = "responses"
    format = "generated"
    name = "generated"
    survey = ""
    headers: tuple[str, ...] = ()
    description = "generated responses"
    warnings: tuple[str, ...] = ()
    questions = (
        Question("nps", "How likely are you to recommend us?", "nps"),
        Question("why", "Why?", "text"),
        Question("contact_me", "May we contact you?", "choice"),
    )
    mapping = Mapping(format="generated", kind="responses", columns=(), source="generated")

    def __init__(self, count: int, seed: int) -> None:
        self.size = count
        self._seed = seed
        self._done = 0

    def position(self) -> int:
        return self._done

    def own_ids(self) -> Iterator[str]:
        """Nothing, as no id comes twice: so no row is looked for that a later one takes the place of."""
        return iter(())

    def records(self) -> Iterator[Record | Reject]:
        pick = random.Random(self._seed)
        contacts = max(1, self.size // 4)
        for number in range(self.size):
            self._done = number + 1
            person = pick.randrange(contacts)
            words = pick.choices(_WORDS, k=pick.randint(6, 24))
            if pick.random() < 0.05:
                words.append(pick.choice(_RARE))
            score = pick.choices(range(11), weights=(6, 4, 5, 6, 6, 9, 9, 12, 15, 14, 14))[0]
            comment = " ".join(words).capitalize() + "."
            callback = "Yes, please" if pick.random() < 0.3 else "No, thanks"
            yield ResponseRecord(
                line=number + 2,
                external_id=f"G{number:08}",
                derived_id=False,
                answered_at=START + number * SPAN // self.size,
                score=float(score),
                score_kind="nps",
                comment=comment,
                language="en",
                complete=True,
                person=PersonRecord(
                    external_id=f"C{person:07}",
                    name=f"Customer {person:07}",
                    email=f"customer{person}@example.com",
                    account=f"Account {person % 5000:04}",
                    variables=(("region", ("North", "South", "East", "West")[person % 4]), ("plan", "Gold")),
                ),
                answers=(("nps", str(score)), ("why", comment), ("contact_me", callback)),
                campaign=_CAMPAIGNS[number % 4],
            )


def make_desk(path: Path, tickets: int, seed: int = 1) -> None:
    """Make the desk at `path`; the present user and the agents a0 to a9 work in it."""
    begun = time.perf_counter()

    def clock() -> float:
        return START + SPAN

    def show(done: int, total: int, _rows: int) -> bool:
        sys.stderr.write(f"\r{done:,} of {total:,} responses, {done / (time.perf_counter() - begun):,.0f} a second ")
        return True

    with Desk.create(path, name="Large desk", zone="UTC", clock=clock) as desk, desk.store.hasty():
        for agent in range(10):
            desk.team.add_user(f"a{agent}")
        desk.rules.put("Everything", "score>=0", [{"open_ticket": True}, {"tag": "sample"}])
        desk.rules.put("Asked to be contacted", 'answer.contact_me:"Yes, please"', [{"tag": "callback"}])
        source = GeneratedSource(tickets, seed)
        ImportFile(desk, source, Path("generated"), None, "generated", None, show).whole()  # type: ignore[arg-type]
        _age(desk, seed)
        _time(desk)
        desk.store.learn_sizes()
    sys.stderr.write(f"\nmade in {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 2**20:,.0f} MiB\n")


def _time(desk: Desk) -> None:
    """Service levels with two policies, and the timers of every ticket: of the closed ones, too, as if they had always
    been on."""
    desk.policies.set_simple(40)
    desk.policies.add(
        "Asked to be contacted", "tag:callback", targets=[("resolution", None, 16 * HOUR)], pauses=["resolution"]
    )
    for first in range(1, 1 + desk.tickets.count(""), _TIMED):
        with desk.store.bulk() as connection:
            Following(desk, connection).refresh(range(first, first + _TIMED), at=desk.seconds())
    desk.service_levels.recompute()


def _age(desk: Desk, seed: int) -> None:
    """Lay a year's work over the tickets, by remainders of their numbers so that it is the same each time."""
    users = {user.login: user.id for user in desk.team.users()}
    status = {entry.state: entry.id for entry in desk.setup.statuses()}
    with desk.store.bulk() as connection:
        connection.execute(
            "UPDATE ticket SET created_at = (SELECT answered_at + 60 FROM response r WHERE r.id = ticket.response_id)"
        )
        connection.execute("UPDATE ticket SET updated_at = created_at + 3600 * (1 + id % 50)")
        connection.execute("UPDATE ticket SET priority_id = 1 + (id * 7 + ?) % 4, topic_id = 1 + id % 5", (seed,))
        connection.execute("UPDATE ticket SET owner_id = ? + (id * 13) % 10 WHERE id % 11 <> 0", (users["a0"],))
        connection.execute("UPDATE ticket SET owner_id = ? WHERE id % 997 = 0", (desk.user.id,))
        for state, condition in (
            ("closed", "id % 20 < 17"),
            ("pending", "id % 20 = 17"),
            ("open", "id % 20 = 18"),
        ):
            connection.execute(
                f"""UPDATE ticket SET state = ?, status_id = ?,
                    closed_at = CASE ? WHEN 'closed' THEN updated_at END,
                    resolution_id = CASE ? WHEN 'closed' THEN 1 + id % 6 END WHERE {condition}""",
                (state, status[state], state, state),
            )
        connection.execute(
            """INSERT INTO ticket_classification (ticket_id, classification_id)
               SELECT id, 1 + id % 5 FROM ticket WHERE state = 'closed'"""
        )
