"""Count the grid lines of a mesh in closed form: nothing is built, so that a monstrous one costs nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thermal.case.flag import Flag
    from thermal.case.joint import Joint
    from thermal.case.mesh import Mesh
    from thermal.case.tube import Tube

LARGEST: Final = 20_000_000
"""Vertices; the core keeps one matrix for all parts and is not made for more."""
BYTES_PER_VERTEX: Final = 3000
"""Matrix, factors, history of the integrator and observers."""

Lines = tuple[int, int]
"""Grid lines along the two directions of a part; their product is its number of vertices."""


def flag_lines(flag: Flag, joints: Iterable[Joint], mesh: Mesh) -> Lines:
    """Count the grid lines along the width and the height of the cloth.

    Parameters
    ----------
    flag, joints, mesh
        Tables of the case; the grid grows from ``edge_size`` at the joined edges to ``size``, and every
        border of a region is a line of it.

    """
    joined = {side.removeprefix("flag:") for joint in joints for side in joint.between if "flag:" in side}
    regions = [(region.corner, region.size) for region in flag.region]
    borders = [
        {round(edge, 9) for corner, size in regions for edge in (corner[axis], corner[axis] + size[axis])}
        - {0.0, extent}
        for axis, extent in enumerate((flag.width, flag.height_of_cloth))
    ]
    return (
        _lines(flag.width, mesh, "flag", len(joined & {"left", "right"})) + len(borders[0]),
        _lines(flag.height_of_cloth, mesh, "flag", len(joined & {"top", "bottom"})) + len(borders[1]),
    )


def tube_lines(tube: Tube, mesh: Mesh) -> Lines:
    """Count the grid lines along the axis and round the circumference of a tube."""
    own = mesh.part.get(tube.name)
    return _lines(tube.length, mesh, tube.name, 0), (own and own.around) or mesh.around


def too_large(vertices: int) -> str:
    """Say that a mesh is too large, with the estimate; empty when it is not."""
    if vertices <= LARGEST:
        return ""
    memory = vertices * BYTES_PER_VERTEX / 1e9
    return (
        f"the mesh would have {vertices:.2g} unknowns and take {memory:.2g} GB; "
        f"at most {LARGEST:.0e} unknowns are possible"
    )


def _lines(length: float, mesh: Mesh, part: str, graded_ends: int) -> int:
    """Count the grid lines of a length of which some ends are graded."""
    own = mesh.part.get(part)
    size = (own and own.size) or mesh.size
    edge = min((own and own.edge_size) or mesh.edge_size, size)
    growth = (own and own.growth) or mesh.growth
    steps = math.ceil(math.log(size / edge) / math.log(growth))
    run = edge * (growth**steps - 1.0) / (growth - 1.0)
    rest = max(length - graded_ends * run, 0.0)
    return 1 + graded_ends * steps + math.ceil(rest / size - 1e-9)
