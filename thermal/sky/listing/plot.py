"""A figure of the sky over a site."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from thermal.core.constants import LUNATION

if TYPE_CHECKING:
    from pathlib import Path

    from thermal.sky.environment import Environment

_POINTS = 1500


def plot_sky(environment: Environment, title: str, file: Path, *, idealised: bool) -> None:
    """Draw elevation of Sun and Earth, sunlight and ground temperature, eclipses shaded.

    Parameters
    ----------
    environment
        What to draw, over its whole duration.
    title
        Headline.
    file
        Figure to write; its suffix says in which format.
    idealised
        Label the time axis with local hours instead of dates.

    Raises
    ------
    OSError
        The file cannot be written.
    ValueError
        Its suffix names no known format.

    """
    contacts = [event.time_s + shift for event in environment.events() for shift in (-1.0, 0.0, 1.0)]
    spread = np.linspace(0.0, environment.duration_s, _POINTS)
    near = np.concatenate(
        [np.linspace(e.first_contact_s, e.last_contact_s, 200) for e in environment.eclipses] or [spread[:0]]
    )
    times = np.unique(np.concatenate([spread, contacts, near]))
    times = times[(times >= 0.0) & (times <= environment.duration_s)]
    skies = [environment.at(float(t)) for t in times]
    x: Any = 12.0 + times / LUNATION * 24.0 if idealised else _dates(environment, times)

    with mpl.rc_context({"axes.grid": True, "grid.alpha": 0.3, "axes.spines.top": False}):
        figure = Figure(figsize=(9, 7.5), layout="constrained")
        height, light, ground = figure.subplots(3, 1, sharex=True)
    sun = np.degrees(np.arcsin([sky.sun_direction[2] for sky in skies]))
    height.plot(x, sun, color="tab:orange", label="Sun")
    if any(sky.earth_infrared > 0.0 for sky in skies):
        earth = np.degrees(np.arcsin([sky.earth_direction[2] for sky in skies]))
        height.plot(x, earth, color="tab:blue", label="Earth")
    height.axhline(0.0, color="black", linewidth=0.8)
    height.set_ylabel("elevation (deg)")
    light.plot(x, [sky.irradiance for sky in skies], color="tab:orange", label="sunlight, normal to the Sun")
    light.plot(x, [sky.ground_infrared for sky in skies], color="tab:red", label="infrared of the ground")
    light.plot(x, [sky.ground_reflected for sky in skies], color="tab:green", label="reflected by the ground")
    light.set_ylabel("W/m²")
    ground.plot(x, [sky.ground_k for sky in skies], color="tab:brown")
    ground.set_ylabel("ground (K)")
    for eclipse in environment.eclipses:
        edges = _dates(environment, np.array([eclipse.first_contact_s, eclipse.last_contact_s]))
        for axes in (height, light, ground):
            axes.axvspan(*edges, color="grey", alpha=0.3, linewidth=0, label="eclipse")
    if idealised:
        ground.xaxis.set_major_locator(MultipleLocator(3.0))
        ground.xaxis.set_major_formatter(lambda hour, _: f"{hour % 24.0:g}")
        ground.set_xlabel("local time (h, 12 = noon)")
    else:
        locator = AutoDateLocator()  # type: ignore[no-untyped-call]  # (matplotlib has no types here)
        ground.xaxis.set_major_locator(locator)
        ground.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]  # (as above)
        ground.set_xlabel("UTC")
    for axes in (height, light):
        handles = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
        where = {"loc": "lower right", "bbox_to_anchor": (1.0, 1.0), "frameon": False}
        axes.legend(handles.values(), handles.keys(), ncols=len(handles), **where)
    figure.suptitle(title, x=0.02, ha="left")
    figure.savefig(file, dpi=130)


def _dates(environment: Environment, times: Any) -> list[Any]:
    return [environment.start + timedelta(seconds=float(t)) for t in times]
