"""Drapes: flat at zero amplitude, lengths kept, normals true, files checked."""

import numpy as np
import pytest

from thermal.core.errors import CaseError
from thermal.geometry.drape import MeasuredDrape, Wave

EDGES = ("top", "bottom", "left", "right")


def cloth(count=200):
    return np.random.default_rng(2).uniform(0.0, 1.0, (count, 2)) * [2.0, 0.9]


def tangents(drape, uv, h=1e-6):
    return [
        (drape.place(uv + step)[0] - drape.place(uv - step)[0]) / (2 * h) for step in ([h, 0.0], [0.0, h])
    ]


@pytest.mark.parametrize("held", EDGES)
def test_zero_amplitude_is_exactly_flat(held):
    uv = cloth()
    place, normal = Wave(2.0, 0.9, 0.0, 0.4, held, phase=0.7).place(uv)
    assert np.array_equal(place, np.column_stack([uv, np.zeros(len(uv))]))
    assert np.array_equal(normal, np.tile([0.0, 0.0, 1.0], (len(uv), 1)))


@pytest.mark.parametrize("held", EDGES)
def test_normals_are_those_of_the_surface(held):
    drape, uv = Wave(2.0, 0.9, 0.03, 0.5, held, phase=0.3), cloth()
    cross = np.cross(*tangents(drape, uv))
    assert drape.place(uv)[1] == pytest.approx(cross / np.linalg.norm(cross, axis=1)[:, None], abs=1e-8)


@pytest.mark.parametrize("held", EDGES)
def test_lengths_along_the_held_edge_are_kept(held):
    drape = Wave(2.0, 0.9, 0.02, 0.5, held)
    along = tangents(drape, cloth())[0 if held in {"top", "bottom"} else 1]
    slope = 2.0 * np.pi * 0.02 / 0.5
    assert np.abs(np.linalg.norm(along, axis=1) - 1.0).max() < 1.01 * slope**4 / 8.0


@pytest.mark.parametrize(
    ("held", "edge"), [("top", (1, 0.9)), ("bottom", (1, 0.0)), ("left", (0, 0.0)), ("right", (0, 2.0))]
)
def test_held_edge_is_straight_and_the_other_ripples(held, edge):
    uv = cloth()
    uv[:, edge[0]] = edge[1]
    drape = Wave(2.0, 0.9, 0.03, 0.5, held)
    assert np.array_equal(drape.place(uv)[0], np.column_stack([uv, np.zeros(len(uv))]))
    uv[:, edge[0]] = (2.0, 0.9)[edge[0]] - edge[1]
    assert np.ptp(drape.place(uv)[0][:, 2]) > 0.05


def write(path, offset, u=(0.0, 0.5, 1.0, 1.5, 2.0), v=(0.0, 0.3, 0.6, 0.9)):
    rows = [f"{a},{b},{offset(a, b)}" for b in v for a in u]
    path.write_text("\n".join(["u,v,offset", *rows]) + "\n", encoding="utf-8")
    return path


def test_measured_drape_goes_through_its_points(tmp_path):
    drape = MeasuredDrape.read(write(tmp_path / "d.csv", lambda u, v: 0.01 * u * u + 0.02 * v * u), 2.0, 0.9)
    uv = cloth()
    place, normal = drape.place(uv)
    assert place[:, 2] == pytest.approx(0.01 * uv[:, 0] ** 2 + 0.02 * uv[:, 0] * uv[:, 1], abs=1e-12)
    cross = np.cross(*tangents(drape, uv))
    assert normal == pytest.approx(cross / np.linalg.norm(cross, axis=1)[:, None], abs=1e-8)
    flat = MeasuredDrape.read(write(tmp_path / "flat.csv", lambda _u, _v: 0.0), 2.0, 0.9)
    assert np.array_equal(flat.place(uv)[0], np.column_stack([uv, np.zeros(len(uv))]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no such file"),
        ("x,y,z\n0,0,0\n", 'no column "offset"'),
        ("u,v,offset\n0,0,zero\n1,1\n", "csv:3: 2 cells where the header has 3"),
        ("u [m],v [m],offset [mm]\n0,0,nan\n1,1,1\n", "csv:2: offset: nan is not a possible value"),
        ("u [m],v [m],offset [s]\n0,0,0\n1,1,1\n", "is a time, not a length"),
        ("u,v,offset\n0,0,0\n2,0.9,0\n", "full grid"),
        ("u,v,offset\n0,0,0\n1,0,0\n0,0.9,0\n1,0.9,0\n", "does not cover"),
    ],
)
def test_bad_tables_are_explained(tmp_path, text, message):
    path = tmp_path / "drape.csv"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError, match=message) as caught:
        MeasuredDrape.read(path, 2.0, 0.9)
    assert caught.value.exit_code == 3
