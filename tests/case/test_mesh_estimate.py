"""The estimate of the mesh against the mesh that is built."""

from pathlib import Path

import pytest

import materials
from thermal.case import load_case
from thermal.scene.build import build
from thermal.scene.estimate import estimate

REFERENCE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"


@pytest.mark.parametrize(
    "sizes",
    [{}, {"mesh.size": "50 mm"}, {"mesh.size": "20 mm", "mesh.edge_size": "1 mm", "mesh.growth": "1.5"}],
)
def test_the_estimate_is_the_mesh_that_is_built(sizes):
    case = load_case(REFERENCE, sizes)
    scene = build(case, materials.load_database())
    expected = estimate(case)
    for name, surface in scene.parts.items():
        assert expected.vertices[name] == pytest.approx(len(surface.points), rel=0.02)
        assert expected.cells[name] == pytest.approx(len(surface.triangles), rel=0.02)


def test_more_unknowns_with_regions_finer_parts_and_rounder_tubes():
    plain = estimate(load_case(REFERENCE))
    finer = estimate(load_case(REFERENCE, {"mesh.part.arm1.size": "5 mm", "mesh.part.arm1.around": "48"}))
    assert finer.vertices["arm1"] > 3 * plain.vertices["arm1"]
    assert finer.vertices["arm2"] == plain.vertices["arm2"]
    assert (
        estimate(load_case(REFERENCE, {"mesh.around": "12"})).vertices["arm2"] == plain.vertices["arm2"] / 2
    )
