"""A cloth meshed elsewhere gives what the grid gives."""

import meshio
import numpy as np
import pytest
from scipy.spatial import Delaunay

from thermal.case import load_case
from thermal.core.errors import CaseError
from thermal.geometry.surface import grid_triangles
from thermal.simulation import Simulation

SHORT = {"mesh.size": "50 mm", "mesh.edge_size": "5 mm", "mesh.around": "12", "run.duration": "2 h"}


def write(path, uv, triangles):
    points = np.column_stack([uv, np.zeros(len(uv))])
    meshio.write(path, meshio.Mesh(points, [("triangle", triangles)]), file_format="gmsh22", binary=False)


def acute(width, height, size):
    """Lattice of nearly equilateral triangles."""
    rows = round(height / (size * np.sqrt(3.0) / 2.0))
    columns = round(width / size)
    along = np.linspace(0.0, width, columns + 1)
    between = np.concatenate([[0.0], 0.5 * (along[1:] + along[:-1]), [width]])
    lines = np.linspace(0.0, height, rows + 1)
    uv = np.array([(u, v) for k, v in enumerate(lines) for u in (between if k % 2 else along)])
    return uv, Delaunay(uv).simplices


def run(case):
    simulation = Simulation(case)
    return simulation.scene.parts["flag"].uv, list(simulation.run())[-1]


def test_the_same_grid_from_a_file_is_the_same(written):
    uv, grid = run(load_case(written("change5-reference"), SHORT))
    file = written("change5-reference", ("[mesh]\n", '[mesh]\nfile = "cloth.msh"\n'))
    lines = [np.unique(uv[:, k].round(9)) for k in (0, 1)]
    write(file.parent / "cloth.msh", uv, grid_triangles(len(lines[0]), len(lines[1])))
    own, imported = run(load_case(file, SHORT))
    order = [np.lexsort(u.round(9).T) for u in (uv, own)]
    difference = grid.temperature["flag"][order[0]] - imported.temperature["flag"][order[1]]
    assert np.abs(difference).max() < 0.01
    assert imported.ledger.residual_fraction < 1e-6


def test_acute_triangles_give_the_mean_of_the_grid(written):
    _, grid = run(load_case(written("change5-reference"), SHORT | {"mesh.edge_size": "50 mm"}))
    file = written("change5-reference", ("[mesh]\n", '[mesh]\nfile = "cloth.msh"\n'))
    write(file.parent / "cloth.msh", *acute(2.0, 0.9, 0.05))
    _, imported = run(load_case(file, SHORT | {"mesh.edge_size": "50 mm"}))
    assert imported.temperature["flag"].mean() == pytest.approx(grid.temperature["flag"].mean(), abs=0.3)
    for share in (10, 50, 90):
        middle = [np.percentile(state.temperature["flag"], share) for state in (grid, imported)]
        assert middle[1] == pytest.approx(middle[0], abs=0.5)


def test_a_mesh_of_another_size_is_refused(written):
    file = written("change5-reference", ("[mesh]\n", '[mesh]\nfile = "cloth.msh"\n'))
    write(file.parent / "cloth.msh", *acute(1.0, 0.9, 0.1))
    with pytest.raises(CaseError, match="mesh-file") as caught:
        Simulation(load_case(file, SHORT))
    assert caught.value.exit_code == 3
