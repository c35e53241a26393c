"""What is sound in a case that may be wrong elsewhere, so that all problems are found in one pass."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from thermal.case.tables.base import Table
from thermal.case.tables.box import Box
from thermal.case.tables.deployment import Deployment
from thermal.case.tables.event import HeatPulse
from thermal.case.tables.flag import Flag
from thermal.case.tables.ground import Ground
from thermal.case.tables.joint import BOX, SINK, Joint
from thermal.case.tables.mesh import Mesh
from thermal.case.tables.output import Probe
from thermal.case.tables.run import Run
from thermal.case.tables.sink import Sink
from thermal.case.tables.sky import Sky
from thermal.case.tables.tube import Tube

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from thermal.case.reading.finding import Finding
    from thermal.case.reading.lines import Location

AnyTable = TypeVar("AnyTable", bound=Table)


@dataclass(frozen=True, slots=True)
class Draft:
    """The sound tables of a case; a table that is wrong in itself is left out (None).

    The keys of the mappings are the indices of the list in the file. ``names`` holds every part, ``sides``
    every sink and box that the file names, sound or not: a joint to a wrong tube is not wrong itself.
    ``folder`` is where the files lie that the case names, ``data`` the case as it was read.
    """

    sky: Sky | None
    run: Run | None
    flag: Flag | None
    tubes: Mapping[int, Tube]
    joints: Mapping[int, Joint]
    probes: Mapping[int, Probe]
    boxes: Mapping[int, Box]
    events: Mapping[int, HeatPulse]
    sinks: Mapping[str, Sink]
    mesh: Mesh | None
    deployment: Deployment | None
    ground: Ground | None
    names: frozenset[str]
    sides: frozenset[str]
    folder: Path
    data: Mapping[str, Any]

    @property
    def tubes_by_name(self) -> dict[str, Tube]:
        """The sound tubes by their names."""
        return {tube.name: tube for tube in self.tubes.values()}

    def tables(self, *path: str) -> Iterator[tuple[Location, Mapping[str, Any]]]:
        """Yield the place and the content of a table, or of each table of a list, sound or not."""
        node: Any = self.data
        for step in path:
            node = _dict(node).get(step)
        if isinstance(node, dict):
            yield path, node
        for index, element in enumerate(_list(node)):
            if isinstance(element, dict):
                yield (*path, index), element


def draft_of(data: Mapping[str, Any], findings: Iterable[Finding], folder: Path) -> Draft:
    """Take what is sound from the data of a case.

    Parameters
    ----------
    data
        A case as tomllib gives it.
    findings
        What is wrong with it; unknown keys are left out, so that their table counts as sound.
    folder
        Where the case file lies.

    """
    known = copy.deepcopy(dict(data))
    for finding in findings:
        if finding.code == "unknown-key":
            _remove(known, finding.location)
    tubes, boxes = _list(known.get("tube")), _list(known.get("box"))
    sinks, output = _dict(known.get("sink")), _dict(known.get("output"))
    return Draft(
        sky=_sound(Sky, known.get("sky")),
        run=_sound(Run, known.get("run")),
        flag=_sound(Flag, known.get("flag")),
        tubes=_all_sound(Tube, tubes),
        joints=_all_sound(Joint, _list(known.get("joint"))),
        probes=_all_sound(Probe, _list(output.get("probe"))),
        boxes=_all_sound(Box, boxes),
        events=_all_sound(HeatPulse, _list(known.get("event"))),
        sinks={name: sink for name, value in sinks.items() if (sink := _sound(Sink, value)) is not None},
        mesh=_sound(Mesh, known.get("mesh", {})),
        deployment=_sound(Deployment, known.get("deployment")),
        ground=_sound(Ground, known.get("ground", {})),
        names=frozenset({"flag", *(str(tube["name"]) for tube in tubes if _has_name(tube))}),
        sides=frozenset(
            {f"{SINK}{name}" for name in sinks} | {f"{BOX}{box['name']}" for box in boxes if _has_name(box)}
        ),
        folder=folder,
        data=known,
    )


def _remove(data: Any, location: tuple[int | str, ...]) -> None:
    for step in location[:-1]:
        data = data[step]
    del data[location[-1]]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _has_name(value: Any) -> bool:
    return isinstance(value, dict) and "name" in value


def _sound(model: type[AnyTable], value: Any) -> AnyTable | None:
    try:
        return TypeAdapter(model).validate_python(value)
    except ValidationError:
        return None


def _all_sound(model: type[AnyTable], values: Iterable[Any]) -> dict[int, AnyTable]:
    checked = ((index, _sound(model, value)) for index, value in enumerate(values))
    return {index: table for index, table in checked if table is not None}
