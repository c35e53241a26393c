"""From a case to its scene: every part's surface and wall, and the couplings between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.geometry.graded_grid import graded_grid
from thermal.geometry.tube import tube
from thermal.heat.model.conductor import Conductors, Sink
from thermal.heat.model.part import Face, Part
from thermal.scene.bodies import BoxBody, RayPart, cloth_body, hem_shift, tube_body
from thermal.scene.box_shade import shade_boxes
from thermal.scene.cloth import build_cloth
from thermal.scene.joints import Assembly, make_joint
from thermal.scene.masses import OwnTemperature, mass_of
from thermal.scene.tables import TemperatureTable
from thermal.scene.telescope import Cylinder, covered, find_overlaps, gap_exchange, inside_exchange
from thermal.scene.walls import face, tube_laws

if TYPE_CHECKING:
    from materials import Database
    from thermal.case.tables.box import Box
    from thermal.case.tables.root import Case
    from thermal.geometry.surface import Surface
    from thermal.sky import Environment


@dataclass(frozen=True)
class Scene:
    """Everything that stands on the site.

    Parameters
    ----------
    walls
        The parts with their walls, the flag first.
    joints
        Conductors and sinks between them.
    rays
        The parts as rays see them.
    boxes
        Opaque boxes.
    masses
        Those of the boxes that have a heat capacity, as parts of the heat model behind the walls.

    """

    walls: tuple[Part, ...]
    joints: tuple[Conductors | Sink, ...]
    rays: tuple[RayPart, ...]
    boxes: tuple[BoxBody, ...]
    masses: tuple[Part, ...] = ()

    @property
    def parts(self) -> dict[str, Surface]:
        """Surface of each wall by name."""
        return {wall.name: wall.surface for wall in self.walls}

    @property
    def all_parts(self) -> dict[str, Surface]:
        """Surface of everything that the heat model solves for, walls and masses, by name."""
        return {part.name: part.surface for part in (*self.walls, *self.masses)}


def build(case: Case, database: Database, environment: Environment | None = None) -> Scene:
    """Build the scene of a case.

    Parameters
    ----------
    case
        A checked case.
    database
        Materials.
    environment
        The sky, for joints to the ground and to boxes in balance with the sky; without it they have none.

    Raises
    ------
    CaseError
        Where parts that a joint names do not touch.
    MaterialError
        Where the database has no datum that the model needs.

    """
    cylinders = [_cylinder(case, k, database) for k in range(len(case.tube))]
    overlaps = find_overlaps(cylinders)
    flag = build_cloth(case, cylinders, database)
    centre = flag.surface.mean(flag.surface.points)
    surfaces = {"flag": flag.surface}
    for cylinder, entry in zip(cylinders, case.tube, strict=True):
        own = [
            station
            for o in overlaps
            for side in ("outer", "inner")
            if getattr(o, side) is cylinder
            for station in getattr(o, f"on_{side}")
        ]
        own_mesh = case.mesh.part.get(cylinder.name)
        lines = graded_grid(cylinder.length, (own_mesh and own_mesh.size) or case.mesh.size, through=own)
        surfaces[cylinder.name] = tube(
            cylinder.name, cylinder.start, cylinder.end, (entry.diameter - entry.wall) / 2.0, lines,
            around=(own_mesh and own_mesh.around) or case.mesh.around,
            towards=centre - (cylinder.start + cylinder.end) / 2.0,
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
    shifts = hem_shift(cylinders, flag)
    tubes = [tube_body(wall, c, s) for wall, c, s in zip(walls[1:], cylinders, shifts, strict=True)]
    rays = (cloth_body(flag), *tubes)
    boxes = shade_boxes([_box(entry, case, database) for entry in case.box], [ray.body for ray in rays])
    masses = [
        mass_of(entry, box)
        for entry, box in zip(case.box, boxes, strict=True)
        if entry.heat_capacity is not None
    ]
    exchange += [gap_exchange(overlap, surfaces, first) for overlap in overlaps]
    starts = np.cumsum([counts[-1], *(len(mass.surface.points) for mass in masses)])
    assembly = Assembly(
        surfaces=surfaces,
        first=first,
        masses={
            f"box:{mass.name}": (
                int(start) + np.arange(len(mass.surface.points)),
                mass.surface.area / mass.surface.area.sum(),
            )
            for mass, start in zip(masses, starts, strict=False)
        },
        tubes={c.name: c for c in cylinders},
        overlaps=overlaps,
        sinks=sink_temperatures(case, boxes, environment),
    )
    joints = [make_joint(joint, assembly) for joint in case.joint]
    return Scene(
        walls=tuple(walls),
        joints=(*joints, *exchange),
        rays=rays,
        boxes=boxes,
        masses=tuple(masses),
    )


def _box(entry: Box, case: Case, database: Database) -> BoxBody:
    if entry.material is not None and entry.surface is not None:
        skin = face(database[entry.material], entry.surface)
        absorptance, emissivity = float(np.mean(skin.absorptance)), float(np.mean(skin.emissivity))
    else:
        absorptance, emissivity = float(entry.solar_absorptance or 0.0), float(entry.ir_emissivity or 0.0)
    temperature: Callable[[float], float] | None = None
    if entry.heat_capacity is not None:
        temperature = OwnTemperature()
    elif entry.table is not None:
        temperature = _table(case, entry.table)
    elif isinstance(entry.temperature, float):
        temperature = _constant(entry.temperature)
    return BoxBody.upright(
        entry.name, entry.base, entry.size, entry.azimuth, absorptance, emissivity, temperature
    )


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


def sink_temperatures(
    case: Case, boxes: Sequence[BoxBody], environment: Environment | None
) -> dict[str, Callable[[float], float]]:
    """Temperature over time of everything that a joint can lead to: sinks, ``box:NAME`` and ``ground``."""
    sinks: dict[str, Callable[[float], float]] = {}
    for name, sink in case.sink.items():
        sinks[name] = _table(case, sink.table) if sink.table else _constant(sink.temperature or 0.0)
    for box in boxes:
        if box.temperature is not None:
            sinks[f"box:{box.name}"] = box.temperature
        elif environment is not None:
            sinks[f"box:{box.name}"] = _balanced(box, environment)
    if environment is not None:
        sinks["ground"] = lambda time_s: environment.at(time_s).ground_k
    return sinks


def _balanced(box: BoxBody, environment: Environment) -> Callable[[float], float]:
    return lambda time_s: box.mean_temperature(time_s, environment.at(time_s))


def _constant(temperature: float) -> Callable[[float], float]:
    return lambda _: temperature


def _table(case: Case, name: str) -> TemperatureTable:
    return TemperatureTable.read(case.path.parent / name, case.sky.start)
