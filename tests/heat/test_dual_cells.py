"""What vertices stand for: areas and lengths that fit the couplings, whatever the triangles."""

import dataclasses

import numpy as np
import pytest
from mpi4py import MPI
from scipy.spatial import Delaunay

import thermal
from thermal.core.constants import STEFAN_BOLTZMANN
from thermal.geometry.dual import corner_areas, line_lengths
from thermal.geometry.surface import grid_triangles
from thermal.geometry.triangle_soup import Soup
from thermal.geometry.tube import tube
from thermal.heat.network.build import build_network
from thermal.radiation.rays.occluders import Body

ALONG = thermal.graded_grid(0.2, 0.02, refine_at=[0.1], edge_size=0.25e-3)
ACROSS = np.array([0.0, 0.001, 0.004, 0.0045, 0.01])
CONDUCTANCE, EMISSIVITY = 4e-5, 0.85


def turned(surface):
    """Return the same grid with its diagonals the other way."""
    rows, columns = (len(line) for line in surface.lines)
    a, b, _ = grid_triangles(rows, columns)[: (rows - 1) * (columns - 1)].T
    c, d = b + 1, a + 1
    triangles = np.concatenate([np.stack([a, b, d], 1), np.stack([b, c, d], 1)])
    return dataclasses.replace(surface, triangles=triangles)


def wall(surface, layers=1.0, weft=CONDUCTANCE):
    face = thermal.Face(0.0, EMISSIVITY)
    laws = thermal.Law.constant(CONDUCTANCE), thermal.Law.constant(weft)
    return thermal.Part(surface, thermal.Law.constant(200.0), laws, face, face, layers=layers)


def couplings(part):
    """Matrix of the couplings of one part's vertices, over the sheet conductance of its warp."""
    network = build_network([part], [], [], MPI.COMM_SELF, separate_laws=False)
    count = len(part.surface.points)
    matrix = np.zeros((count, count))
    rows = np.repeat(np.arange(count), network.column.shape[1])
    np.add.at(matrix, (rows, network.column.ravel()), network.coupling[0].ravel())
    return matrix


def steady(part, load):
    """Temperatures under a load of every vertex, W/m2, on the front."""
    points = part.surface.points
    model = thermal.HeatModel([part])

    def absorbed(_time_s, x, face):
        near = np.linalg.norm(x[:, None] - points[None], axis=2).argmin(axis=1)
        return load[near] if face == "front" else None

    model.absorbed = absorbed
    model.temperature = "equilibrium"
    return next(thermal.integrate(model, 0.0, 1.0, 1e-3)).temperature[part.name]


@pytest.mark.parametrize(
    ("corners", "shares"),
    [
        ([[0, 0, 0], [3, 0, 0], [0, 4, 0]], [3.0, 1.5, 1.5]),
        ([[0, 0, 0], [2, 0, 0], [1, 3**0.5, 0]], [3**-0.5] * 3),
        # Circumcentre at (1, 0.75), by hand.
        ([[0, 0, 0], [2, 0, 0], [1, 2, 0]], [0.6875, 0.6875, 0.625]),
        ([[0, 0, 0], [2, 0, 0], [-1, 1, 0]], [0.5, 0.25, 0.25]),
    ],
    ids=["right", "equilateral", "acute", "obtuse"],
)
def test_a_triangle_is_shared_out_by_the_bisectors_of_its_sides(corners, shares):
    for turn in range(3):
        found = corner_areas(np.roll([corners], turn, axis=1).astype(float))
        assert found[0] == pytest.approx(np.roll(shares, turn))


def test_a_vertex_of_a_grid_owns_a_quarter_of_each_of_its_rectangles():
    surface = thermal.flat_sheet("sheet", ALONG, ACROSS, position=(3.0, -2.0, 1.0), azimuth=0.7, tilt=1.1)
    owned = np.outer(line_lengths(np.diff(ALONG)), line_lengths(np.diff(ACROSS))).ravel()
    for one in (surface, turned(surface)):
        assert one.area == pytest.approx(owned, rel=1e-9)


def test_a_vertex_of_a_tube_owns_its_arc_of_its_ring():
    lines = np.array([0.0, 0.001, 0.01, 0.3])
    arm = tube("arm", [1.0, 0.0, 2.0], [1.0, 0.3, 2.0], 0.0125, lines, around=24)
    arc = 2.0 * np.pi * 0.0125 / 24
    assert arm.area.reshape(4, 24) == pytest.approx(np.tile(arc * line_lengths(np.diff(lines)), (24, 1)).T)


def test_what_a_region_gives_to_vertices_is_its_area():
    for surface in (one := thermal.flat_sheet("sheet", ALONG, ACROSS), turned(one)):
        middle = surface.uv[surface.triangles].mean(axis=1)
        inside = (middle[:, 0] < 0.1) & (middle[:, 1] > 0.004)
        share = surface.at_vertices(inside.astype(float))
        assert surface.area @ share == pytest.approx(0.1 * 0.006, rel=1e-9)
        corner = np.linalg.norm(surface.uv - [0.1, 0.004], axis=1).argmin()
        # Cells are even along the sheet there, and 0.5 mm of 3.5 mm lie inside across it.
        assert share[corner] == pytest.approx(0.5 * 0.5 / 3.5, rel=1e-6)


def test_couplings_of_a_grid_are_those_of_finite_volumes_whichever_way_its_diagonals_run():
    surface = thermal.flat_sheet("sheet", ALONG, ACROSS)
    rows, columns = len(ALONG), len(ACROSS)
    hem = (np.arange(rows - 1) < 3)[:, None] & np.ones(columns - 1, bool)
    layers = np.where(hem, 2.0, 1.0)
    expected = np.zeros((rows, columns, rows, columns))
    for i, j in np.ndindex(rows, columns):
        if i + 1 < rows:
            width = np.zeros(columns)
            width[:-1] += 0.5 * np.diff(ACROSS) * layers[i]
            width[1:] += 0.5 * np.diff(ACROSS) * layers[i]
            expected[i, j, i + 1, j] = expected[i + 1, j, i, j] = width[j] / (ALONG[i + 1] - ALONG[i])
        if j + 1 < columns:
            width = np.zeros(rows)
            width[:-1] += 0.5 * np.diff(ALONG) * layers[:, j]
            width[1:] += 0.5 * np.diff(ALONG) * layers[:, j]
            # The weft conducts half as well.
            expected[i, j, i, j + 1] = expected[i, j + 1, i, j] = 0.5 * width[i] / (ACROSS[j + 1] - ACROSS[j])
    expected = expected.reshape(rows * columns, -1)
    for one in (surface, turned(surface)):
        part = wall(one, np.tile(layers.ravel(), 2), weft=0.5 * CONDUCTANCE)
        assert couplings(part) == pytest.approx(expected, rel=1e-9, abs=1e-9 * expected.max())


def test_a_load_along_the_sheet_gives_one_answer_across_it():
    surface = thermal.flat_sheet("sheet", ALONG, ACROSS)
    light = np.where(np.abs(surface.uv[:, 0] - 0.1) < 1e-9, 0.5, surface.uv[:, 0] < 0.1)
    load = 2.0 * EMISSIVITY * STEFAN_BOLTZMANN * (80.0**4 + (310.0**4 - 80.0**4) * light)
    found = np.array([steady(wall(one), load) for one in (surface, turned(surface))])
    lines = found.reshape(2, len(ALONG), len(ACROSS))
    # The solver stops at a thousandth of a kelvin; thirds of triangles differ by a kelvin.
    assert np.abs(lines - lines[:1, :, :1]).max() < 2e-3


def test_triangles_of_any_shape_converge():
    """A front of 120 K over 8 mm, by a load that makes it, on a Delaunay mesh of scattered points."""
    worst = []
    for cells in (60, 120):
        surface = scattered(cells, np.random.default_rng(3))
        place = (surface.uv[:, 0] - 0.05) / 0.004
        exact = 250.0 + 60.0 * np.tanh(place)
        bend = -120.0 * np.tanh(place) / np.cosh(place) ** 2 / 0.004**2
        found = steady(wall(surface), 2.0 * EMISSIVITY * STEFAN_BOLTZMANN * exact**4 - CONDUCTANCE * bend)
        worst.append(np.sqrt(surface.mean((found - exact) ** 2)))
    assert worst[1] < 0.05
    assert np.log2(worst[0] / worst[1]) > 1.8


def scattered(cells, random):
    """Sheet of 100 mm by 20 mm, its inner vertices moved by up to a fifth of a cell."""
    size = 0.1 / cells
    u, v = np.meshgrid(
        np.linspace(0.0, 0.1, cells + 1), np.linspace(0.0, 0.02, cells // 5 + 1), indexing="ij"
    )
    uv = np.stack([u.ravel(), v.ravel()], 1)
    inner = ((uv > 1.5 * size) & (uv < np.array([0.1, 0.02]) - 1.5 * size)).all(axis=1)
    uv[inner] += random.uniform(-0.2, 0.2, (inner.sum(), 2)) * size
    triangles = Delaunay(uv).simplices.astype(np.int64)
    first, second = (uv[triangles[:, k]] - uv[triangles[:, 0]] for k in (1, 2))
    across = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
    triangles[across < 0.0] = triangles[across < 0.0][:, ::-1]
    triangles = triangles[np.abs(across) > 1e-6 * size**2]
    plain = thermal.flat_sheet("sheet", np.array([0.0, 0.1]), np.array([0.0, 0.02]))
    width, height = plain.warp[0], np.cross(plain.normals[0], plain.warp[0])
    return dataclasses.replace(
        plain,
        points=uv[:, :1] * width + uv[:, 1:] * height,
        triangles=triangles,
        normals=np.tile(plain.normals[0], (len(uv), 1)),
        uv=uv,
        warp=np.tile(width, (len(triangles), 1)),
        lines=(),
    )


def test_means_go_by_area_not_by_vertices():
    """Most lines of a graded sheet lie where it is fine."""
    surface = thermal.flat_sheet("sheet", ALONG, ACROSS)
    assert surface.mean(surface.uv) == pytest.approx([0.1, 0.005], rel=1e-9)
    assert surface.mean((surface.uv[:, 0] - 0.1) ** 2) == pytest.approx(0.1**2 / 3.0, rel=0.05)
    soup = Soup(surface.points, surface.triangles)
    through = (surface.uv[surface.triangles].mean(axis=1)[:, 1] > 0.004).astype(float)
    assert Body("sheet", soup, transmittance=through).mean_transmittance == pytest.approx(0.6)
    assert Body("sheet", soup, transmittance=0.25).mean_transmittance == pytest.approx(0.25)
