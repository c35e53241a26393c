"""Advice about a valid case: what will cost accuracy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from materials import load_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from materials import Material
    from thermal.case.tables.root import Case

_COLDEST, _HOTTEST = 70.0, 400.0
_EDGE_ERRORS: Final = ((0.0005, 1.8), (0.001, 5.4))
"""Cell size at a joined hem (m) and error of its flux (%), as the verification case of a fin measures it."""
_SHADOW_SIZE: Final = 0.002
_LOOSE: Final = 1.0


def advice_on(case: Case) -> list[str]:
    """Say what will cost accuracy.

    Parameters
    ----------
    case
        A valid case.

    Returns
    -------
    list of str
        Sentences; empty when there is nothing to say.

    """
    return [*_mesh_advice(case), *_ground_advice(case), *_material_advice(case)]


def _mesh_advice(case: Case) -> Iterator[str]:
    joined = any(side.startswith("flag:") for joint in case.joint for side in joint.between)
    errors = [error for size, error in _EDGE_ERRORS if case.mesh.edge_size >= size]
    if joined and errors:
        size = case.mesh.edge_size * 1e3
        yield f"mesh.edge_size {size:g} mm puts the heat through the hems off by {errors[-1]:g} % or more"
    if case.mesh.size > _SHADOW_SIZE and case.tube:
        size = case.mesh.size * 1e3
        yield f"mesh.size {size:g} mm puts the edges of shadows off by about 1 K; 1 mm: 0.05 K"
    if case.solver.tolerance >= _LOOSE:
        yield f"solver.tolerance {case.solver.tolerance:g} K is for a first look"


def _ground_advice(case: Case) -> Iterator[str]:
    """Say where cloth on the ground is run over ground that knows nothing of it."""
    highest = max(corner[2] for corner in case.flag.corners) + case.flag.depth
    if highest < case.ground.low and not case.ground.shadow_patches:
        yield (
            "the flag lies on the ground, which is taken as sunlit and open below it: "
            "write shadow_patches = true in [ground]"
        )


def _material_advice(case: Case) -> Iterator[str]:
    database = load_database()
    yield from _range_advice(database[case.flag.material])
    for name in dict.fromkeys(tube.material for tube in case.tube):
        yield from _range_advice(database[name])


def _range_advice(material: Material) -> Iterator[str]:
    """Say where the data of a material end before the temperatures of the Moon do."""
    low, high = material.specific_heat.range_k
    if low > _COLDEST or high < _HOTTEST:
        yield (
            f"specific_heat of {material.name} is known from {low:.0f} to {high:.0f} K; "
            "beyond, a run ends, or holds the last value with solver.outside_data"
        )
