"""What follows from the data of a material: cloth from its fibres, strength and expansion at a temperature.

Every result is a :class:`~materials.prop.Property` marked ``derived``, with the sources of what it is made
from; a datum in the file is always taken first.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.errors import NoDataError
from materials.laws.basic import Constant, Polynomial
from materials.laws.combined import Integral, Mixture, Product
from materials.laws.uncertainty import ROOM_K, Uncertainty
from materials.problems import Problem
from materials.prop import Property

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from materials.laws.law import FloatArray, Law
    from materials.record import Record

ROOM_WIDTH_K: Final = 50.0
"""A datum whose range is narrower holds at room temperature only."""

EXPANSION_WAYS: Final = ("", "axial", "in_plane", "warp", "film", "quasi_isotropic", "austenite", "bulk")
"""Directions and phases in which an expansion is looked for when none is asked for."""

WALL_WAYS: Final = ("axial", "warp", "quasi_isotropic", "austenite")
"""Directions and phases, the first one known, in which a datum holds along a tube."""


def sheet_datum(material: Record, name: str) -> Property:
    """Areal density or another datum of the sheet, whatever its form (``fabric`` or ``film``)."""
    for form in ("fabric", "film"):
        found = material.get(name, form)
        if found is not None:
            return found
    return material.property(name)


def thickness(material: Record) -> float:
    """Thickness, m; of a film from its mass per area and density where it is not given."""
    if material.kind == "film" and material.get("fabric_thickness", "film") is None:
        return sheet_datum(material, "areal_density").level / material.density
    return sheet_datum(material, "fabric_thickness").level


def _share(material: Record, direction: str) -> float:
    warp = material.property("warp_share").level
    if direction == "warp":
        return warp
    if direction == "weft":
        return 1.0 - warp
    raise NoDataError(
        Problem("no-data", f"{material.name}: {direction}", "a cloth has the directions warp and weft")
    )


def _combined(parts: Sequence[Property], low: float, high: float) -> Uncertainty:
    """Lognormal width of a product, by the sum of squares, at every temperature that one of them names."""
    named = {t for part in parts for t in part.spread.temperatures if low <= t <= high}
    if not named:
        total = float(np.sqrt(sum(part.sigma**2 for part in parts)))
        return Uncertainty(factor=float(np.exp(total)), distribution="lognormal")
    at: FloatArray = np.array(sorted(named | {low, high}))
    sigma = np.sqrt(sum(_sigma_at(part, at) ** 2 for part in parts))
    relative = tuple(float(share) for share in np.expm1(sigma))
    return Uncertainty(relative=relative, temperatures=tuple(at), distribution="lognormal")


def _sigma_at(part: Property, temperature: FloatArray) -> FloatArray:
    held = np.clip(temperature, *part.range_k)
    return part.spread.sigma(held, part.law.value(held))


def _result(
    material: Record,
    key: tuple[str, str],
    law: Law,
    parts: tuple[Property, ...],
    rule: str,
    range_k: tuple[float, float] | None = None,
) -> Property:
    """Make a property of parts, over the temperatures that all of them have unless a range is given."""
    low, high = range_k or (
        max(part.range_k[0] for part in parts),
        min(part.range_k[1] for part in parts),
    )
    sources = tuple(dict.fromkeys(key for part in parts for key in part.source))
    return Property(
        material=material.name,
        name=key[0],
        direction=key[1],
        law=law,
        range_k=(low, high),
        spread=_combined(parts, low, high),
        source=sources,
        method="derived",
        confidence="E" if any(part.confidence == "E" for part in parts) else "D",
        note=rule,
    )


def sheet_conductance(material: Record, direction: str) -> Property:
    """In-plane conductance of a sheet, W/K.

    Cloth: K = eta k_f w s / (rho_f (1 + c)^2) with yarn efficiency eta, fibre conductivity k_f, mass per
    area w, share s of the mass along the direction, fibre density rho_f and crimp c; film: K = k t.
    Where the conductivity along the fibre is not known that of the bulk stands for it.
    """
    given = material.get("sheet_conductance", direction)
    if given is not None:
        return given
    if material.kind == "film":
        conductivity = material.property("thermal_conductivity", "in_plane")
        law = Mixture((thickness(material),), (conductivity.law,))
        return _result(
            material, ("sheet_conductance", direction), law, (conductivity,), "conductivity times thickness"
        )
    fibre = material.get("thermal_conductivity", "axial") or material.get("thermal_conductivity", "bulk")
    parts = (
        fibre if fibre is not None else material.property("thermal_conductivity", "axial"),
        material.property("areal_density", "fabric"),
        material.property("density"),
        material.property("conduction_efficiency"),
    )
    conductivity, areal, density, efficiency = parts
    crimp = material.property("crimp").level
    factor = (
        efficiency.level * areal.level * _share(material, direction) / (density.level * (1.0 + crimp) ** 2)
    )
    law = Mixture((factor,), (conductivity.law,))
    return _result(
        material, ("sheet_conductance", direction), law, parts, "eta k_f w s / (rho_f (1 + c)^2), vacuum"
    )


def strength(material: Record, direction: str) -> Property:
    """Tensile strength against temperature, Pa: the table, or strength at 293 K times its factor."""
    room = material.property("tensile_strength", direction)
    factor = material.get("strength_factor", direction)
    if factor is None or room.range_k[1] - room.range_k[0] > ROOM_WIDTH_K:
        return room
    law = Product(Constant(room.level), factor.law)
    return _result(
        material,
        ("tensile_strength", room.direction),
        law,
        (room, factor),
        "strength at 293 K times its factor",
        factor.range_k,
    )


def strip_strength(material: Record, direction: str) -> Property:
    """Strength of a strip of cloth per width, N/m: eta_s sigma_f w s / rho_f."""
    given = material.get("strip_strength", direction)
    if given is not None:
        return given
    if material.kind == "film":
        base = strength(material, "axial")
        law: Law = Mixture((thickness(material),), (base.law,))
        return _result(material, ("strip_strength", direction), law, (base,), "film strength times thickness")
    fibre = strength(material, "axial")
    areal, density = material.property("areal_density", "fabric"), material.property("density")
    efficiency = material.property("strength_efficiency")
    factor = efficiency.level * areal.level * _share(material, direction) / density.level
    law = Mixture((factor,), (fibre.law,))
    parts = (fibre, areal, density, efficiency)
    return _result(
        material, ("strip_strength", direction), law, parts, "eta sigma_f w s / rho_f", fibre.range_k
    )


def membrane_stiffness(material: Record, direction: str) -> Property:
    """Stiffness of a strip of cloth per width, N/m: eta_w E_f w s / rho_f."""
    modulus = material.property("youngs_modulus", "axial")
    areal, density = sheet_datum(material, "areal_density"), material.property("density")
    parts: tuple[Property, ...] = (modulus, areal, density)
    factor = areal.level / density.level
    if material.kind == "cloth":
        efficiency = material.property("stiffness_efficiency")
        parts = (*parts, efficiency)
        factor *= efficiency.level * _share(material, direction)
    law = Mixture((factor,), (modulus.law,))
    return _result(material, ("membrane_stiffness", direction), law, parts, "eta E_f w s / rho_f")


def sheet_properties(material: Record) -> Iterator[Property]:
    """Yield what follows for a cloth or film and is not in its file already."""
    if material.kind not in ("cloth", "film"):
        return
    for make in (sheet_conductance, strip_strength, membrane_stiffness):
        for direction in ("warp", "weft"):
            try:
                prop = make(material, direction)
            except NoDataError:
                continue
            if prop.key not in material.properties:
                yield prop


def along_wall(material: Record, name: str) -> Property:
    """Datum along the axis of a tube: laminates give it along the fibre or warp, memory alloys by phase.

    Raises
    ------
    NoDataError
        Where the database has none of these.

    """
    found = find_along_wall(material, name)
    return found if found is not None else material.property(name, WALL_WAYS[0])


def find_along_wall(material: Record, name: str) -> Property | None:
    """Datum along the axis of a tube, or None."""
    return next((found for way in WALL_WAYS if (found := material.get(name, way)) is not None), None)


def expansion(material: Record, direction: str) -> Property:
    """Length change from 293 K, 1: the measured curve, or the integral of the coefficient from 293 K.

    A coefficient that is known near room temperature alone gives none.
    """
    for way in (direction,) if direction else EXPANSION_WAYS:
        curve = material.get("delta_L_over_L293", way)
        if curve is not None:
            return curve
        coefficient = material.get("cte", way)
        if coefficient is not None and _is_known_over_temperature(coefficient):
            return _integrated(material, coefficient)
    raise NoDataError(
        Problem(
            "no-data",
            f"{material.name}: delta_L_over_L293.{direction}".rstrip("."),
            "its expansion is not known over temperature",
        )
    )


def _is_known_over_temperature(coefficient: Property) -> bool:
    low, high = coefficient.range_k
    return high - low > ROOM_WIDTH_K and low <= ROOM_K <= high


def _integrated(material: Record, coefficient: Property) -> Property:
    low, high = coefficient.range_k
    law: Law = Integral(coefficient.law, ROOM_K, low, high)
    if isinstance(coefficient.law, Constant):
        law = Polynomial((-ROOM_K * coefficient.level, coefficient.level))
    key = ("delta_L_over_L293", coefficient.direction)
    found = _result(material, key, law, (coefficient,), "integral of cte from 293 K")
    own = coefficient.spread
    # It may have either sign: fibres shrink along their length as often as they grow.
    return replace(found, spread=replace(own, absolute=0.0, per_kelvin=own.absolute))
