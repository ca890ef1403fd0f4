"""Finding in the tree of sections by words."""

from __future__ import annotations

from casedesk.tui.configuration.section import Contents, Item, Section
from casedesk.tui.configuration.tree import ITEMS_SHOWN, Place, best_place, find, tree_rows


class Hours(Section):
    id, title, group = "hours", "Calendars", "Time"
    about = "When work is done."
    words = ("business hours",)


class Tags(Section):
    id, title, group = "tags", "Tags", "Tickets"
    about = "Words that group tickets."


SECTIONS = (Tags(), Hours())
CONTENTS = {
    "tags": Contents((Item("callback", "callback"), Item("vip", "VIP", "retired"))),
    "hours": Contents((Item("Support", "Support", "mon-fri 09:00-17:00", words=("Germany",)),)),
}


def found(text: str) -> list[tuple[str, list[object]]]:
    return [(hit.section.id, [item.key for item in hit.items]) for hit in find(text, SECTIONS, CONTENTS)]


def test_without_words_every_section_is_there() -> None:
    assert found("  ") == [("tags", []), ("hours", [])]


def test_a_section_is_found_by_its_title_its_words_and_its_sentence() -> None:
    assert found("CALENDAR") == found("business") == found("work done") == [("hours", [])]
    assert found("alend") == []


def test_an_entry_is_found_by_its_name_its_value_and_further_words() -> None:
    assert found("vip") == [("tags", ["vip"])]
    assert found("09:00") == found("germany") == [("hours", ["Support"])]


def test_words_of_the_section_and_of_the_entry_go_together() -> None:
    assert found("tags retired") == [("tags", ["vip"])]
    assert found("tags germany") == []


def test_what_is_called_so_goes_before_what_only_has_such_an_entry() -> None:
    contents = {**CONTENTS, "tags": Contents((Item("quiet hours", "quiet hours"),))}
    hits = find("hours", SECTIONS, contents)
    assert [hit.section.id for hit in hits] == ["tags", "hours"]
    assert best_place("hours", hits) == Place("hours")
    assert best_place("quiet", find("quiet", SECTIONS, contents)) == Place("tags", "quiet hours")
    assert best_place("nothing", ()) is None


def test_rows_show_groups_sections_with_their_size_and_what_was_found() -> None:
    rows = tree_rows(find("vip", SECTIONS, CONTENTS), CONTENTS, 30)
    texts = ["".join(text for text, _role in row.line).strip() for row in rows]
    assert texts[0] == "Tickets"
    assert texts[1].split() == ["Tags", "2"]
    assert (texts[2], rows[2].key) == ("VIP", Place("tags", "vip"))


def test_of_many_entries_found_the_first_are_listed_and_the_rest_counted() -> None:
    many = {"tags": Contents(tuple(Item(f"red {n}", f"red {n}") for n in range(ITEMS_SHOWN + 3)))}
    rows = tree_rows(find("red", SECTIONS, many), many, 30)
    assert "… and 3 more" in rows[-1].line[0][0]
    assert sum(isinstance(row.key, Place) and row.key.item is not None for row in rows) == ITEMS_SHOWN


def test_names_from_outside_are_no_markup_and_no_control_codes() -> None:
    hostile = {"tags": Contents((Item("x", "[red]vip\x1b[31m"),))}
    rows = tree_rows(find("vip", SECTIONS, hostile), hostile, 40)
    assert any("[red]vip" in text and "\x1b" not in text for row in rows for text, _role in row.line)
