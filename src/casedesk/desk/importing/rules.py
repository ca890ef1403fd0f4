"""Rules at work on tickets that an import opens or changes, in the transaction that does so (behaviour 4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.importing.batch import Batch
from casedesk.desk.rule_reading import active_rules

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk


def run_on_batch(desk: Desk, batch: Batch) -> None:
    """Run the rules that the batch has set off, where there are any. Its lines have to be written before."""
    rules = active_rules(desk.store.reader(), {event.trigger for event in batch.events}) if batch.events else []
    if not rules:
        return
    from casedesk.desk.rule_running import Running

    with desk.store.session_on(batch.connection) as session:
        act = session.get(model.Act, batch.act_id)
        assert act is not None
        by_import = [event for event in batch.events if event.after is None]
        by_rules = [event for event in batch.events if event.after is not None]
        running = Running(desk, session, act, active_rules(desk.store.reader()))
        running.run(by_import)
        running.run(by_rules, first_depth=1)
