"""Materials as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from materials.views import plots, view
from materials.views.layout import WIDE, paragraph, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials.material import Material
    from materials.prop import Property

FRAME: Final = 64
"""Characters of a plot from left to right."""


def sheet(material: Material, temperature: float, width: int = WIDE) -> str:
    """Write every property of a material at a temperature in K, what it lacks and what was not used.

    Where a line has fewer characters (``width``) than the table, range and source go to a second line.
    """
    rows = []
    for prop in view.shown_properties(material):
        low, high = prop.range_k
        rows.append(
            (
                prop.key,
                view.value_text(prop, temperature),
                prop.display_unit,
                view.sparkline(prop),
                f"{low:g} to {high:g} K" if prop.varies else "",
                prop.method,
                ", ".join(prop.source),
            )
        )
    head = ("property", "value", "unit", "50 to 450 K", "range", "method", "source")
    whole = table(head, rows)
    if max(map(len, whole.splitlines())) > width:
        whole = _in_two_lines(head, rows)
    parts = [
        f"{material.title} ({material.name}, {material.kind})",
        material.summary,
        f"at {temperature:g} K",
        "",
        whole,
        *(f"{key}: none" for key in material.not_applicable),
        "",
        f"surfaces: {', '.join(material.surfaces) or 'none known'}",
        *(
            f"not used: {one.property.key} of {', '.join(one.property.source)}: {one.reason}"
            for one in material.alternatives
            if not one.property.name.startswith("outgassing")
        ),
    ]
    lines = (part for part in parts if part or part is not material.summary)
    return "\n".join(paragraph(line, width) if line is not whole else line for line in lines)


def _in_two_lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out what a property is on one line, and where it comes from on the next."""
    first = table(head[:3], [row[:3] for row in rows]).splitlines()
    lines = []
    for line, row in zip(first, [head, *rows], strict=True):
        lines += [line, "    " + "  ".join(cell for cell in row[3:] if cell)]
    return "\n".join(lines)


def drawing(props: Sequence[Property], temperature: float | None = None) -> str:
    """Draw one property of one or several materials, with a line about each above.

    The line tells the value at a temperature in K; without one, at that which is typical of the datum.
    """
    lines = []
    for prop in props:
        low, high = prop.range_k
        span = f", {low:g} to {high:g} K" if prop.varies else ""
        at = prop.typical_k if temperature is None else temperature
        level = f"{view.value_text(prop, at)} {prop.display_unit}"
        lines.append(f"{prop.material} {prop.key}: {level} at {at:g} K{span}")
    curves = {prop.material: found for prop in props if (found := plots.curve(prop)) is not None}
    if not curves:
        return "\n".join(lines)
    top = max(float(y.max()) for _, y, _ in curves.values())
    bottom = min(float(y.min()) for _, y, _ in curves.values())
    picture = view.braille({name: (t, y) for name, (t, y, _) in curves.items()}, FRAME)
    labels = [f"{top:>10.4g} ", *[" " * 11] * (len(picture) - 2), f"{bottom:>10.4g} "]
    lines += [f"{label}│{row}" for label, row in zip(labels, picture, strict=True)]
    first = f"{min(float(t[0]) for t, *_ in curves.values()):g} K"
    last = f"{max(float(t[-1]) for t, *_ in curves.values()):g} K"
    lines += [" " * 11 + f"└{'─' * FRAME}", " " * 12 + first.ljust(FRAME - len(last)) + last]
    return "\n".join(lines)
