"""Membrane forces of the case's cloth at a temperature the run has found, held as its joints hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.errors import NoDataError
from thermal.endurance.membrane import Edge, Hold, MembraneForces, rectangle, solve_membrane
from thermal.endurance.weave import cloth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from materials import Material, Property
    from thermal.case.root import Case

CELLS: Final = 40
"""Cells along the longer side of the cloth."""
DIRECTIONS: Final = ("", "axial", "in_plane")
"""Where a fibre's or a film's expansion is looked for, when a cloth has none along warp or weft."""


@dataclass(frozen=True)
class SheetForces:
    """Forces in the cloth at one instant.

    Attributes
    ----------
    forces
        By cell.
    largest_n_m, smallest_n_m
        Largest tension and smallest principal force (negative: compression, which wrinkles), N/m.
    strength_share
        Largest tension over the strength of a strip at that temperature; None without that datum.
    hem_mismatch
        Free strain of the arm minus that of the cloth along the hem.

    """

    forces: MembraneForces
    largest_n_m: float
    smallest_n_m: float
    strength_share: float | None
    hem_mismatch: float


def sheet_forces(
    case: Case,
    materials: Mapping[str, Material],
    uv: NDArray[np.float64],
    temperature_k: Mapping[str, NDArray[np.float64]],
    *,
    wrinkling: bool = False,
) -> SheetForces:
    """Solve for the forces in the cloth; free of force at 293 K, where expansion is counted from.

    Parameters
    ----------
    case
        Its joints say which edges are held, and by which tubes.
    materials
        Material of each part.
    uv
        Coordinates of the cloth's vertices, (n, 2), m.
    temperature_k
        Temperatures of every part, K.
    wrinkling
        Let the cloth carry no compression.

    Returns
    -------
    SheetForces
        Forces, their extremes and what they mean.

    Raises
    ------
    NoDataError
        Where the database lacks the stiffness or the expansion of the cloth or of the tube that holds it.

    """
    from scipy.interpolate import LinearNDInterpolator, NearestNDInterpolator  # noqa: PLC0415  (heavy)

    own = materials["flag"]
    field = temperature_k["flag"]
    mean = float(field.mean())
    stiffness = cloth(*(float(own.membrane_stiffness(d).clamped()(mean)) for d in ("warp", "weft")))
    warp, weft = (_expansion(own, direction).clamped() for direction in ("warp", "weft"))
    inside, nearest = LinearNDInterpolator(uv, field), NearestNDInterpolator(uv, field)

    def free_strain(places: NDArray[np.float64]) -> NDArray[np.float64]:
        local = inside(places[0], places[1])
        local = np.where(np.isnan(local), nearest(places[0], places[1]), local)
        return np.stack([warp(local), weft(local), np.zeros(local.shape)])

    held: dict[Edge, Hold] = {}
    mismatch = 0.0
    for edge, tubes in _holders(case).items():
        strain = float(
            np.mean([_expansion(materials[t], "").clamped()(temperature_k[t]).mean() for t in tubes])
        )
        held[edge] = strain
        along = warp if edge in ("top", "bottom") else weft
        mismatch = max(mismatch, strain - float(along(mean)), key=abs)
    size = max(case.flag.width, case.flag.height_of_cloth) / CELLS
    domain = rectangle(case.flag.width, case.flag.height_of_cloth, size)
    # The tension field jumps from cell to cell: linear elements, which are cheap, lose nothing there.
    degree = 1 if wrinkling else 2
    forces = solve_membrane(domain, stiffness, free_strain, held, degree=degree, wrinkling=wrinkling)
    principal = forces.principal()
    return SheetForces(
        forces,
        float(principal[:, 0].max()),
        float(principal[:, 1].min()),
        _share(own, float(principal[:, 0].max()), mean),
        mismatch,
    )


def _holders(case: Case) -> dict[Edge, list[str]]:
    """Tubes along each held edge of the cloth."""
    names = {entry.name for entry in case.tube}
    held: dict[Edge, list[str]] = {}
    edges: tuple[Edge, ...] = ("left", "right", "bottom", "top")
    for joint in case.joint:
        for side, other in (joint.between, joint.between[::-1]):
            for edge in edges:
                if side == f"flag:{edge}" and other in names:
                    held.setdefault(edge, []).append(other)
    return held


def _expansion(material: Material, direction: str) -> Property:
    """Expansion along a direction, or that of the fibre or film it is made of."""
    for way in dict.fromkeys((direction, *DIRECTIONS)):
        try:
            return material.expansion(way)
        except NoDataError:
            continue
    return material.expansion(direction)


def _share(material: Material, force_n_m: float, mean_k: float) -> float | None:
    try:
        strength = material.strip_strength("warp").clamped()
    except NoDataError:
        return None
    return force_n_m / float(strength(mean_k))
