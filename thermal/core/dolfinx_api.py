"""The only place that knows dolfinx versions (0.9 to 0.11).

Parts are separate surfaces of one mesh: a mesh whose facets have three cells is wrong in parallel on
dolfinx 0.9, so nothing here ever welds parts together.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np

from materials.problems import Problem
from thermal.core.errors import EnvironmentProblemError

if TYPE_CHECKING:
    from mpi4py import MPI
    from numpy.typing import NDArray

# PETSc, where dolfinx brings it along, would catch signals: a broken pipe (`| head`) ended the process. It is
# told before it starts, since a program that imports this from another thread (Dask) cannot set handlers.
os.environ["PETSC_OPTIONS"] = f"{os.environ.get('PETSC_OPTIONS', '')} -no_signal_handler".strip()

try:
    import basix.ufl
    import dolfinx.common
    import dolfinx.fem
    import dolfinx.la
    import dolfinx.mesh
    import ufl
except ImportError as error:
    raise EnvironmentProblemError(
        Problem(
            "no-dolfinx",
            "",
            f"this Python has no dolfinx ({error})",
            "run `make env` in a checkout, or install fenics-dolfinx 0.9 to 0.11 from conda-forge",
        )
    ) from error

__all__ = ["assemble_stiffness", "create_surface_mesh", "distributed_vector", "given_vertices", "index_map"]


def create_surface_mesh(comm: MPI.Intracomm, points: NDArray[Any], triangles: NDArray[Any]) -> Any:
    """Mesh of triangles in space, distributed over ``comm``.

    Parameters
    ----------
    comm
        MPI communicator.
    points
        (n, 3) vertices, m; given whole on rank 0 and empty elsewhere.
    triangles
        (m, 3) vertex indices, given likewise.

    """
    element = basix.ufl.element("Lagrange", "triangle", 1, shape=(3,))
    # 0.9 takes (cells, x, e), 0.10 and later (cells, e, x): by keyword both are the same.
    return dolfinx.mesh.create_mesh(comm, cells=triangles, x=points, e=element)


def assemble_stiffness(domain: Any, tangents: list[NDArray[Any]]) -> tuple[Any, list[Any]]:
    """Directional stiffness matrices of linear elements.

    For each field of unit tangents d, one (3,) vector a cell, the matrix of
    ``integral of (d . grad u)(d . grad v)``, which times a sheet conductance in W/K is in W/K.

    Parameters
    ----------
    domain
        Mesh of :func:`create_surface_mesh`.
    tangents
        Fields of shape (local cells with ghosts, 3), in the mesh's own cell order.

    Returns
    -------
    tuple
        The function space and one ``dolfinx.la.MatrixCSR`` a field, summed over ranks in the owned rows.

    """
    space = dolfinx.fem.functionspace(domain, ("Lagrange", 1))
    constant = dolfinx.fem.functionspace(domain, ("DG", 0, (3,)))
    direction = dolfinx.fem.Function(constant)
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
    form = dolfinx.fem.form(
        ufl.dot(direction, ufl.grad(u)) * ufl.dot(direction, ufl.grad(v)) * ufl.dx(degree=0)
    )
    matrices = []
    for tangent in tangents:
        direction.x.array[:] = tangent.ravel()
        matrix = dolfinx.fem.assemble_matrix(form)
        matrix.scatter_reverse()
        matrices.append(matrix)
    return space, matrices


def given_vertices(domain: Any, space: Any) -> NDArray[np.int64]:
    """Return the number that :func:`create_surface_mesh` was given for the vertex of every local unknown."""
    geometry, dofmap = domain.geometry, space.dofmap
    # 0.11 has one map a kind of cell.
    cells = geometry.dofmaps[0] if hasattr(geometry, "dofmaps") else geometry.dofmap
    vertex = np.empty(dofmap.index_map.size_local + dofmap.index_map.num_ghosts, np.int64)
    vertex[dofmap.list.ravel()] = geometry.input_global_indices[cells.ravel()]
    return vertex


def index_map(comm: MPI.Intracomm, owned: int, ghosts: NDArray[Any], owners: NDArray[Any]) -> Any:
    """Distribution of unknowns: ``owned`` here, and ``ghosts`` (global numbers) of the ranks ``owners``."""
    return dolfinx.common.IndexMap(comm, owned, ghosts.astype("int64"), owners.astype("int32"))


def distributed_vector(index: Any, dtype: Any = np.float64) -> Any:
    """Vector with ghosts: ``.array`` and ``.scatter_forward()``."""
    return dolfinx.la.vector(index, dtype=dtype)
