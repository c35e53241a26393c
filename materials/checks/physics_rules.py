"""Rules that follow from physics and weaving: each looks at a whole material."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.laws.basic import Table
from materials.laws.combined import Extended, Followed

if TYPE_CHECKING:
    from materials.laws.law import FloatArray
    from materials.material import Material
    from materials.problems import Problem
    from materials.prop import Property
    from materials.schema.build import Built, Entry
    from materials.schema.reader import Source

WIDEST_GAP_K: Final = 130.0
HOTTEST_K: Final = 1000.0
COLDEST_K: Final = 50.0
"""Below it nothing on the Moon is, and fits may waver."""

STEEPEST: Final = 4.0
"""Largest ratio of neighbouring values of k or c_p; graphite reaches 3.0 between 100 and 200 K."""

FRACTION_TOLERANCE: Final = 0.1
SOLID_DIRECTIONS: Final = ("", "axial", "bulk", "in_plane", "warp", "normal")


def checked_points(prop: Property) -> FloatArray:
    """Temperatures (K) at which to look at a property: a grid over its range and the points of its tables."""
    if not prop.varies:
        return np.array([prop.typical_k])
    grid = np.linspace(*prop.range_k, 400)
    return np.union1d(grid, np.array(nodes(prop), dtype=np.float64))


def nodes(prop: Property) -> tuple[float, ...]:
    """Temperatures of the points of a table, or of the points above a formula and its joint."""
    law = prop.law.base if isinstance(prop.law, Followed) else prop.law
    if isinstance(law, Table):
        return law.temperatures
    if isinstance(law, Extended):
        below = law.base.temperatures if isinstance(law.base, Table) else ()
        return (*below, law.joint, *law.temperatures)
    return ()


def _is_transport(entry: Entry) -> bool:
    return entry.prop.name in ("thermal_conductivity", "specific_heat", "sheet_conductance")


def table_gaps(source: Source, _: Material, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Tables of k and c_p have no wide gap, no jump, and reach room temperature within believable bounds."""
    for entry in filter(_is_transport, entries):
        points = np.array(nodes(entry.prop))
        key = (*entry.path, "T") if isinstance(entry.prop.law, Table) else entry.path
        if points.size and points[-1] > HOTTEST_K:
            yield source.problem(
                "material-swapped-columns",
                key,
                f"the table reaches {points[-1]:g} K",
                "are temperatures and values swapped?",
            )
            continue
        low, high = entry.prop.range_k
        main = entry.preferred and entry.prop.direction in SOLID_DIRECTIONS
        if main and not (low <= 300.0 and high >= 293.0):
            yield source.problem(
                "material-short-range",
                key,
                f"the data reach from {low:g} K to {high:g} K and leave out room temperature",
                "check the temperatures; keep a curve of another range as an alternative",
            )
        for first, second in itertools.pairwise(points):
            ratio = abs(float(np.log(entry.prop(second) / entry.prop(first))))
            if second - first > WIDEST_GAP_K:
                yield source.problem(
                    "material-table-gap",
                    key,
                    f"nothing between {first:g} K and {second:g} K",
                    "add points, or split the datum",
                )
            elif ratio > np.log(STEEPEST):
                yield source.problem(
                    "material-discontinuous",
                    key,
                    f"the value changes {np.exp(ratio):.1f}-fold between {first:g} K and {second:g} K",
                    "look for a slipped decimal point",
                )


def heat_capacity_rises(source: Source, _: Material, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Specific heat rises with temperature above 50 K."""
    for entry in entries:
        if entry.prop.name != "specific_heat" or not entry.preferred:
            continue
        t = checked_points(entry.prop)
        t = t[t >= COLDEST_K]
        falling = t[entry.prop.derivative(t) < -1e-9 * np.abs(entry.prop(t))]
        if falling.size:
            yield source.problem(
                "material-falling-specific-heat",
                entry.path,
                f"it falls with temperature near {falling[0]:.0f} K",
            )


def light_is_shared(source: Source, material: Material, _: Sequence[Entry]) -> Iterator[Problem]:
    """Absorptance and transmittance of a surface add up to at most one."""
    for state in material.surface_states.values():
        if "solar_absorptance" not in state.properties or state.opaque:
            continue
        t = checked_points(state.solar_absorptance)
        total = float(np.max(state.solar_absorptance(t) + state.solar_transmittance.clamped()(t)))
        if total > 1.0:
            yield source.problem(
                "material-too-much-light",
                ("surfaces", state.name),
                f"solar absorptance and transmittance add up to {total:.3g}",
                "they leave room for the reflectance: at most 1 together",
            )


def weave_is_consistent(source: Source, material: Material, _: Sequence[Entry]) -> Iterator[Problem]:
    """Fibre volume fraction agrees with mass per area over fibre density and thickness."""
    needed = [
        material.get(name, form)
        for name, form in (
            ("areal_density", "fabric"),
            ("fabric_thickness", "fabric"),
            ("density", ""),
            ("fibre_volume_fraction", "fabric"),
        )
    ]
    present = [one.level for one in needed if one is not None]
    if len(present) < len(needed):
        return
    areal, thickness, density, fraction = present
    derived = areal / (density * thickness)
    path = ("properties", "fibre_volume_fraction.fabric")
    if derived > 1.0:
        yield source.problem(
            "material-weave",
            path,
            f"mass per area and thickness need {derived:.2f} of solid fibre in the cloth",
        )
    elif abs(derived - fraction) > FRACTION_TOLERANCE * fraction:
        yield source.problem(
            "material-weave",
            path,
            f"{fraction:g} is not areal density / (fibre density * thickness) = {derived:.3g}",
            "check the units of the three",
        )


def order_of_limits(source: Source, material: Material, _: Sequence[Entry]) -> Iterator[Problem]:
    """Service limits, transitions and strengths come in their order."""
    pairs = (
        ("min_service", "max_continuous_service"),
        ("max_continuous_service", "melting_or_decomposition"),
        ("glass_transition", "melting_or_decomposition"),
    )
    for lower, upper in pairs:
        low, high = material.get(lower), material.get(upper)
        if low is not None and high is not None and low.level >= high.level:
            yield source.problem(
                "material-wrong-order",
                ("properties", lower),
                f"{low.level:g} K is not below {upper}, {high.level:g} K",
            )
    weak, strong = material.get("yield_strength"), material.get("tensile_strength")
    if weak is not None and strong is not None:
        t = np.linspace(max(weak.range_k[0], strong.range_k[0]), min(weak.range_k[1], strong.range_k[1]), 50)
        if np.any(weak(t) > strong(t)):
            yield source.problem(
                "material-wrong-order", ("properties", "yield_strength"), "it exceeds the tensile strength"
            )


def needed_by_kind(source: Source, built: Built) -> Iterator[Problem]:
    """Cloth can be used as a flag, metal and composite as a tube; what is there but wrong is not missing."""
    material = built.material
    if built.left_out & {"kind", "properties", "surfaces"}:
        return
    wanted: dict[str, tuple[str, ...]] = {
        "cloth": ("areal_density", "fabric_thickness", "specific_heat", "thermal_conductivity", "density"),
        "metal": ("density", "specific_heat", "thermal_conductivity"),
        "composite": ("density", "specific_heat", "thermal_conductivity"),
    }
    present = {prop.name for prop in material.properties.values()} | built.left_out
    for name in wanted.get(material.kind, ()):
        if name not in present:
            yield source.problem(
                "material-missing-property", ("kind",), f"a {material.kind} needs {name}", "add it"
            )
    if material.kind == "coating" and not material.surface_states:
        yield source.problem(
            "material-missing-property", ("kind",), "a coating needs a surface", "add [surfaces.NAME]"
        )


Rule = Callable[["Source", "Material", Sequence["Entry"]], Iterator["Problem"]]

RULES: Final[tuple[Rule, ...]] = (
    table_gaps,
    heat_capacity_rises,
    light_is_shared,
    weave_is_consistent,
    order_of_limits,
)
