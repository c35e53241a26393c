"""From a case to its scene: every part's surface and wall, and the couplings between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.conductor import Conductors, Sink
from thermal.heat.part import Face, Part
from thermal.scene.grading import graded_grid
from thermal.scene.joints import EDGES, Assembly, make_joint
from thermal.scene.sheet import flat_sheet, pose_axes
from thermal.scene.telescope import Cylinder, covered, find_overlaps, gap_exchange, inside_exchange
from thermal.scene.tube import tube
from thermal.scene.walls import cloth_laws, face, tube_laws

if TYPE_CHECKING:
    from materials import Database
    from thermal.case.root import Case
    from thermal.scene.surface import Surface

AROUND = 24
"""Vertices round a tube: the first harmonic, which bends it, is met to 0.3 %."""


@dataclass(frozen=True)
class Scene:
    """Everything that stands on the site.

    Parameters
    ----------
    walls
        The parts with their walls, the flag first.
    joints
        Conductors and sinks between them.

    """

    walls: tuple[Part, ...]
    joints: tuple[Conductors | Sink, ...]

    @property
    def parts(self) -> dict[str, Surface]:
        """Surface of each part by name."""
        return {wall.name: wall.surface for wall in self.walls}


def build(
    case: Case, database: Database, ground_temperature: Callable[[float], float] | None = None
) -> Scene:
    """Build the scene of a case.

    Parameters
    ----------
    case
        A checked case.
    database
        Materials.
    ground_temperature
        Time in s to kelvin, for joints to the ground.

    Raises
    ------
    CaseError
        Where parts that a joint names do not touch.
    MaterialError
        Where the database has no datum that the model needs.

    """
    cylinders = [_cylinder(case, k, database) for k in range(len(case.tube))]
    overlaps = find_overlaps(cylinders)
    flag = _flag(case, cylinders, database)
    down = -pose_axes(case.flag.azimuth, case.flag.tilt, case.flag.roll)[1]
    surfaces = {"flag": flag.surface}
    for cylinder, entry in zip(cylinders, case.tube, strict=True):
        through = [s for o in overlaps for s in (*o.on_outer, *o.on_inner) if cylinder in (o.outer, o.inner)]
        own = [
            station
            for o in overlaps
            for side in ("outer", "inner")
            if getattr(o, side) is cylinder
            for station in getattr(o, f"on_{side}")
        ]
        lines = graded_grid(cylinder.length, case.mesh.size, through=own if through else ())
        surfaces[cylinder.name] = tube(
            cylinder.name, cylinder.start, cylinder.end, (entry.diameter - entry.wall) / 2.0, lines,
            around=AROUND, towards=down,
        )  # fmt: skip
    counts = np.cumsum([0, *(len(s.points) for s in surfaces.values())])
    first = dict(zip(surfaces, (int(c) for c in counts), strict=False))
    walls = [flag]
    exchange = []
    for cylinder, entry in zip(cylinders, case.tube, strict=True):
        surface = surfaces[cylinder.name]
        material = database[entry.material]
        capacity, conductance = tube_laws(material, entry.wall)
        walls.append(
            Part(
                surface=surface,
                heat_capacity=capacity,
                conductance=conductance,
                front=face(material, entry.surface),
                back=Face(),
                thickness=entry.wall,
                exposed=1.0 - covered(cylinder.name, surface, overlaps, "inner"),
            )
        )
        free = 1.0 - covered(cylinder.name, surface, overlaps, "outer")
        exchange.append(inside_exchange(cylinder, surface, first[cylinder.name], free))
    exchange += [gap_exchange(overlap, surfaces, first) for overlap in overlaps]
    assembly = Assembly(
        surfaces=surfaces,
        first=first,
        tubes={c.name: c for c in cylinders},
        overlaps=overlaps,
        sinks=_sink_temperatures(case, ground_temperature),
    )
    joints = [make_joint(joint, assembly) for joint in case.joint]
    return Scene(walls=tuple(walls), joints=(*joints, *exchange))


def _flag(case: Case, cylinders: list[Cylinder], database: Database) -> Part:
    """Cloth, graded towards every edge that a joint holds, with grid lines where tubes begin and end on it."""
    entry = case.flag
    size = (entry.width, entry.height_of_cloth)
    refine: tuple[set[float], set[float]] = (set(), set())
    for joint in case.joint:
        for side in joint.between:
            if side.startswith("flag:"):
                held, line = EDGES[side.removeprefix("flag:")]
                refine[held].add(0.0 if line == 0 else size[held])
    axes = pose_axes(entry.azimuth, entry.tilt, entry.roll)
    ends = np.array([end for c in cylinders for end in (c.start, c.end)]).reshape(-1, 3)
    through = [(ends - np.asarray(entry.position)) @ axis for axis in axes[:2]]
    lines = [
        graded_grid(
            size[k], case.mesh.size, refine_at=sorted(refine[k]), edge_size=case.mesh.edge_size,
            growth=case.mesh.growth, through=through[k] if refine[1 - k] else (),
        )
        for k in (0, 1)
    ]  # fmt: skip
    material = database[entry.material]
    capacity, conductance, thickness, through_conductivity = cloth_laws(material)
    return Part(
        surface=flat_sheet(
            "flag", lines[0], lines[1], position=entry.position, azimuth=entry.azimuth, tilt=entry.tilt,
            roll=entry.roll,
        ),
        heat_capacity=capacity,
        conductance=conductance,
        front=face(material, entry.front_surface),
        back=face(material, entry.back_surface),
        thickness=thickness,
        through_conductivity=through_conductivity,
    )  # fmt: skip


def _cylinder(case: Case, index: int, database: Database) -> Cylinder:
    entry = case.tube[index]
    material = database[entry.material]
    return Cylinder(
        name=entry.name,
        start=np.asarray(entry.start),
        end=np.asarray(entry.end),
        radius=entry.diameter / 2.0,
        inside_emissivity=float(np.mean(face(material, entry.inside_surface).emissivity)),
        outside_emissivity=float(np.mean(face(material, entry.surface).emissivity)),
    )


def _sink_temperatures(
    case: Case, ground_temperature: Callable[[float], float] | None
) -> dict[str, Callable[[float], float]]:
    sinks: dict[str, Callable[[float], float]] = {}
    for name, sink in case.sink.items():
        if sink.temperature is not None:
            sinks[name] = _constant(sink.temperature)
        else:
            sinks[name] = _table(case, str(sink.table))
    if ground_temperature is not None:
        sinks["ground"] = ground_temperature
    return sinks


def _constant(temperature: float) -> Callable[[float], float]:
    return lambda _: temperature


def _table(case: Case, name: str) -> Callable[[float], float]:
    """Read the table of a sink: columns time_s and temperature_k, linear between rows, held outside."""
    data = np.loadtxt(case.path.parent / name, delimiter=",", skiprows=1)
    return lambda time_s: float(np.interp(time_s, data[:, 0], data[:, 1]))
