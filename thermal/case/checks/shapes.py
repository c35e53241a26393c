"""Everything stands above the ground, and telescoping tubes fit into each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from thermal.case.checks.segments import Segment, shared_stretch
from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft
    from thermal.case.tables.tube import Tube

_SLACK: Final = 1e-6
"""m; what rounding of positions may add up to."""


def check_shapes(draft: Draft) -> Iterator[Finding]:
    """Find parts below the ground and tubes that run through each other."""
    if draft.flag is not None:
        lowest = min(corner[2] for corner in draft.flag.corners)
        if lowest < -_SLACK:
            message = f"the flag reaches {-lowest * 1e3:.0f} mm below the ground"
            remedy = f"raise position by {-lowest * 1e3:.0f} mm, or turn tilt and roll"
            yield Finding("below-ground", ("flag", "position"), message, remedy)
    for index, tube in draft.tubes.items():
        for end in ("start", "end"):
            height = getattr(tube, end)[2]
            if height < -_SLACK:
                message = f'tube "{tube.name}" reaches {-height * 1e3:.0f} mm below the ground'
                yield Finding("below-ground", ("tube", index, end), message, "let it end at a height of 0 m")
    for first, second in combinations(draft.tubes, 2):
        yield from _check_pair(draft.tubes[first], draft.tubes[second], second)


def _check_pair(one: Tube, other: Tube, index: int) -> Iterator[Finding]:
    """Find two tubes on one axis that overlap without fitting, or of which one is hidden in the other."""
    axis, segment = Segment(one.start, one.end), Segment(other.start, other.end)
    if not axis.is_on_axis(segment, min(one.wall, other.wall)):
        return
    shared = shared_stretch(axis, segment)
    if shared <= _SLACK:
        return
    wide, slim = (one, other) if one.diameter >= other.diameter else (other, one)
    pair = f'tubes "{one.name}" and "{other.name}"'
    bore = wide.diameter - 2 * wide.wall
    if slim.diameter > bore + _SLACK:
        message = (
            f'{pair} overlap by {shared * 1e3:.0f} mm, but "{slim.name}" does not fit into "{wide.name}"'
        )
        remedy = f"write a diameter below {bore * 1e3:g} mm, or let them not overlap"
        yield Finding("does-not-fit", ("tube", index, "diameter"), message, remedy)
    if shared >= min(axis.length, segment.length) - _SLACK:
        message = f"{pair}: one lies wholly in the other's stretch"
        remedy = "let each begin in the last stretch of the one before, and reach beyond it"
        yield Finding("wrong-order", ("tube", index, "start"), message, remedy)
