"""Parts that are joined must touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from thermal.case.checks.segments import Segment, distance, shared_stretch
from thermal.case.reading.finding import Finding
from thermal.case.tables.joint import BOX, EDGES, GROUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft
    from thermal.case.tables.joint import Joint

_SLACK: Final = 0.01
"""m; a hem or a bracket bridges this gap."""


def check_touching(draft: Draft) -> Iterator[Finding]:
    """Find joints between parts that are apart from each other."""
    for index, joint in draft.joints.items():
        gap = _gap(draft, joint)
        if gap > _SLACK:
            one, other = joint.between
            message = f'"{one}" and "{other}" do not touch: they are {gap * 1e3:.0f} mm apart'
            remedy = "move one of them, or drop the joint"
            yield Finding("do-not-touch", ("joint", index, "between"), message, remedy)
        elif joint.conductance_per_length is not None and _shared(draft, joint) <= 0.0:
            one, other = joint.between
            message = f'"{one}" and "{other}" share no stretch, so a conductance per length is zero'
            remedy = 'write e.g. conductance = "0.5 W/K"'
            yield Finding("no-shared-stretch", ("joint", index, "between"), message, remedy)


def _segment(draft: Draft, side: str) -> tuple[Segment, float] | None:
    """Return the line of a side and its radius (m); None when it has none or is not sound."""
    if side in EDGES and draft.flag is not None:
        start, end = draft.flag.edge(side.removeprefix("flag:"))
        return Segment(start, end), draft.flag.depth
    tube = draft.tubes_by_name.get(side)
    return (Segment(tube.start, tube.end), tube.diameter / 2) if tube else None


def _gap(draft: Draft, joint: Joint) -> float:
    """Return the gap (m) between the surfaces of the two sides; 0 where nothing can be said."""
    sides = [_segment(draft, side) for side in joint.between]
    known = [side for side in sides if side is not None]
    if len(known) == 2:
        (one, radius), (other, other_radius) = known
        if one.is_on_axis(other, _SLACK):
            return max(-shared_stretch(one, other), 0.0)
        return distance(one, other) - radius - other_radius
    if len(known) != 1:
        return 0.0
    line, radius = known[0]
    if GROUND in joint.between:
        return min(line.start[2], line.end[2]) - radius
    for box in draft.boxes.values():
        if f"{BOX}{box.name}" in joint.between:
            return min(box.distance_to(line.start), box.distance_to(line.end)) - radius
    return 0.0


def _shared(draft: Draft, joint: Joint) -> float:
    """Return the stretch (m) that the two sides share; infinite where nothing can be said."""
    sides = [_segment(draft, side) for side in joint.between]
    if sides[0] is None or sides[1] is None:
        return float("inf")
    return shared_stretch(sides[0][0], sides[1][0])
