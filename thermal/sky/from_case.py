"""The sky that a case asks for; tables are read and checked here."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.case.tables.instant import LAST
from thermal.core.constants import LUNATION
from thermal.core.errors import CaseError, Problem
from thermal.core.tables import (
    AZIMUTH,
    ELEVATION,
    IRRADIANCE,
    LISTED,
    TEMPERATURE,
    TIME,
    Column,
    check_cover,
    read_table,
)
from thermal.sky.build import Tables, compute_environment
from thermal.sky.ephemeris.horizon import Horizon, PlaneHorizon, skyline
from thermal.sky.ephemeris.site_frame import ground_normal
from thermal.sky.ground.regolith import Regolith
from thermal.sky.place import Motion, Place, Span

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from thermal.case.tables.root import Case
    from thermal.case.tables.run import Run
    from thermal.case.tables.site import Site
    from thermal.case.tables.sky import Sky as SkyTable
    from thermal.sky.environment import Environment

KEPT: Final = 4
"""Skies that a process remembers; that of a lunation takes 0.4 MB, that of ten years 7 MB."""


def environment(case: Case) -> Environment:
    """Compute Sun, Earth and ground for a case over its run, or remember them from a case with the same sky.

    An idealised sky starts at local noon; a periodic run keeps declination, distance and Earth of the start.

    Parameters
    ----------
    case
        The case; files it names lie beside it.

    Returns
    -------
    Environment
        Everything precomputed over the run.

    Raises
    ------
    CaseError
        The run leaves the range of the ephemeris, or a table is invalid: every problem at once.
    ConvergenceError
        The ground did not settle.

    """
    return site_environment(case.site, case.sky, case.run, case.path)


def site_environment(site: Site, sky: SkyTable, run: Run, path: Path) -> Environment:
    """Do what :func:`environment` does for the three tables it needs; `path` names the case."""
    place, span, tables, problems = _gather(site, sky, run, path)
    if problems:
        raise CaseError(problems)
    if tables.sun is None and tables.ground is None:
        return _remembered(place, span)
    return compute_environment(place, span, tables)


@lru_cache(maxsize=KEPT)
def _remembered(place: Place, span: Span) -> Environment:
    """Compute each sky once: cases of a study mostly share theirs, and nothing in it ever changes."""
    return compute_environment(place, span)


def sky_problems(case: Case) -> list[Problem]:
    """Check dates and tables of a case without computing anything; empty when all is well."""
    return _gather(case.site, case.sky, case.run, case.path)[3]


def date_problems(where: str, start: datetime, duration_s: float) -> list[Problem]:
    """Report a run that ends beyond the range of the ephemeris."""
    if duration_s <= (LAST - start).total_seconds():
        return []
    longest = (LAST - start) // timedelta(days=1)
    message = f"the run would end after {LAST.year}, where the ephemeris ends"
    return [Problem("outside-ephemeris", where, message, f"write at most {longest} day")]


def _gather(site: Site, sky: SkyTable, run: Run, path: Path) -> tuple[Place, Span, Tables, list[Problem]]:
    problems = date_problems(f"{path}: run.duration", sky.start, run.duration)
    beside = path.parent
    repeats = run.mode == "periodic" or sky.model == "idealised"
    end = LUNATION if run.mode == "periodic" else run.duration
    cover = partial(_table, beside, start=sky.start, end_s=end, problems=problems)
    sun = cover(sky.sun_table, (TIME, AZIMUTH, ELEVATION, IRRADIANCE))
    ground = cover(sky.ground_table, (TIME, TEMPERATURE))
    east, north, up = (float(x) for x in ground_normal(site.ground_slope, site.ground_aspect))
    place = Place(
        latitude=site.latitude,
        longitude=site.longitude,
        normal_albedo=sky.albedo,
        regolith=Regolith(sky.h_parameter, sky.emissivity, sky.heat_flow),
        normal=(east, north, up),
        horizon=_horizon(beside, site.horizon, problems) or PlaneHorizon(east, north, up),
        eclipses=sky.eclipses,
    )
    by_table = run.mode == "transient" and (sun is not None or ground is not None)
    motion: Motion = "idealised" if sky.model == "idealised" else "frozen" if repeats else "ephemeris"
    span = Span(sky.start, run.duration, motion, repeats and not by_table)
    return place, span, Tables(sun, ground), problems


def _table(
    beside: Path,
    name: str | None,
    columns: tuple[Column, ...],
    *,
    start: datetime,
    end_s: float,
    problems: list[Problem],
) -> NDArray[np.float64] | None:
    """Read a table of times that must cover the run; what is wrong goes to `problems`."""
    if name is None:
        return None
    try:
        table = read_table(beside / name, columns, start, spare=LISTED)
    except CaseError as error:
        problems.extend(error.problems)
        return None
    problems.extend(check_cover(beside / name, table[:, 0], end_s))
    return table


def _horizon(beside: Path, name: str | None, problems: list[Problem]) -> Horizon | None:
    if name is None:
        return None
    try:
        table = read_table(beside / name, (AZIMUTH, ELEVATION))
    except CaseError as error:
        problems.extend(error.problems)
        return None
    azimuth, elevation = ([float(x) for x in column] for column in table.T)
    if azimuth[-1] - azimuth[0] > 2.0 * np.pi + 1e-9:
        message = "the azimuths span more than one turn"
        problems.append(Problem("table-row", str(beside / name), message, "give azimuths from 0 to 360 deg"))
        return None
    return skyline(azimuth, elevation)
