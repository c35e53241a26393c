"""What the options of ``lunarflag sky`` ask for, checked as a whole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from thermal.case import load_case
from thermal.case.tables.run import Run
from thermal.case.tables.site import Site
from thermal.case.tables.sky import Sky as SkyTable
from thermal.core.constants import LUNATION
from thermal.core.errors import CaseError, Problem
from thermal.core.units import Duration
from thermal.sky.from_case import date_problems, site_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from thermal.sky.environment import Environment

_MOST_ROWS: Final = 1_000_000
_ANY_DATE: Final = "2000-01-01T00:00:00Z"
_EVERY: Final = "6 h"
_Table = TypeVar("_Table", Site, SkyTable, Run)


@dataclass(frozen=True, slots=True)
class SkyRequest:
    """A site, a span and a spacing of rows.

    Parameters
    ----------
    site, sky, run
        Tables of a case.
    path
        The case they come from, or an empty path.
    every_s
        Time between rows, s.

    """

    site: Site
    sky: SkyTable
    run: Run
    path: Path
    every_s: float

    @property
    def idealised(self) -> bool:
        """Whether rows carry local hours instead of dates."""
        return self.sky.model == "idealised"

    @property
    def title(self) -> str:
        """Name the site and the sky in one line."""
        latitude, longitude = math.degrees(self.site.latitude), math.degrees(self.site.longitude)
        north = f"{abs(latitude):g}° {'N' if latitude >= 0 else 'S'}"
        ground = f"normal albedo {self.sky.albedo:g}"
        if self.idealised:
            return f"{north}, idealised: declination 0, 1 AU, point Sun; {ground}"
        east = f"{abs(longitude):g}° {'E' if longitude >= 0 else 'W'}"
        return f"{north}, {east}, from {self.sky.start:%Y-%m-%d %H:%M} UTC; {ground}"

    def compute(self) -> Environment:
        """Compute the sky; see :func:`thermal.sky.environment`."""
        return site_environment(self.site, self.sky, self.run, self.path)


def request_from_case(file: Path, every: str | None, *, idealised: bool) -> SkyRequest:
    """Take site, sky and span from a case.

    Raises
    ------
    CaseError
        The case or `every` is invalid.

    """
    case = load_case(file, {"sky.model": "idealised"} if idealised else {})
    problems: list[Problem] = []
    request = SkyRequest(case.site, case.sky, case.run, case.path, 0.0)
    return _with_spacing(request, every, problems)


def request_from_options(
    options: Mapping[str, str | None], every: str | None, *, idealised: bool
) -> SkyRequest:
    """Take site, sky and span from the command line.

    Parameters
    ----------
    options
        Texts of ``latitude``, ``longitude``, ``start``, ``duration`` and ``albedo``; None where not given.
    every
        Time between rows, or None.
    idealised
        Whether longitude and start may be left out.

    Raises
    ------
    CaseError
        With every option that is missing or wrong.

    """
    spare = {"longitude": "0 deg", "start": _ANY_DATE} if idealised else {}
    texts: dict[str, Any] = spare | {name: text for name, text in options.items() if text is not None}
    texts.setdefault("duration", "1 lunation")
    model = {"model": "idealised" if idealised else "ephemeris"}
    problems: list[Problem] = []
    site = _validated(Site, _pick(texts, "latitude", "longitude"), problems)
    sky = _validated(SkyTable, _pick(texts, "start", "albedo") | model, problems)
    run = _validated(Run, _pick(texts, "duration"), problems)
    if sky and run:
        problems += date_problems("--duration", sky.start, run.duration)
    if site is None or sky is None or run is None:
        _spacing(every or _EVERY, problems)
        raise CaseError(problems)
    return _with_spacing(SkyRequest(site, sky, run, Path(), 0.0), every, problems)


def _pick(texts: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: texts[name] for name in names if name in texts}


def _validated(kind: type[_Table], data: dict[str, Any], problems: list[Problem]) -> _Table | None:
    """Make a table of a case from options, or report what is wrong with them."""
    try:
        return TypeAdapter(kind).validate_python(data)
    except ValidationError as error:
        problems += _reported(error)
        return None


def _reported(error: ValidationError, option: str = "") -> list[Problem]:
    found = []
    for detail in error.errors():
        where = option or f"--{detail['loc'][0]}"
        if detail["type"] == "missing":
            found.append(Problem("missing-key", where, "not given", "see lunarflag sky --help"))
        else:
            remedy = str(detail.get("ctx", {}).get("remedy", ""))
            found.append(Problem(detail["type"], where, detail["msg"], remedy))
    return found


def _spacing(every: str, problems: list[Problem]) -> float | None:
    try:
        return float(TypeAdapter(Duration).validate_python(every))
    except ValidationError as error:
        problems += _reported(error, "--every")
        return None


def _with_spacing(request: SkyRequest, every: str | None, problems: list[Problem]) -> SkyRequest:
    """Complete a request, or raise all its problems."""
    if every is None and request.idealised:
        spacing: float | None = LUNATION / 24
    else:
        spacing = _spacing(every or _EVERY, problems)
    if spacing is not None and request.run.duration / spacing > _MOST_ROWS:
        message = f"{request.run.duration / spacing:.2g} rows"
        advice = f"ask for at most {_MOST_ROWS} rows"
        problems.append(Problem("too-many-rows", "--every", message, advice))
    if problems or spacing is None:
        raise CaseError(problems)
    return SkyRequest(request.site, request.sky, request.run, request.path, spacing)
