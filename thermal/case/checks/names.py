"""Names must be unique, and joints, probes and the like must name what exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from materials.wording import nearest
from thermal.case.reading.finding import Finding
from thermal.case.tables.joint import BOX, EDGES, GROUND, SINK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from thermal.case.reading.draft import Draft
    from thermal.case.reading.lines import Location
    from thermal.case.tables.box import Box


def check_names(draft: Draft) -> Iterator[Finding]:
    """Find names that are given twice, and names of nothing."""
    yield from _doubled(draft)
    for location, given, known in _references(draft):
        if given not in known:
            message = f'"{given}" names nothing in this case'
            yield Finding("unknown-part", location, message, nearest(given, known))
    for index, joint in draft.joints.items():
        if joint.between[0] == joint.between[1]:
            message = f'"{joint.between[0]}" cannot be joined to itself'
            yield Finding("bad-joint", ("joint", index, "between"), message, "name two parts")
        elif not any(_is_part(side, draft) for side in joint.between):
            message = "a joint between two sinks has no part to heat"
            yield Finding("bad-joint", ("joint", index, "between"), message, "name a part of the case")


def _is_part(side: str, draft: Draft) -> bool:
    """Whether the heat model solves for the temperature of a side."""
    if side.startswith(BOX):
        return any(box.name == side.removeprefix(BOX) for box in _masses(draft))
    return side != GROUND and not side.startswith(SINK)


def _masses(draft: Draft) -> list[Box]:
    """Boxes with a heat capacity: parts of the heat model, as tubes are."""
    return [box for box in draft.boxes.values() if box.heat_capacity is not None]


def _references(draft: Draft) -> Iterator[tuple[Location, str, list[str]]]:
    """Yield every name that is used, its place, and the names it may be."""
    parts = sorted(draft.names)
    sides = [*sorted(draft.names - {"flag"}), *EDGES, *sorted(draft.sides), GROUND]
    for index, joint in draft.joints.items():
        for position, side in enumerate(joint.between):
            yield ("joint", index, "between", position), side, sides
    for index, probe in draft.probes.items():
        yield ("output", "probe", index, "part"), probe.part, parts
    for name in draft.mesh.part if draft.mesh else ():
        yield ("mesh", "part", name), name, parts
    if draft.deployment is not None:
        sinks = [side.removeprefix(SINK) for side in sorted(draft.sides) if side.startswith(SINK)]
        yield ("deployment", "canister"), draft.deployment.canister, sinks


def _doubled(draft: Draft) -> Iterator[Finding]:
    """Find names given twice among tables of one kind; no tube may be called flag or ground."""
    tubes = [(("tube", index, "name"), tube.name) for index, tube in draft.tubes.items()]
    yield from _taken(tubes, {"flag", GROUND, *(box.name for box in _masses(draft))})
    yield from _taken([(("box", index, "name"), box.name) for index, box in draft.boxes.items()], set())
    yield from _taken(
        [(("event", index, "name"), event.name) for index, event in draft.events.items()], set()
    )
    probes = [(("output", "probe", index, "name"), probe.name) for index, probe in draft.probes.items()]
    yield from _taken(probes, set())


def _taken(names: Iterable[tuple[Location, str]], seen: set[str]) -> Iterator[Finding]:
    for location, name in names:
        if name in seen:
            yield Finding(
                "name-taken", location, f'the name "{name}" is taken', "give each a name of its own"
            )
        seen.add(name)
