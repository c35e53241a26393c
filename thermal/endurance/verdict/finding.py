"""What endurance finds: one finding a requirement and part, and the verdict over all of them."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Self

from thermal.core.errors import MaterialError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

Status = Literal["fails", "marginal", "not counted", "lasts", "no data"]

INTERVAL = 0.90
"""Probability inside the interval of a time to failure: 5 to 95 % of the samples."""

TIMES = ("years", "low_years", "high_years")
"""What of a finding may be infinite."""


@dataclass(frozen=True)
class Place:
    """Where on a part.

    Attributes
    ----------
    part
        Name of the part.
    face
        "front", "back" or empty.
    vertex
        Number of the vertex within the part; -1 where the whole part is meant.
    u_m, v_m
        Coordinates on the part in m: width and height of a cloth, axial and circumferential of a tube; None
        for the whole part.
    words
        How the verdict names it, such as "at the front face".

    """

    part: str
    face: str = ""
    vertex: int = -1
    u_m: float | None = None
    v_m: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Finding:
    """One requirement on one part.

    Attributes
    ----------
    requirement
        Key of the case's ``[requirements]``.
    cause
        What it is in words, such as "UV strength of the field".
    limit, unit
        What the case asks for, and the unit of it and of the values.
    place
        Where it is worst.
    status
        "fails" within the horizon, "marginal" (nearer to a limit than that is known), "not counted" (a
        limit exceeded that is no failure: see the notes), "lasts" or "no data".
    now, at_horizon
        Value at the end of the run and at the horizon; None without data.
    years, low_years, high_years
        Time to failure from the start of the run in years, with the ends of its interval; infinite for never.
    probability
        Share of samples that fail within the horizon.
    extrapolated
        The answer lies beyond the dose or the number of cycles that the law was tested to, or no test is
        known.
    notes
        What a reader has to know about the data.
    missing
        What the database lacks; empty unless the status is "no data".
    drawn_years
        (samples,) sampled times to failure; None without data, and not part of what is stored.

    """

    requirement: str
    cause: str
    limit: float
    unit: str
    place: Place
    status: Status
    now: float | None = None
    at_horizon: float | None = None
    years: float = math.inf
    low_years: float = math.inf
    high_years: float = math.inf
    probability: float = 0.0
    extrapolated: bool = False
    notes: tuple[str, ...] = ()
    missing: str = ""
    drawn_years: NDArray[np.float64] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class Verdict:
    """The answer of a run.

    Attributes
    ----------
    line
        One line: what kills the flag first, when and where.
    findings
        Those that fail first, by their time; then the marginal, those not counted, those that last, and gaps.
    horizon_years
        How far the answer looks.
    observed_years
        Time the run itself covered.
    samples, seed
        Of the draws behind the intervals.
    notes
        Remarks on the run as a whole.

    """

    line: str
    findings: tuple[Finding, ...]
    horizon_years: float
    observed_years: float
    samples: int
    seed: int
    notes: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What lacked data, in words."""
        return _distinct(finding.missing for finding in self.findings if finding.status == "no data")

    def to_json(self) -> dict[str, Any]:
        """Plain data for JSON; infinite times and missing numbers become None."""
        data: dict[str, Any] = _finite(asdict(self))
        for finding in data["findings"]:
            del finding["drawn_years"]
        data["interval"] = INTERVAL
        data["missing"] = list(self.missing)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Verdict back from :meth:`to_json`, where None stands for infinite times and missing numbers."""
        findings = []
        for item in data["findings"]:
            times = {name: math.inf if item[name] is None else item[name] for name in TIMES}
            lists = {"notes": tuple(item["notes"]), "place": Place(**item["place"])}
            findings.append(Finding(**{**item, **times, **lists}))
        known = {name: data[name] for name in ("line", "horizon_years", "observed_years", "samples", "seed")}
        return cls(findings=tuple(findings), notes=tuple(data["notes"]), **known)


def require_data(verdict: Verdict) -> None:
    """Refuse a verdict with gaps (``--strict``).

    Raises
    ------
    MaterialError
        One problem for each datum that a requirement lacked.

    """
    problems = [
        Problem(
            "verdict-lacks-data",
            f"requirements.{finding.requirement}",
            f"no data for: {finding.missing}",
            "add the datum to a material file of your own, drop the requirement, or run without --strict",
        )
        for finding in verdict.findings
        if finding.status == "no data"
    ]
    if problems:
        raise MaterialError(problems)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Keep the order, drop what was there before."""
    return tuple(dict.fromkeys(texts))


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def years_in_words(years: float) -> str:
    """Two significant figures, "never" for infinity, "0" below a thousandth of a year."""
    if math.isinf(years):
        return "never"
    if years < 1e-3:
        return "0"
    digits = max(0, 1 - math.floor(math.log10(years)))
    return f"{years:,.{digits}f}"


def verdict_line(findings: tuple[Finding, ...], horizon_years: float) -> str:
    """One line from sorted findings.

    Parameters
    ----------
    findings
        As in `Verdict`.
    horizon_years
        How far the answer looks.

    Returns
    -------
    str
        "fails after 4.1 (3.0 to 6.2) years: ..." or "no failure found in 30 years ...", and what lacks data.

    """
    failing = [finding for finding in findings if finding.status == "fails"]
    missing = _distinct(finding.missing for finding in findings if finding.status == "no data")
    if failing:
        first = failing[0]
        times = [years_in_words(value) for value in (first.years, first.low_years, first.high_years)]
        where = f", {first.place.words}" if first.place.words else ""
        beyond = " [beyond tested dose]" if first.extrapolated else ""
        line = f"fails after {times[0]} ({times[1]} to {times[2]}) years: {first.cause}{where}{beyond}"
    else:
        line = f"no failure found in {horizon_years:g} years"
        likely = max(findings, key=lambda finding: finding.probability, default=None)
        if likely is not None and likely.probability >= 1.0 - INTERVAL:
            line += f" ({likely.probability:.0%} chance of: {likely.cause})"
    marginal = [finding.cause for finding in findings if finding.status == "marginal"]
    if marginal:
        line += f"; too close to call: {', '.join(marginal)}"
    if missing:
        line += f"; no data for: {', '.join(missing)}"
    return line
