"""The flag of a case: grid or imported mesh, pose, drape, regions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from materials.problems import Problem
from thermal.core.errors import CaseError
from thermal.geometry.drape import Drape, Wave
from thermal.geometry.graded_grid import graded_grid
from thermal.geometry.sheet import flat_sheet, pose_axes
from thermal.heat.model.part import Face, Part
from thermal.scene.drape_file import measured_drape
from thermal.scene.walls import cloth_laws, face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materials import Database
    from thermal.case.tables.root import Case
    from thermal.geometry.surface import Surface
    from thermal.scene.telescope import Cylinder

EDGES = {"bottom": (1, 0.0), "top": (1, 1.0), "left": (0, 0.0), "right": (0, 1.0)}
"""Which coordinate an edge of the cloth holds, and at which share of its extent."""


class _Pose(TypedDict):
    """Where a cloth is and how it stands; see :func:`~thermal.geometry.sheet.pose_axes`."""

    position: tuple[float, float, float]
    azimuth: float
    tilt: float
    roll: float


def build_cloth(case: Case, cylinders: Sequence[Cylinder], database: Database) -> Part:
    """Build the flag of a case.

    Parameters
    ----------
    case
        A checked case.
    cylinders
        Tubes: where they begin and end along a joined hem, the cloth has grid lines.
    database
        Materials.

    Raises
    ------
    CaseError
        Where the file of a drape or a mesh cannot be read.
    MaterialError
        Where the database has no datum that the wall needs.

    """
    surface = _hang(case, _mesh(case, cylinders))
    material = database[case.flag.material]
    capacity, conductance, thickness, through = cloth_laws(material)
    front, back = (face(material, s) for s in (case.flag.front_surface, case.flag.back_surface))
    layers = np.ones(len(surface.triangles))
    optics = [{"absorptance": np.full(len(layers), f.absorptance),
               "emissivity": np.full(len(layers), f.emissivity),
               "transmittance": np.full(len(layers), f.transmittance)} for f in (front, back)]  # fmt: skip
    middle = surface.uv[surface.triangles].mean(axis=1)
    for region in case.flag.region:
        low = np.asarray(region.corner)
        inside = ((middle > low) & (middle < low + np.asarray(region.size))).all(axis=1)
        layers[inside] = region.thickness_factor
        for side, state in zip(
            optics, (region.front or region.surface, region.back or region.surface), strict=True
        ):
            if state:
                printed = face(material, state)
                for name, values in side.items():
                    values[inside] = getattr(printed, name)
    faces = [Face(**{name: surface.at_vertices(values) for name, values in side.items()}) for side in optics]
    return Part(
        surface=surface,
        heat_capacity=capacity,
        conductance=conductance,
        front=faces[0],
        back=faces[1],
        thickness=thickness,
        through_conductivity=through,
        layers=layers,
    )


def _mesh(case: Case, cylinders: Sequence[Cylinder]) -> Surface:
    """Flat cloth in its pose, graded towards every edge that a joint holds, or as a file has it."""
    entry, sizes = case.flag, case.mesh
    pose = _Pose(position=entry.position, azimuth=entry.azimuth, tilt=entry.tilt, roll=entry.roll)
    extent = (entry.width, entry.height_of_cloth)
    if sizes.file is not None:
        from thermal.geometry.imported_mesh import imported_sheet

        return imported_sheet("flag", case.path.parent / sizes.file, extent, **pose)
    own = sizes.part.get("flag")
    refine: tuple[set[float], set[float]] = (set(), set())
    for joint in case.joint:
        for side in joint.between:
            if side.startswith("flag:"):
                held, share = EDGES[side.removeprefix("flag:")]
                refine[held].add(share * extent[held])
    ends = np.array([end for c in cylinders for end in (c.start, c.end)]).reshape(-1, 3)
    along = [
        (ends - np.asarray(entry.position)) @ axis
        for axis in pose_axes(entry.azimuth, entry.tilt, entry.roll)
    ]
    size = (own and own.size) or sizes.size
    lines = [
        graded_grid(
            extent[k],
            size,
            refine_at=sorted(refine[k]),
            edge_size=min((own and own.edge_size) or sizes.edge_size, size),
            growth=(own and own.growth) or sizes.growth,
            through=[
                *(along[k] if refine[1 - k] else ()),
                *(r.corner[k] + share * r.size[k] for r in entry.region for share in (0.0, 1.0)),
            ],
        )
        for k in (0, 1)
    ]
    return flat_sheet("flag", lines[0], lines[1], **pose)


def _hang(case: Case, flat: Surface) -> Surface:
    """Bring the flat cloth into the shape of its drape."""
    entry = case.flag
    if entry.drape is None:
        return flat
    shape: Drape
    if entry.drape.file is not None:
        shape = measured_drape(case, entry.drape.file)
    elif entry.drape.amplitude is not None and entry.drape.wavelength is not None:
        shape = Wave(
            entry.width,
            entry.height_of_cloth,
            entry.drape.amplitude,
            entry.drape.wavelength,
            entry.drape.held,
            entry.drape.phase,
        )
    else:
        raise CaseError(Problem("contradiction", "flag.drape", "a drape needs a wave or a file", ""))
    place, normal = shape.place(flat.uv)
    axes = np.stack(pose_axes(entry.azimuth, entry.tilt, entry.roll))
    points = np.asarray(entry.position) + place @ axes
    return replace(flat, points=points, normals=normal @ axes, rest=flat.points)
