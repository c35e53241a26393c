"""How large a mesh will be, in closed form: nothing is built, so that a monstrous one costs nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from thermal.errors import CaseError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.case import Case, Mesh, Tube

AROUND: Final = 24
"""Vertices round the circumference of a tube."""
LARGEST: Final = 20_000_000
"""Vertices; the core keeps one matrix for all parts and is not made for more."""
BYTES_PER_VERTEX: Final = 3000
"""Matrix, factors, history of the integrator and observers."""


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
        Sizes are those of ``case.mesh``: grids grow from ``edge_size`` at the joined hems to ``size``.

    Returns
    -------
    MeshEstimate
        Within some per cent of the mesh that is built.

    """
    lines: dict[str, tuple[int, int]] = {"flag": _sheet(case)}
    lines.update({tube.name: (_tube(case, tube), AROUND) for tube in case.tube})
    vertices = {name: along * across for name, (along, across) in lines.items()}
    cells = {
        name: 2 * along * (across if name != "flag" else across - 1)
        for name, (along, across) in lines.items()
    }
    return MeshEstimate(vertices, cells, sum(vertices.values()) * BYTES_PER_VERTEX)


def check_estimate(case: Case) -> MeshEstimate:
    """Estimate the size of the mesh of a case, and refuse one that is too large.

    Raises
    ------
    CaseError
        With code ``mesh-too-large``, before any memory is taken.

    """
    found = estimate(case)
    if found.total > LARGEST:
        message = (
            f"the mesh would have {found.total:.2g} unknowns and take {found.memory_bytes / 1e9:.2g} GB; "
            f"at most {LARGEST:.0e} unknowns are possible"
        )
        remedy = 'write larger sizes, e.g. --set mesh.size="20 mm" --set mesh.edge_size="0.5 mm"'
        raise CaseError(Problem("mesh-too-large", f"{case.path}: mesh", message, remedy))
    return found


def _sheet(case: Case) -> tuple[int, int]:
    """Grid lines along the width and the height of the cloth."""
    joined = {side.removeprefix("flag:") for joint in case.joint for side in joint.between if ":" in side}
    upright = len(joined & {"top", "bottom"})
    sideways = len(joined & {"left", "right"})
    width = _lines(case.flag.width, case.mesh, sideways)
    height = _lines(case.flag.height_of_cloth, case.mesh, upright)
    return width, height


def _tube(case: Case, tube: Tube) -> int:
    return _lines(tube.length, case.mesh, 0)


def _lines(length: float, mesh: Mesh, graded_ends: int) -> int:
    """Count the grid lines of a length of which some ends are graded."""
    steps = max(math.ceil(math.log(mesh.size / mesh.edge_size) / math.log(mesh.growth)), 0)
    run = mesh.edge_size * (mesh.growth**steps - 1.0) / (mesh.growth - 1.0)
    graded = graded_ends * steps
    rest = max(length - graded_ends * run, 0.0)
    return 1 + graded + math.ceil(rest / mesh.size)
