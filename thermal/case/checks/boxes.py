"""Boxes stand on or above the ground, and no part runs through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thermal.case.checks.segments import Segment
from thermal.case.reading.finding import Finding
from thermal.case.tables.vector import mixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft
    from thermal.case.tables.vector import Point

_SLACK: Final = 1e-6
_SAMPLES: Final = 21
_ROOT: Final = 0.1
"""m; a tube may reach this far into the box that it is fixed to."""


def check_boxes(draft: Draft) -> Iterator[Finding]:
    """Find boxes below the ground, and cloth or tubes inside a box."""
    parts: list[tuple[str, list[Point]]] = []
    if draft.flag is not None:
        width, height = draft.flag.width, draft.flag.height_of_cloth
        shares = [index / (_SAMPLES - 1) for index in range(_SAMPLES)]
        points = [draft.flag.at(s * width, t * height) for s in shares for t in shares]
        parts.append(("the flag", points))
    for tube in draft.tubes.values():
        axis = Segment(tube.start, tube.end)
        inner = [axis.at(min(max(_ROOT, s * axis.length / _SAMPLES), axis.length)) for s in range(_SAMPLES)]
        middle = mixed(tube.start, 0.5, tube.end, 0.5)
        points = [point for point in inner if axis.length - axis.along(point) > _ROOT] or [middle]
        parts.append((f'tube "{tube.name}"', points))
    for index, box in draft.boxes.items():
        if box.base[2] < -_SLACK:
            message = f'box "{box.name}" reaches {-box.base[2] * 1e3:.0f} mm below the ground'
            yield Finding("below-ground", ("box", index, "base"), message, "let its base be at 0 m or above")
        for name, points in parts:
            if any(box.distance_to(point) == 0.0 for point in points):
                message = f'{name} runs through box "{box.name}"'
                yield Finding("inside-a-box", ("box", index, "base"), message, "move one of them")
