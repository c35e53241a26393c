"""Names must be unique, and joints and probes must name what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thermal.case.finding import Finding
from thermal.case.joint import EDGES, GROUND
from thermal.wording import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.draft import Draft


def check_names(draft: Draft) -> Iterator[Finding]:
    """Find names that are given twice, and names of nothing."""
    yield from _doubles("tube", [(index, tube.name) for index, tube in draft.tubes.items()], {"flag", GROUND})
    yield from _doubles("probe", [(index, probe.name) for index, probe in draft.probes.items()], set())
    sides = [*sorted(draft.names), *EDGES, *(f"sink:{name}" for name in sorted(draft.sinks)), GROUND]
    for index, joint in draft.joints.items():
        for position, side in enumerate(joint.between):
            if side not in sides:
                message = f'"{side}" names nothing in this case'
                yield Finding(
                    "unknown-part", ("joint", index, "between", position), message, nearest(side, sides)
                )
        if joint.between[0] == joint.between[1]:
            message = f'"{joint.between[0]}" cannot be joined to itself'
            yield Finding("bad-joint", ("joint", index, "between"), message, "name two parts")
        elif not any(_is_part(side) for side in joint.between):
            message = "a joint between two sinks has no part to heat"
            yield Finding("bad-joint", ("joint", index, "between"), message, "name a part of the case")
    for index, probe in draft.probes.items():
        if probe.part not in draft.names:
            message = f'"{probe.part}" names no part of this case'
            advice = nearest(probe.part, sorted(draft.names))
            yield Finding("unknown-part", ("output", "probe", index, "part"), message, advice)


def _is_part(side: str) -> bool:
    return side != GROUND and not side.startswith("sink:")


def _doubles(kind: str, names: list[tuple[int, str]], seen: set[str]) -> Iterator[Finding]:
    prefix = ("output", "probe") if kind == "probe" else (kind,)
    for index, name in names:
        if name in seen:
            message = f'the name "{name}" is taken'
            yield Finding(
                "name-taken", (*prefix, index, "name"), message, f"give every {kind} a name of its own"
            )
        seen.add(name)
