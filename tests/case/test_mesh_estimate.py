"""The estimate of the mesh against the mesh that is built."""

from pathlib import Path

import pytest

import materials
from thermal.case import load_case
from thermal.scene.build import build
from thermal.scene.estimate import estimate

CASES = Path(__file__).parents[2] / "cases"
REFERENCE = CASES / "change5-reference.toml"


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("change5-reference", {}),
        ("change5-reference", {"mesh.size": "50 mm"}),
        ("change5-reference", {"mesh.size": "20 mm", "mesh.edge_size": "1 mm", "mesh.growth": "1.5"}),
        ("change5-reference", {"mesh.part.flag.size": "7 mm", "mesh.part.arm1.size": "3 mm"}),
        ("change5-flag", {}),
        ("change6-flag", {}),
        ("earth-polyester", {"mesh.growth": "1.1"}),
    ],
)
def test_the_estimate_is_the_mesh_that_is_built(name, sizes):
    case = load_case(CASES / f"{name}.toml", sizes)
    scene = build(case, materials.load_database())
    expected = estimate(case)
    for part, surface in scene.parts.items():
        assert expected.vertices[part] == pytest.approx(len(surface.points), rel=0.02)
        assert expected.cells[part] == pytest.approx(len(surface.triangles), rel=0.02)


def test_more_unknowns_with_regions_finer_parts_and_rounder_tubes():
    plain = estimate(load_case(REFERENCE))
    finer = estimate(load_case(REFERENCE, {"mesh.part.arm1.size": "5 mm", "mesh.part.arm1.around": "48"}))
    assert finer.vertices["arm1"] > 3 * plain.vertices["arm1"]
    assert finer.vertices["arm2"] == plain.vertices["arm2"]
    assert (
        estimate(load_case(REFERENCE, {"mesh.around": "12"})).vertices["arm2"] == plain.vertices["arm2"] / 2
    )
