"""Joints of a case as conductors: hem on tube, tube in tube, tube or hem to a sink."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from materials.problems import Problem
from thermal.core.errors import CaseError
from thermal.geometry.dual import line_lengths
from thermal.heat.model.conductor import Conductors, Sink
from thermal.scene.cloth import EDGES
from thermal.scene.telescope import Cylinder, Overlap, facing, locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.case.tables.joint import Joint
    from thermal.geometry.surface import Surface

CONTACT_M = 0.02
"""Gap up to which a hem or a tube still touches a tube."""


@dataclass(frozen=True)
class Assembly:
    """What joints are made between.

    Parameters
    ----------
    surfaces, first
        Each part's surface, and the number of its first vertex in the model.
    tubes
        Axis and size of each tube.
    overlaps
        Tubes inside tubes.
    sinks
        Temperature over time of each sink.
    masses
        Of each body with a heat capacity, by its name as a side of a joint: its vertices in the model, and
        their shares of its area.

    """

    surfaces: Mapping[str, Surface]
    first: Mapping[str, int]
    tubes: Mapping[str, Cylinder]
    overlaps: Sequence[Overlap]
    sinks: Mapping[str, Callable[[float], float]]
    masses: Mapping[str, tuple[NDArray[np.int64], NDArray[np.float64]]]


def make_joint(joint: Joint, assembly: Assembly) -> Conductors | Sink:
    """Turn a joint of the case into conductors.

    Raises
    ------
    CaseError
        Where the two sides do not touch, or the kind of conductance does not suit them.

    """
    name = " - ".join(joint.between)
    a, b = joint.between
    if _is_sink(b) and not _is_sink(a):
        return _held(_to_sink(joint, name, a, b, assembly), b, assembly)
    if _is_sink(a) and not _is_sink(b):
        return _held(_to_sink(joint, name, b, a, assembly), a, assembly)
    if _is_sink(a):
        mass, other = (a, b) if a in assembly.masses else (b, a)
        return _held(_of_mass(joint, name, mass, other, assembly), other, assembly)
    if a.startswith("flag:") or b.startswith("flag:"):
        edge, tube = (a, b) if a.startswith("flag:") else (b, a)
        return _hem_on_tube(joint, name, edge, tube, assembly)
    for overlap in assembly.overlaps:
        if {overlap.inner.name, overlap.outer.name} == {a, b}:
            rows, columns, area = facing(overlap, assembly.surfaces)
            length = overlap.on_inner[1] - overlap.on_inner[0]
            value = _spread(joint, name, area, length=length, area=float(area.sum()))
            first = assembly.first
            return Conductors(
                name, first[overlap.inner.name] + rows, first[overlap.outer.name] + columns, value
            )
    return _crossing(joint, name, a, b, assembly)


def hem(assembly: Assembly, edge: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Vertices of an edge of the cloth, in order, and where they lie along it, m."""
    uv = assembly.surfaces["flag"].uv
    held, share = EDGES[edge.removeprefix("flag:")]
    vertices = np.flatnonzero(np.abs(uv[:, held] - share * uv[:, held].max()) < 1e-9)
    vertices = vertices[np.argsort(uv[vertices, 1 - held])]
    return vertices, uv[vertices, 1 - held]


def _hem_on_tube(joint: Joint, name: str, edge: str, tube: str, assembly: Assembly) -> Conductors:
    vertices, lines = hem(assembly, edge)
    cylinder, surface = assembly.tubes[tube], assembly.surfaces[tube]
    points = assembly.surfaces["flag"].points[vertices]
    middle = 0.5 * (points[1:] + points[:-1])
    along, off = cylinder.station(middle)
    touching = (along > 0.0) & (along < cylinder.length) & (off < cylinder.radius + CONTACT_M)
    for overlap in assembly.overlaps:
        if overlap.inner.name == tube:
            touching &= ~((along > overlap.on_inner[0]) & (along < overlap.on_inner[1]))
    if not touching.any():
        raise _apart(name, "move the tube's axis to the hem, or leave the joint out")
    length = line_lengths(np.where(touching, np.diff(lines), 0.0))
    rows = np.flatnonzero(length)
    # The cloth hangs from the generatrix on its own side, which is the tube's angle 0.
    side = points[rows] + surface.normals[0] * cylinder.radius
    columns, weights = locate(cylinder, surface, side)
    pairs = (length[rows, None] * weights).ravel()
    keep = pairs > 1e-12
    value = _spread(joint, name, pairs[keep], length=float(length.sum()), area=None)
    return Conductors(
        name,
        assembly.first["flag"] + np.repeat(vertices[rows], columns.shape[1])[keep],
        assembly.first[tube] + columns.ravel()[keep],
        value,
    )


def _crossing(joint: Joint, name: str, a: str, b: str, assembly: Assembly) -> Conductors:
    """Two tubes that touch without one being in the other: the rings next to the contact, all with all."""
    one, other = assembly.tubes[a], assembly.tubes[b]
    first, second = (assembly.surfaces[c] for c in (a, b))
    middles = [
        tube.start + surface.lines[0][:, None] * tube.axis
        for tube, surface in ((one, first), (other, second))
    ]
    distance = np.linalg.norm(middles[0][:, None] - middles[1][None], axis=2)
    i, j = np.unravel_index(distance.argmin(), distance.shape)
    reach = one.radius + other.radius + CONTACT_M + max(np.diff(s.lines[0]).max() for s in (first, second))
    if distance[i, j] > reach:
        raise _apart(name, "let the tubes overlap on one axis, or meet")
    around = [len(s.lines[1]) for s in (first, second)]
    rows, columns = np.meshgrid(
        i * around[0] + np.arange(around[0]), j * around[1] + np.arange(around[1]), indexing="ij"
    )
    value = _spread(
        joint, name, np.ones(rows.size), length=2.0 * np.pi * min(one.radius, other.radius), area=None
    )
    return Conductors(name, assembly.first[a] + rows.ravel(), assembly.first[b] + columns.ravel(), value)


def _to_sink(joint: Joint, name: str, part: str, sink: str, assembly: Assembly) -> Sink:
    temperature = assembly.sinks[sink.removeprefix("sink:")]
    if part.startswith("flag:"):
        vertices, lines = hem(assembly, part)
        value = _spread(
            joint, name, line_lengths(np.diff(lines)), length=float(lines[-1] - lines[0]), area=None
        )
        return Sink(name, assembly.first["flag"] + vertices, value, temperature)
    around = len(assembly.surfaces[part].lines[1])
    tube = assembly.tubes[part]
    ring = np.arange(around)
    if sink == "ground" and tube.end[2] < tube.start[2]:
        ring += around * (len(assembly.surfaces[part].lines[0]) - 1)
    radius = tube.radius
    value = _spread(joint, name, np.ones(around), length=2 * np.pi * radius, area=None)
    return Sink(name, assembly.first[part] + ring, value, temperature)


def _of_mass(joint: Joint, name: str, mass: str, other: str, assembly: Assembly) -> Sink:
    """Joint of a body with a heat capacity to a sink, the ground or another body."""
    vertices, share = assembly.masses[mass]
    if joint.conductance is None:
        raise CaseError(
            Problem(
                "no-contact-area", f"joint {name}", "two bodies share no length or area", "write conductance"
            )
        )
    return Sink(name, vertices, joint.conductance * share, assembly.sinks[other.removeprefix("sink:")])


def _held(sink: Sink, side: str, assembly: Assembly) -> Conductors | Sink:
    """Lead a joint to all of a body, by area, where its other side has a heat capacity."""
    if side not in assembly.masses:
        return sink
    vertices, share = assembly.masses[side]
    return Conductors(
        sink.name,
        np.repeat(sink.vertices, len(vertices)),
        np.tile(vertices, len(sink.vertices)),
        np.outer(sink.conductance, share).ravel().astype(np.float64),
    )


def _spread(
    joint: Joint, name: str, weights: NDArray[np.float64], *, length: float, area: float | None
) -> NDArray[np.float64]:
    """Share a joint's whole conductance, W/K, in proportion to ``weights``."""
    if joint.conductance is not None:
        whole = joint.conductance
    elif joint.conductance_per_length is not None:
        whole = joint.conductance_per_length * length
    elif area is not None and joint.conductance_per_area is not None:
        whole = joint.conductance_per_area * area
    else:
        raise CaseError(
            Problem(
                "no-contact-area",
                f"joint {name}",
                "a line contact has no area",
                "write conductance_per_length or conductance",
            )
        )
    return np.asarray(weights * (whole / weights.sum()))


def _is_sink(side: str) -> bool:
    return side.startswith(("sink:", "box:")) or side == "ground"


def _apart(name: str, remedy: str) -> CaseError:
    return CaseError(Problem("parts-apart", f"joint {name}", "the two sides do not touch", remedy))
