"""Count the grid lines of a mesh in closed form: nothing is built, so that a monstrous one costs nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thermal.case.tables.flag import Flag
    from thermal.case.tables.joint import Joint
    from thermal.case.tables.mesh import Mesh
    from thermal.case.tables.tube import Tube

LARGEST: Final = 20_000_000
"""Vertices; the core keeps one matrix for all parts and is not made for more."""
BYTES_PER_VERTEX: Final = 3000
"""Matrix, factors, history of the integrator and observers."""
_SLACK: Final = 1e-6

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
    sides = (("left", "right"), ("bottom", "top"))
    extents = (flag.width, flag.height_of_cloth)
    counts = []
    for axis, extent in enumerate(extents):
        borders = (r.corner[axis] + share * r.size[axis] for r in flag.region for share in (0.0, 1.0))
        graded = [place for side, place in zip(sides[axis], (0.0, extent), strict=True) if side in joined]
        counts.append(_lines(extent, _sizes(mesh, "flag"), graded, borders))
    return counts[0], counts[1]


def tube_lines(tube: Tube, mesh: Mesh) -> Lines:
    """Count the grid lines along the axis and round the circumference of a tube."""
    own = mesh.part.get(tube.name)
    return _lines(tube.length, _sizes(mesh, tube.name)), (own and own.around) or mesh.around


def too_large(vertices: int) -> str:
    """Say that a mesh is too large, with the estimate; empty when it is not."""
    if vertices <= LARGEST:
        return ""
    memory = vertices * BYTES_PER_VERTEX / 1e9
    return (
        f"the mesh would have {vertices:.2g} unknowns and take {memory:.2g} GB; "
        f"at most {LARGEST:.0e} unknowns are possible"
    )


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Sizes of the cells of one part: ``edge`` at a graded end, growing to ``size``, m."""

    size: float
    edge: float
    growth: float

    def cells(self, near: float, far: float) -> float:
        """Count the cells between two distances (m) from a graded end; a fraction is kept."""
        reach = (self.size - self.edge) / (self.growth - 1.0)
        low, high = (self.edge + min(distance, reach) * (self.growth - 1.0) for distance in (near, far))
        plain = max(far, reach) - max(near, reach)
        return math.log(high / low) / math.log(self.growth) + plain / self.size


def _sizes(mesh: Mesh, part: str) -> _Sizes:
    own = mesh.part.get(part)
    size = (own and own.size) or mesh.size
    edge = min((own and own.edge_size) or mesh.edge_size, size)
    return _Sizes(size, edge, (own and own.growth) or mesh.growth)


def _lines(length: float, sizes: _Sizes, graded: Iterable[float] = (), borders: Iterable[float] = ()) -> int:
    """Count the grid lines of a length that is graded at some of its ends and cut at borders."""
    ends = sorted(graded)
    middle = [length / 2] if len(ends) == 2 else []
    inner = {round(border, 9) for border in borders if _SLACK < border < length - _SLACK}
    cells = 0
    for start, stop in pairwise([0.0, *sorted(inner), length]):
        if not ends:
            number = (stop - start) / sizes.size
        else:
            pieces = pairwise([start, *(cut for cut in middle if start < cut < stop), stop])
            distances = ([min(abs(x - end) for end in ends) for x in piece] for piece in pieces)
            number = sum(sizes.cells(min(pair), max(pair)) for pair in distances)
        cells += math.ceil(number - _SLACK)
    return 1 + cells
