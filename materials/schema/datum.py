"""From a datum of a file to a :class:`~materials.prop.Property`, in SI and kelvin."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from materials.laws.basic import Constant, Log10Polynomial, NistErf, Polynomial, Table
from materials.laws.combined import Extended, Followed, HeldBelow
from materials.laws.uncertainty import Distribution, Uncertainty
from materials.prop import Property
from materials.schema.kelvin import COLDEST_K, HOTTEST_K, in_kelvin, temperatures
from materials.schema.quantities import QUANTITIES
from materials.units import QuantityError, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from materials.laws.law import Law
    from materials.schema.models import Datum

    Path = tuple[str | int, ...]
    Report = Callable[[str, Path, str, str], None]

FOLLOWED_FROM_K: Final = 40.0
"""Colder, formulas bend too quickly to be followed by cubics, and nothing on the Moon is."""
ROOM_RANGE: Final = "T_range = [283, 303]"


def property_of(key: tuple[str, str, str], given: Datum, path: Path, report: Report) -> Property | None:
    """Make the property that a datum states, or report everything that is wrong with it and return None.

    Parameters
    ----------
    key
        Material, name and direction of the property; the name is one of the database's.
    given
        The datum as its file has it.
    path
        Where it stands in the file.
    report
        Takes code, path, message and remedy of each problem.

    """
    material, name, direction = key
    quantity = QUANTITIES[name]
    scale = _scale(given.unit, quantity.unit, (*path, "unit"), f"write e.g. {quantity.display}", report)
    kelvin = _scale(given.T_unit, "K", (*path, "T_unit"), 'write K, or "degC"', report)
    if scale is None or kelvin is None:
        return None
    datum = in_kelvin(given, kelvin)
    sound = [
        _ordered(datum, given, path, report),
        _believable(datum, given, path, report),
        _of_one_number(datum, path, report, varies=quantity.varies),
        _uncertainty_has_a_zero(datum, scale, path, report),
    ]
    span = _range(datum, varies=quantity.varies, steady=quantity.steady)
    if span is None:
        message = f"{name} depends on temperature"
        remedy = f"give T_range, in K; a value at room temperature alone has {ROOM_RANGE}"
        report("material-missing-range", path, message, remedy)
    if span is None or not all(sound):
        return None
    extension = datum.extension.source if datum.extension else []
    return Property(
        material=material,
        name=name,
        direction=direction,
        law=law_of(datum, scale),
        range_k=span,
        spread=spread_of(datum, scale),
        source=tuple(dict.fromkeys([*datum.source, *extension])),
        method=datum.method,
        confidence=datum.confidence,
        checked=datum.checked,
        bound=datum.bound,
        locator=datum.locator,
        note=datum.note,
        regression=tuple((t, scale.si(y)) for t, y in datum.regression),
    )


def _scale(unit: str, si: str, path: Path, remedy: str, report: Report) -> Scale | None:
    try:
        return scale_of(unit, si)
    except QuantityError as error:
        report("material-wrong-unit", path, error.message, error.remedy or remedy)
        return None


def _ordered(datum: Datum, given: Datum, path: Path, report: Report) -> bool:
    good = True
    for (key, kelvin), (_, shown) in zip(temperatures(datum), temperatures(given), strict=True):
        for number in range(1, len(kelvin)):
            if kelvin[number] <= kelvin[number - 1]:
                same = kelvin[number] == kelvin[number - 1]
                what = "is there twice" if same else f"comes after {shown[number - 1]:g} {given.T_unit}"
                message = f"{shown[number]:g} {given.T_unit} {what}"
                report(
                    "material-unordered-table", (*path, *key), message, "temperatures ascend, each one once"
                )
                good = False
    return good


def _believable(datum: Datum, given: Datum, path: Path, report: Report) -> bool:
    good = True
    for (key, kelvin), (_, shown) in zip(temperatures(datum), temperatures(given), strict=True):
        wrong = [s for k, s in zip(kelvin, shown, strict=True) if not COLDEST_K <= k <= HOTTEST_K]
        if wrong:
            cold = wrong[0] < 0.0 and given.T_unit == "K"
            message = f"{wrong[0]:g} {given.T_unit} is no temperature" + (
                " above absolute zero" if cold else ""
            )
            remedy = 'write T_unit = "degC" beside it if it is in degrees Celsius' if cold else "correct it"
            report("material-invalid-value", (*path, *key), message, remedy)
            good = False
    return good


def _of_one_number(datum: Datum, path: Path, report: Report, *, varies: bool) -> bool:
    if varies or datum.kind == "constant":
        return True
    report("material-invalid-value", (*path, "kind"), "this property is one number", "write value = ...")
    return False


def _uncertainty_has_a_zero(datum: Datum, scale: Scale, path: Path, report: Report) -> bool:
    """Refuse a share of a temperature that counts from a zero of its own: 10 % of 15 degC means nothing."""
    if not scale.offset or (datum.u_rel is None and datum.u_factor is None):
        return True
    share = "u_rel" if datum.u_rel is not None else "u_factor"
    message = f"a share of a temperature in {datum.unit} means nothing: its zero is arbitrary"
    report(
        "material-uncertainty",
        (*path, share),
        message,
        f"give u_abs, in degrees: a difference in {datum.unit}",
    )
    return False


def _range(datum: Datum, *, varies: bool, steady: bool) -> tuple[float, float] | None:
    if not varies:
        return 0.0, inf
    if datum.T_range is not None:
        low, high = datum.T_range
    elif datum.T is not None:
        low, high = datum.T[0], datum.T[-1]
    else:
        return (0.0, inf) if steady and datum.extension is None else None
    lowest = datum.below.T if datum.below is not None else low
    return lowest, datum.extension.T[-1] if datum.extension is not None else high


def law_of(datum: Datum, scale: Scale) -> Law:
    """Return the law of a datum whose temperatures are in kelvin, its values in SI."""
    coeffs = tuple(datum.coeffs or ())
    law: Law
    if datum.kind == "table":
        values = tuple(scale.si(y) for y in datum.y or ())
        law = Table(tuple(datum.T or ()), values, datum.interp == "pchip")
    elif datum.kind == "poly":
        law = Polynomial(tuple(scale.factor * c for c in coeffs))
    elif datum.kind == "log10poly":
        law = Log10Polynomial(coeffs, scale.factor)
    elif datum.kind == "nist_erf":
        law = NistErf(coeffs, scale.factor)
    else:
        law = Constant(scale.si(datum.value if datum.value is not None else 0.0))
    if datum.below is not None and datum.T_range is not None:
        law = HeldBelow(law, datum.T_range[0], scale.si(datum.below.value))
    high = datum.T_range[1] if datum.T_range is not None else 0.0
    if datum.extension is not None:
        joint = datum.T_range[1] if datum.T_range is not None else (datum.T or [0.0])[-1]
        values = tuple(scale.si(y) for y in datum.extension.y)
        law = Extended(law, joint, tuple(datum.extension.T), values)
        high = datum.extension.T[-1]
    if datum.kind in ("log10poly", "nist_erf") and high > FOLLOWED_FROM_K:
        low = max(FOLLOWED_FROM_K, datum.T_range[0] if datum.T_range is not None else 0.0)
        return Followed(law, low, high)
    return law


def spread_of(datum: Datum, scale: Scale) -> Uncertainty:
    """Return the uncertainty of a datum whose temperatures are in kelvin; half widths are differences."""
    temperatures_k = tuple(datum.T or ())
    relative = tuple(datum.u_rel) if isinstance(datum.u_rel, list) else (datum.u_rel or 0.0,)
    if datum.extension is not None:
        if len(relative) == 1:
            joint = datum.T_range[1] if datum.T_range is not None else temperatures_k[-1]
            temperatures_k = (joint,)
        temperatures_k = (*temperatures_k, *datum.extension.T)
        relative = (*relative, *datum.extension.u_rel)
    default: Distribution = "lognormal" if datum.u_factor is not None else "normal"
    return Uncertainty(
        relative=relative,
        absolute=scale.difference(datum.u_abs or 0.0),
        factor=datum.u_factor or 1.0,
        distribution=datum.dist or default,
        temperatures=temperatures_k if len(relative) > 1 else (),
    )
