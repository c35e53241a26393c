"""Membrane forces of a sheet under thermal strain, by finite elements (dolfinx, degree 1 or 2).

div N = 0,  N = D (strain(u) - thermal strain),  D orthotropic, held at its hems, free elsewhere. With
wrinkling, cells that would be compressed carry tension alone or nothing: the stiffness of each cell is
replaced by that of its tension field and the solve repeated (Roddeman, Drukker, Oomens and
Janssen 1987, Journal of Applied Mechanics 54, 884-892).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from thermal.endurance.mechanics.tension_field import tension_field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

Edge = Literal["left", "right", "bottom", "top"]

Hold: TypeAlias = "float | Callable[[NDArray[np.float64]], NDArray[np.float64]] | None"
"""How an edge is held: see `solve_membrane`."""

CORNERS: Final = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0 / 3.0, 1.0 / 3.0]])
"""Where forces are evaluated in the reference triangle: its corners, then its centre."""

ROUNDS: Final = 60
"""Tension-field iterations at most; the change is measured and reported."""

SETTLED: Final = 1e-3
"""Change at which the iterations end; the edge between taut and slack wanders by a cell beyond it."""


@dataclass(frozen=True)
class MembraneForces:
    """Forces per width in a sheet.

    Attributes
    ----------
    corners
        Corners of the triangles, (m, 3, 2), m.
    at_corners
        (N_warp, N_weft, N_shear) at the corners of each triangle, (m, 3, 3), N/m.
    at_centres
        The same at the centres, (m, 3), N/m.
    displacement
        Of the corners, (m, 3, 2), m.
    rounds
        Tension-field iterations made; 1 without wrinkling.
    change
        Largest change of a force in the last iteration over the largest force of the taut sheet.

    """

    corners: NDArray[np.float64]
    at_corners: NDArray[np.float64]
    at_centres: NDArray[np.float64]
    displacement: NDArray[np.float64]
    rounds: int
    change: float

    def principal(self) -> NDArray[np.float64]:
        """Largest and smallest principal force at the centres, (m, 2), N/m."""
        warp, weft, shear = self.at_centres.T
        middle, radius = (warp + weft) / 2.0, np.hypot((warp - weft) / 2.0, shear)
        return np.stack([middle + radius, middle - radius], axis=1)


def rectangle(width_m: float, height_m: float, size_m: float) -> Any:
    """Give a dolfinx mesh of the cloth, x along the warp and y along the weft, cells of about a size in m."""
    from dolfinx import mesh
    from mpi4py import MPI

    cells = [max(2, round(width_m / size_m)), max(2, round(height_m / size_m))]
    corners = [np.zeros(2), np.array([width_m, height_m])]
    return mesh.create_rectangle(MPI.COMM_SELF, corners, cells, diagonal=mesh.DiagonalType.crossed)


def solve_membrane(
    domain: Any,
    stiffness: NDArray[np.float64],
    thermal_strain: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    held: Mapping[Edge, Hold] | None = None,
    *,
    degree: int = 2,
    strain_degree: int = 1,
    wrinkling: bool = False,
) -> MembraneForces:
    """Solve for the displacement and the forces.

    Parameters
    ----------
    domain
        Flat dolfinx mesh of triangles on one process, such as `rectangle` gives.
    stiffness
        (3, 3), N/m, see `thermal.endurance.mechanics.weave`.
    thermal_strain
        Free strain (warp, weft, shear) of points: takes (3, k) m, gives (3, k).
    held
        Edges that are held: the strain along the edge of what clamps it (an arm that shrinks); or None
        where the edge slides along what holds it (a sleeve, a plane of symmetry); or a function that gives
        the edge's displacement (k, 2) of points (k, 2) in m. With no edges the sheet is free and only its
        rigid motion is fixed.
    degree
        Of the displacement.
    strain_degree
        Of the thermal strain in a cell: 0 where it jumps from cell to cell.
    wrinkling
        Let no cell carry compression.

    Returns
    -------
    MembraneForces
        Forces and displacements, cell by cell.

    """
    sheet = _Sheet(domain, degree, strain_degree, thermal_strain, held or {})
    forces = sheet.solve(stiffness)
    scale = float(np.abs(forces.at_centres).max())
    field = np.broadcast_to(stiffness, (sheet.cells, 3, 3))
    rounds, change = 1, 0.0
    while wrinkling and scale > 0.0 and rounds < ROUNDS:
        # Halfway steps: a cell that goes slack and taut in turn would never settle.
        field = 0.5 * (field + tension_field(sheet.elastic_strain(), stiffness))
        after = sheet.solve(stiffness, field)
        change = float(np.abs(after.at_centres - forces.at_centres).max()) / scale
        forces, rounds = after, rounds + 1
        if change < SETTLED:
            break
    return MembraneForces(
        forces.corners, forces.at_corners, forces.at_centres, forces.displacement, rounds, change
    )


class _Sheet:
    """Forms of one sheet, assembled anew for every stiffness."""

    def __init__(
        self,
        domain: Any,
        degree: int,
        strain_degree: int,
        thermal_strain: Callable[[NDArray[np.float64]], NDArray[np.float64]],
        held: Mapping[Edge, Hold],
    ) -> None:
        import ufl
        from dolfinx import default_scalar_type, fem

        self.domain = domain
        self.space = fem.functionspace(domain, ("Lagrange", degree, (2,)))
        self.cells = domain.topology.index_map(2).size_local
        self.free = fem.Function(fem.functionspace(domain, ("DG", strain_degree, (3,))))
        self.free.interpolate(thermal_strain)
        self.rigidity = fem.Function(fem.functionspace(domain, ("DG", 0, (3, 3))))
        self.move = fem.Function(self.space)
        trial, test = ufl.TrialFunction(self.space), ufl.TestFunction(self.space)

        def strain(u: Any) -> Any:
            return ufl.as_vector([u[0].dx(0), u[1].dx(1), u[0].dx(1) + u[1].dx(0)])

        self.bilinear = fem.form(ufl.inner(ufl.dot(self.rigidity, strain(trial)), strain(test)) * ufl.dx)
        self.linear = fem.form(ufl.inner(ufl.dot(self.rigidity, self.free), strain(test)) * ufl.dx)
        elastic = strain(self.move) - self.free
        scalar = default_scalar_type
        self.strains = fem.Expression(elastic, CORNERS, dtype=scalar)
        self.forces = fem.Expression(ufl.dot(self.rigidity, elastic), CORNERS, dtype=scalar)
        self.moves = fem.Expression(self.move, CORNERS[:3], dtype=scalar)
        self.dofs, self.values = _held_dofs(self.space, held)

    def solve(
        self, stiffness: NDArray[np.float64], field: NDArray[np.float64] | None = None
    ) -> MembraneForces:
        """Solve with one stiffness everywhere, or with (cells, 3, 3)."""
        from dolfinx import fem
        from scipy.sparse.linalg import splu

        ghosted = self.rigidity.x.array.size // 9
        per_cell = np.broadcast_to(stiffness, (ghosted, 3, 3)) if field is None else field
        self.rigidity.x.array[:] = per_cell.ravel()
        matrix = fem.assemble_matrix(self.bilinear).to_scipy().tocsr()
        vector = fem.assemble_vector(self.linear).array
        solution = np.zeros(vector.size)
        solution[self.dofs] = self.values
        rest = np.setdiff1d(np.arange(vector.size), self.dofs)
        right = (vector - matrix @ solution)[rest]
        # Symmetric and positive definite: no pivots, and an order that knows it.
        factors = splu(
            matrix[rest][:, rest].tocsc(),
            "MMD_AT_PLUS_A",
            diag_pivot_thresh=0.0,
            options={"SymmetricMode": True},
        )
        solution[rest] = factors.solve(right)
        self.move.x.array[:] = solution
        every = np.arange(self.cells, dtype=np.int32)
        forces = self.forces.eval(self.domain, every).reshape(self.cells, 4, 3)
        moves = self.moves.eval(self.domain, every).reshape(self.cells, 3, 2)
        corners = self.domain.geometry.x[self.domain.geometry.dofmap[: self.cells]][:, :3, :2]
        return MembraneForces(corners, forces[:, :3], forces[:, 3], moves, 1, 0.0)

    def elastic_strain(self) -> NDArray[np.float64]:
        """Elastic strain at the centres, (m, 3)."""
        every = np.arange(self.cells, dtype=np.int32)
        return np.asarray(self.strains.eval(self.domain, every).reshape(self.cells, 4, 3)[:, 3])


def _held_dofs(space: Any, held: Mapping[Edge, Hold]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Numbers and values of the fixed unknowns: whole edges, or three that stop rigid motion."""
    places = space.tabulate_dof_coordinates()[:, :2]
    low, high = places.min(axis=0), places.max(axis=0)
    near = 1e-9 * float(np.max(high - low))
    axis_and_value: dict[Edge, tuple[int, float]] = {
        "left": (0, low[0]),
        "right": (0, high[0]),
        "bottom": (1, low[1]),
        "top": (1, high[1]),
    }
    fixed: dict[int, float] = {}
    for edge, hold in held.items():
        axis, value = axis_and_value[edge]
        middle = (low + high)[1 - axis] / 2.0
        nodes = np.flatnonzero(np.abs(places[:, axis] - value) < near)
        moves: NDArray[np.float64] = np.zeros((nodes.size, 2))
        if callable(hold):
            moves = hold(places[nodes])
        elif hold is not None:
            moves[:, 1 - axis] = hold * (places[nodes, 1 - axis] - middle)
        along = () if hold is None else (1 - axis,)
        for component in (axis, *along):
            for node, move in zip(nodes, moves, strict=True):
                fixed[2 * int(node) + component] = float(move[component])
    if not held:
        origin = int(np.argmin(np.abs(places - low).sum(axis=1)))
        beside = int(np.argmin(np.abs(places - [high[0], low[1]]).sum(axis=1)))
        fixed = {2 * origin: 0.0, 2 * origin + 1: 0.0, 2 * beside + 1: 0.0}
    return np.array(list(fixed), dtype=np.int64), np.array(list(fixed.values()))
