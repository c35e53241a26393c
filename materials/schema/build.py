"""From the checked form of a file to a :class:`~materials.material.Material`, in SI."""

from __future__ import annotations

from difflib import get_close_matches
from math import inf
from typing import TYPE_CHECKING

from materials.laws.basic import Constant, Log10Polynomial, NistErf, Polynomial, Table
from materials.laws.combined import Extended, Followed, HeldBelow
from materials.laws.uncertainty import Distribution, Uncertainty
from materials.material import Material
from materials.problems import MaterialError, Problem
from materials.prop import Property
from materials.record import Alternative, Component
from materials.schema.quantities import QUANTITIES, SURFACE_QUANTITIES, normal_direction
from materials.schema.units import UnitError, parse_unit
from materials.surface import Surface

if TYPE_CHECKING:
    from materials.laws.law import Law
    from materials.schema.models import Datum, MaterialFile
    from materials.schema.reader import Source

Path = tuple[str | int, ...]

FOLLOWED_FROM_K = 40.0
"""Colder, formulas bend too quickly to be followed by cubics, and nothing on the Moon is."""


class Builder:
    """Turns one file into a material and collects every problem on the way.

    Parameters
    ----------
    source
        The text, to say where a problem is.
    file
        Its checked form.

    """

    def __init__(self, source: Source, file: MaterialFile) -> None:
        self.source = source
        self.file = file
        self.problems: list[Problem] = []

    def material(self) -> Material:
        """Build the material.

        Raises
        ------
        MaterialError
            With every problem found: names, units, ranges, orders, surfaces that refer to nothing.

        """
        file = self.file
        if file.id != self.source.path.stem:
            self._report(
                "material-wrong-id",
                ("id",),
                f"the id {file.id!r} is not the name of the file",
                "rename one of the two",
            )
        properties = {}
        for key, datum in file.properties.items():
            prop = self._property(key, datum, ("properties", key))
            if prop is not None and prop.key in properties:
                self._report("material-duplicate-name", ("properties", key), f"{prop.key} is there twice")
            elif prop is not None:
                properties[prop.key] = prop
        for key in file.not_applicable:
            self._known_name(key.partition(".")[0], ("not_applicable", key))
        surfaces = {name: self._surface(name) for name in file.surfaces}
        alternatives = []
        for index, datum in enumerate(file.alternative):
            prop = self._property(datum.property, datum, ("alternative", index))
            if prop is not None:
                alternatives.append(Alternative(prop, datum.reason))
        if self.problems:
            raise MaterialError(self.problems)
        construction = file.construction
        return Material(
            name=file.id,
            title=file.title,
            kind=file.kind,
            path=self.source.path,
            summary=file.summary,
            weave=construction.weave if construction else "",
            yarn=construction.yarn if construction else "",
            components=tuple(
                Component(part.material, part.mass_fraction)
                for part in (construction.components if construction else [])
            ),
            properties=properties,
            surface_states=surfaces,
            alternatives=tuple(alternatives),
            not_applicable={key: text.note for key, text in file.not_applicable.items()},
        )

    def _report(self, code: str, path: Path, message: str, remedy: str = "") -> None:
        self.problems.append(self.source.problem(code, path, message, remedy))

    def _known_name(self, name: str, path: Path) -> bool:
        if name in QUANTITIES:
            return True
        near = get_close_matches(name, QUANTITIES, n=1)
        remedy = f"did you mean {near[0]!r}?" if near else "see the documentation for the names"
        self._report("unknown-property", path, f"there is no property {name!r}", remedy)
        return False

    def _property(self, key: str, datum: Datum, path: Path) -> Property | None:
        name, _, direction = key.partition(".")
        if not self._known_name(name, path):
            return None
        if name in SURFACE_QUANTITIES and path[0] == "properties":
            self._report(
                "material-misplaced-property",
                path,
                f"{name} belongs to a surface",
                f"write it under [surfaces.NAME] as {name}",
            )
            return None
        return self._quantity(name, normal_direction(direction), datum, path)

    def _quantity(self, name: str, direction: str, datum: Datum, path: Path) -> Property | None:
        quantity = QUANTITIES[name]
        try:
            factor = parse_unit(datum.unit, quantity.unit).factor
        except UnitError as error:
            self._report(
                "material-wrong-unit",
                (*path, "unit"),
                str(error),
                f"{name} is given in {quantity.display}, for example",
            )
            return None
        if not self._ordered(datum, path):
            return None
        span = self._range(datum, varies=quantity.varies)
        if span is None:
            self._report(
                "material-missing-range", path, f"{name} depends on temperature", "give T_range, in K"
            )
            return None
        return Property(
            material=self.file.id,
            name=name,
            direction=direction,
            law=law_of(datum, factor),
            range_k=span,
            spread=spread_of(datum, factor),
            source=tuple(
                dict.fromkeys([*datum.source, *(datum.extension.source if datum.extension else [])])
            ),
            method=datum.method,
            confidence=datum.confidence,
            checked=datum.checked,
            bound=datum.bound,
            locator=datum.locator,
            note=datum.note,
            regression=tuple((t, y * factor) for t, y in datum.regression),
        )

    def _ordered(self, datum: Datum, path: Path) -> bool:
        good = True
        for place, points in (
            ((*path, "T"), datum.T),
            ((*path, "T_range"), datum.T_range),
            ((*path, "extension", "T"), datum.extension.T if datum.extension else None),
        ):
            for first, second in zip(points or [], (points or [])[1:], strict=False):
                if second <= first:
                    what = "is there twice" if second == first else f"comes after {first:g} K"
                    self._report(
                        "material-unordered-table",
                        place,
                        f"{second:g} K {what}",
                        "temperatures ascend, each one once",
                    )
                    good = False
        return good

    @staticmethod
    def _range(datum: Datum, *, varies: bool) -> tuple[float, float] | None:
        if not varies:
            return 0.0, inf
        if datum.T_range is not None:
            low, high = datum.T_range
        elif datum.T is not None:
            low, high = datum.T[0], datum.T[-1]
        else:
            return None
        lowest = datum.below.T if datum.below is not None else low
        return lowest, datum.extension.T[-1] if datum.extension is not None else high

    def _surface(self, name: str) -> Surface:
        model = self.file.surfaces[name]
        chain, base = [model], model.based_on
        while base:
            if base not in self.file.surfaces or len(chain) > len(self.file.surfaces):
                self._report(
                    "unknown-surface", ("surfaces", name, "based_on"), f"there is no surface {base!r}"
                )
                break
            chain.append(self.file.surfaces[base])
            base = self.file.surfaces[base].based_on
        properties = {}
        for quantity in SURFACE_QUANTITIES:
            datum = next((one for state in chain if (one := getattr(state, quantity)) is not None), None)
            if datum is None:
                continue
            prop = self._quantity(quantity, normal_direction(name), datum, ("surfaces", name, quantity))
            if prop is not None:
                properties[quantity] = prop
        lab = model.lab
        return Surface(
            material=self.file.id,
            name=normal_direction(name),
            title=model.title,
            aliases=tuple(model.aliases),
            properties=properties,
            ageing=model.ageing,
            lab=(lab[0], lab[1], lab[2]) if lab is not None else None,
            lab_method=model.lab_method,
        )


def law_of(datum: Datum, factor: float) -> Law:
    """Return the law of a datum, its values times ``factor``."""
    coeffs = tuple(datum.coeffs or ())
    law: Law
    if datum.kind == "table":
        law = Table(tuple(datum.T or ()), tuple(factor * y for y in datum.y or ()), datum.interp == "pchip")
    elif datum.kind == "poly":
        law = Polynomial(tuple(factor * c for c in coeffs))
    elif datum.kind == "log10poly":
        law = Log10Polynomial(coeffs, factor)
    elif datum.kind == "nist_erf":
        law = NistErf(coeffs, factor)
    else:
        law = Constant(factor * (datum.value if datum.value is not None else 0.0))
    if datum.below is not None and datum.T_range is not None:
        law = HeldBelow(law, datum.T_range[0], factor * datum.below.value)
    high = datum.T_range[1] if datum.T_range is not None else 0.0
    if datum.extension is not None:
        joint = datum.T_range[1] if datum.T_range is not None else (datum.T or [0.0])[-1]
        law = Extended(law, joint, tuple(datum.extension.T), tuple(factor * y for y in datum.extension.y))
        high = datum.extension.T[-1]
    if datum.kind in ("log10poly", "nist_erf") and high > FOLLOWED_FROM_K:
        low = max(FOLLOWED_FROM_K, datum.T_range[0] if datum.T_range is not None else 0.0)
        return Followed(law, low, high)
    return law


def spread_of(datum: Datum, factor: float) -> Uncertainty:
    """Return the uncertainty of a datum, absolute half widths times ``factor``."""
    temperatures = tuple(datum.T or ())
    relative = tuple(datum.u_rel) if isinstance(datum.u_rel, list) else (datum.u_rel or 0.0,)
    if datum.extension is not None:
        if len(relative) == 1:
            joint = datum.T_range[1] if datum.T_range is not None else temperatures[-1]
            temperatures = (joint,)
        temperatures = (*temperatures, *datum.extension.T)
        relative = (*relative, *datum.extension.u_rel)
    default: Distribution = "lognormal" if datum.u_factor is not None else "normal"
    return Uncertainty(
        relative=relative,
        absolute=(datum.u_abs or 0.0) * factor,
        factor=datum.u_factor or 1.0,
        distribution=datum.dist or default,
        temperatures=temperatures if len(relative) > 1 else (),
    )
