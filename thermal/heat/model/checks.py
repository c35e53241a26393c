"""What a model built by hand can have wrong, found before kernels that trust their indices see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from materials.problems import Problem
from thermal.core.errors import CaseError
from thermal.heat.model.conductor import Conductors, Sink

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from thermal.heat.model.part import Part

OPTICS: Final = ("absorptance", "emissivity", "transmittance")


def check_model(parts: Sequence[Part], joints: Sequence[Conductors | Sink]) -> None:
    """Refuse parts and joints that make no model.

    Raises
    ------
    CaseError
        With all problems: no part, names that stand twice, optics below 0, a wall that cannot conduct,
        and joints to vertices that are not there or with a conductance below 0.

    """
    problems = [*_parts(parts), *(p for joint in joints for p in _joint(joint, parts))]
    if problems:
        raise CaseError(problems)


def check_span(start: float, stop: float, tolerance_k: float) -> None:
    """Refuse a run that ends before it starts, or a tolerance that is none.

    Raises
    ------
    CaseError
        Where ``start <= stop`` or ``tolerance_k > 0`` does not hold.

    """
    if not start <= stop < np.inf:
        raise CaseError(Problem("bad-model", "stop", f"a run cannot go from {start:g} s to {stop:g} s"))
    if not 0.0 < tolerance_k < np.inf:
        message = f"{tolerance_k:g} K is no tolerance"
        raise CaseError(
            Problem("bad-model", "tolerance_k", message, "give a temperature above 0, such as 0.05")
        )


def check_temperature(
    given: float | str | Mapping[str, float | NDArray[np.float64]], parts: Sequence[Part]
) -> None:
    """Refuse a start that does not say how warm every part is.

    Raises
    ------
    CaseError
        For a word other than ``"equilibrium"``, parts without a temperature, and what is not above 0 K.

    """
    where = "temperature"
    if isinstance(given, str):
        if given != "equilibrium":
            raise CaseError(
                Problem("bad-model", where, f"{given!r} is no start", 'write "equilibrium" or kelvin')
            )
        return
    missing = [part.name for part in parts if isinstance(given, Mapping) and part.name not in given]
    if missing:
        raise CaseError(Problem("bad-model", where, f"it leaves out {', '.join(missing)}", "name every part"))
    values = given.values() if isinstance(given, Mapping) else [given]
    if not all((np.isfinite(value) & (np.asarray(value) > 0.0)).all() for value in values):
        raise CaseError(Problem("bad-model", where, "it is not above 0 K everywhere", "give kelvin"))


def check_shape(value: NDArray[np.float64] | float, count: int, time_s: float, face: str) -> None:
    """See that a user's function gives a number or one value a vertex.

    Raises
    ------
    CaseError
        Where it gives anything else.

    """
    shape = np.shape(value)
    if shape not in {(), (1,), (count,)}:
        message = f"it returned an array of shape {shape} for {count} points"
        remedy = "return a number, or an array (n,) for x of (n, 3)"
        raise CaseError(Problem("bad-flux", _call(time_s, face), message, remedy))


def not_finite(time_s: float, face: str) -> CaseError:
    """Return the error of a user's function that gives what is not finite."""
    return CaseError(
        Problem("bad-flux", _call(time_s, face), "it returned what is not finite", "return W/m2")
    )


def _call(time_s: float, face: str) -> str:
    return f"absorbed({time_s:g}, x, {face!r})"


def _parts(parts: Sequence[Part]) -> Iterator[Problem]:
    names = [part.name for part in parts]
    if not parts:
        yield Problem("bad-model", "parts", "a model needs a part", "build one as docs/python.md shows")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem("bad-model", f"part {name!r}", "two parts have this name", "give each its own")
    for part in parts:
        for side, face in (("front", part.front), ("back", part.back)):
            for name in OPTICS:
                values = np.asarray(getattr(face, name))
                # Above 1 is a share of more than the wall's own area: a bar that radiates from its end.
                if not (np.isfinite(values) & (values >= 0.0)).all():
                    where = f"part {part.name!r}: {side}.{name}"
                    yield Problem("bad-model", where, "it is not 0 or more", "give a share")
        if not (0.0 <= part.thickness < np.inf and part.through_conductivity > 0.0):
            message = "a wall needs a thickness of 0 or more and a through_conductivity above 0"
            yield Problem("bad-model", f"part {part.name!r}", message, "inf makes a lumped sheet")


def _joint(joint: Conductors | Sink, parts: Sequence[Part]) -> Iterator[Problem]:
    size = sum(len(part.surface.points) for part in parts)
    where = f"joint {joint.name!r}"
    ends = [joint.vertices] if isinstance(joint, Sink) else [joint.first, joint.second]
    shapes = {np.shape(end) for end in ends}
    if shapes != {np.shape(joint.conductance)}:
        message = "its vertices and conductances differ in number"
        yield Problem("bad-model", where, message, "give one conductance a pair or vertex")
    if any(((end < 0) | (end >= size)).any() for end in map(np.asarray, ends)):
        message = f"it names vertices outside 0 to {size - 1}"
        yield Problem("bad-model", where, message, "count vertices through all parts: model.slices")
    conductance = np.asarray(joint.conductance)
    if not (np.isfinite(conductance) & (conductance >= 0.0)).all():
        yield Problem("bad-model", where, "a conductance is not 0 or more", "give W/K")
