"""How large the mesh of a case will be; nothing is built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from thermal.case.checks.counting import BYTES_PER_VERTEX, flag_lines, tube_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.case import Case


@dataclass(frozen=True, slots=True)
class MeshEstimate:
    """Size of a mesh that is not built yet.

    Parameters
    ----------
    vertices
        Per part; each is one unknown.
    cells
        Triangles per part.
    memory_bytes
        What a run will take, roughly.

    """

    vertices: Mapping[str, int]
    cells: Mapping[str, int]
    memory_bytes: int

    @property
    def total(self) -> int:
        """Vertices of all parts: the number of unknowns."""
        return sum(self.vertices.values())


def estimate(case: Case) -> MeshEstimate:
    """Estimate the size of the mesh of a case.

    Parameters
    ----------
    case
        A valid case: :func:`thermal.case.load_case` has refused what is too large.

    Returns
    -------
    MeshEstimate
        Within two per cent of the mesh that is built.

    """
    width, height = flag_lines(case.flag, case.joint, case.mesh)
    vertices = {"flag": width * height}
    cells = {"flag": 2 * (width - 1) * (height - 1)}
    for tube in case.tube:
        along, around = tube_lines(tube, case.mesh)
        vertices[tube.name] = along * around
        cells[tube.name] = 2 * (along - 1) * around
    return MeshEstimate(vertices, cells, sum(vertices.values()) * BYTES_PER_VERTEX)
