"""How the triage screen finds: the tab's query and the filter's, and words where there is nothing to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import on

from casedesk.domain.query.unfinished import unfinished
from casedesk.tui import acts
from casedesk.tui.reading import Reading
from casedesk.tui.screens.panes import Panes
from casedesk.tui.widgets.filter_bar import FilterBar
from casedesk.tui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from casedesk.desk.values import TabCount, View
    from casedesk.domain.query import QueryError
    from casedesk.tui.app import CasedeskApp

_ORDER = re.compile(r"\bsort:\s*([-+]?\w+(?:,[-+]?\w+)*)", re.IGNORECASE)


def order_said(query: str) -> str:
    """The order that a query asks for, `score ↓, due ↑`; nothing for the usual one."""
    keys = [key for keys in _ORDER.findall(query) for key in keys.split(",")]
    return ", ".join(f"{key.lstrip('-+')} {'↓' if key.startswith('-') else '↑'}" for key in keys)


class Finding(Panes):
    """The part of the triage screen between the filter and the list."""

    app: CasedeskApp
    tabs: Mapping[str, TabCount]
    tab_line: TabLine
    reading: Reading
    whole: bool
    new: int
    view: View | None = None
    """The saved view that is shown, if one is."""
    _searched = ""
    """What stood in the filter of the rows that are being read."""
    _read_whole: str | None = None
    """The query whose rows stand in the list, once they all do."""

    def show_titles(self) -> None:
        """Say in titles and counts what is shown now."""
        raise NotImplementedError

    @property
    def query_text(self) -> str:
        """The query of the list: that of the tab, and the filter's last one without a mistake."""
        return self._query_with(self.filter.meant)

    def _query_with(self, text: str) -> str:
        """The query of the list with this text in the filter, its last word open at the end."""
        own = unfinished(text).strip()
        within = self.view.within if self.view is not None else ""
        parts = (self.tabs[self.tab_line.shown].query, f"({own})" if own else "", within)
        return " ".join(part for part in parts if part)

    def search(self) -> None:
        """Read the list."""
        self._read_whole = None
        self._search_for(self.filter.text)

    def _search_for(self, text: str) -> None:
        self._searched = text
        self.whole = False
        self.new = 0
        self.reading.search(self._query_with(text), text.strip())

    @property
    def order_said(self) -> str:
        """The order that the query asks for, `score ↓, due ↑`; nothing for the usual one, newest first."""
        return order_said(self.filter.meant)

    def new_query(self) -> str | None:
        """The query of the tickets that would be new in the list; None while it is still being read."""
        return f"{self.query_text} number>{self.tickets.highest}" if self.whole else None

    @on(FilterBar.Typed)
    def _filter_typed(self, message: FilterBar.Typed) -> None:
        self._search_for(self.filter.text)
        self.reading.complete(message.text, message.cursor)

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self.tickets.focus()

    @on(Reading.Completed)
    def _offer_completions(self, message: Reading.Completed) -> None:
        self.filter.offer(message.text, message.completions)

    @on(Reading.Found)
    def _show_found(self, message: Reading.Found) -> None:
        if not self.reading.is_current(message.generation):
            return
        self.whole = message.whole
        self.filter.accept(self._searched)
        self._read_whole = self._query_with(self._searched) if message.whole else None
        self.tickets.marks.forget_query(self._query_with(self._searched))
        self.tickets.set_columns(self.reading.columns)
        self.tickets.show_result(message.numbers, message.lines, message.cells)
        if not message.numbers:
            self.say_why_empty()
        self.show_titles()

    @on(Reading.FoundMore)
    def _show_more(self, message: Reading.FoundMore) -> None:
        if self.reading.is_current(message.generation):
            self.whole = message.whole
            if message.whole:
                self._read_whole = self._query_with(self._searched)
            self.tickets.add_result(message.numbers)
            self.show_titles()

    @on(Reading.NotFound)
    def _say_why_not(self, message: Reading.NotFound) -> None:
        if not self.reading.is_current(message.generation):
            return
        error = message.error
        if error.code == "query":
            self._keep_good_rows(error)  # type: ignore[arg-type]  # the code says that it is a QueryError
        else:
            self._list_failed(error.sentence)

    def _keep_good_rows(self, error: QueryError) -> None:
        """Show the rows of the last text without a mistake: they are there, or they are read again (behaviour 6.2)."""
        if self._searched == self.filter.text:
            self.filter.complain(error)
        good = self.filter.good
        if self._read_whole == self._query_with(good):
            self.whole = True
            self.show_titles()
        elif self._searched != good:
            self._search_for(good)
        else:
            self._list_failed(error.sentence)

    @on(Reading.Failed)
    def _desk_failed(self, message: Reading.Failed) -> None:
        self.app.tell(message.error.sentence, "error")

    def _list_failed(self, sentence: str) -> None:
        self.tickets.say("The tickets can't be read.", sentence, f"{self.key_of('list.reload')} tries again")
        self.detail.say("")
        self.feed.clear()
        self.contact.say("")

    def say_why_empty(self) -> None:
        """Words in place of tickets, and the key that leads to some."""
        tab = self.tabs[self.tab_line.shown]
        if self.filter.text.strip():
            ways = f"{self.key_of('pane.back')} clears the filter · {self.key_of('filter.edit')} changes it"
            self.tickets.say("No ticket matches.", ways)
        elif tab.query:
            self.tickets.say(f"No ticket is in {tab.title}.", f"{self.key_of('tab.all')} shows all tickets")
        else:
            new = f"{self.key_of('ticket.new')} opens one" if "ticket.new" in acts.MODULES else ""
            bring = f"{self.key_of('import.file')} brings in survey answers" if self.offers("import.file") else ""
            self.tickets.say("This desk has no tickets yet.", bring, new)
        self.detail.say("No ticket is chosen.")
        self.feed.clear()
        self.contact.say("No contact.")

    def action_filter_edit(self) -> None:
        self.show_pane("list")
        self.filter.edit()

    def action_tab(self, action_id: str) -> None:
        self.show_tab(action_id.removeprefix("tab."))

    def show_tab(self, tab: str) -> None:
        """Show one of the tabs."""
        if tab in self.tabs:
            self.tab_line.show(tab)
            self.show_pane("list")
            self.tickets.focus()
            self.search()

    @on(TabLine.Clicked)
    def _tab_clicked(self, message: TabLine.Clicked) -> None:
        self.show_tab(message.tab)
