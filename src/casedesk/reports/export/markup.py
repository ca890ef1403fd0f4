"""SVG elements: numbers written short, and texts cleaned and escaped, wherever they come from."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from casedesk.domain.text_safety import visible_line

TEXT = 12
"""How high letters are, in the drawing's units."""

TITLE = 15


def add(parent: Element, tag: str, text: str | None = None, **attributes: str | float) -> Element:
    """A new element in `parent`. An attribute `class_` or `text_anchor` is written `class`, `text-anchor`."""
    found = SubElement(
        parent, tag, {name.rstrip("_").replace("_", "-"): _written(value) for name, value in attributes.items()}
    )
    if text is not None:
        found.text = visible_line(text)
    return found


def add_line(parent: Element, x1: float, y1: float, x2: float, y2: float, class_: str) -> Element:
    """A straight line."""
    return add(parent, "line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def add_text(parent: Element, x: float, y: float, text: str, anchor: str = "start", class_: str = "") -> Element:
    """A text whose baseline is at `y`."""
    found = add(parent, "text", text, x=x, y=y)
    if anchor != "start":
        found.set("text-anchor", anchor)
    if class_:
        found.set("class", class_)
    return found


def _written(value: str | float) -> str:
    return visible_line(value) if isinstance(value, str) else f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


_COLOURS = (("#0b6bb0", "#5ab4f0"), ("#c4570c", "#f0a04b"), ("#0d7d5c", "#4fc79e"), ("#a2437f", "#e08fc0"))
"""In light and in dark: told apart with the common forms of colour blindness."""

_DASHES = ("none", "7 4", "2 4", "9 3 2 3", "12 3", "4 2", "1 3", "6 2 1 2 1 2")
_FILLS = (1, 0.35, 0.7, 0.12, 0.45, 0.85, 0.2, 0.6)

NEITHER, BAD, GOOD = 4, 5, 2
"""The looks in pale blue, full orange and green."""

STYLES = len(_DASHES)
"""How many series look different from each other, by colour and dash or fill together."""


def stylesheet() -> str:
    """The style of all charts. Series differ in dash or fill as well as in colour, so that print in grey will do."""
    light = _colours("#ffffff", "#1b232b", "#55616d", "#e2e6ea", "#8b96a1", [pair[0] for pair in _COLOURS])
    dark = _colours("#161b21", "#e6ebf0", "#a3aeb9", "#2c343d", "#76828e", [pair[1] for pair in _COLOURS])
    return f"{_SHAPES}{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"


_SHAPES = (
    f".chart text{{font:{TEXT}px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}}"
    f".chart .title{{font-size:{TITLE}px;font-weight:600}}"
    ".chart .grid{stroke-width:1}.chart .base{stroke-width:1}"
    ".chart .stroke{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}"
    ".chart .range{stroke-width:1.5;stroke-opacity:.6}"
    ".chart .bar{stroke-width:1}"
    + "".join(
        f".chart .s{at}.stroke{{stroke-dasharray:{dash}}}.chart .s{at}.bar{{fill-opacity:{fill}}}"
        for at, (dash, fill) in enumerate(zip(_DASHES, _FILLS, strict=True))
    )
)


def _colours(ground: str, title: str, text: str, grid: str, base: str, series: list[str]) -> str:
    rules = [
        f".chart .ground{{fill:{ground}}}",
        f".chart text{{fill:{text}}}.chart .title{{fill:{title}}}",
        f".chart .grid{{stroke:{grid}}}.chart .base{{stroke:{base}}}.chart .range{{stroke:{title}}}",
    ]
    for at in range(STYLES):
        colour = series[at % len(series)]
        rules.append(f".chart .s{at}.stroke,.chart .s{at}.range{{stroke:{colour}}}")
        rules.append(f".chart .s{at}.bar,.chart .s{at}.dot{{fill:{colour}}}.chart .s{at}.bar{{stroke:{colour}}}")
    return "".join(rules)
