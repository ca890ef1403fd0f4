"""How colours look to colour-blind readers, and how far apart two of them are."""

from __future__ import annotations

from collections.abc import Sequence

Matrix = tuple[tuple[float, float, float], ...]

NORMAL: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
VISIONS: dict[str, Matrix] = {
    "normal": NORMAL,
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What remains of linear red, green and blue (Machado, Oliveira and Fernandes 2009, severity 1.0)."""


def difference(one: str, other: str, vision: str) -> float:
    """The distance of two `#rrggbb` in CIELAB (ΔE*ab of 1976) as seen with this vision; 2.3 is just noticeable."""
    first, second = _lab(_seen(one, VISIONS[vision])), _lab(_seen(other, VISIONS[vision]))
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)


def _seen(colour: str, matrix: Matrix) -> list[float]:
    linear = [_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5)]
    return [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in matrix]


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _lab(linear: Sequence[float]) -> tuple[float, float, float]:
    """CIELAB of linear sRGB, under D65."""
    red, green, blue = linear
    x = _root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = _root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = _root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
