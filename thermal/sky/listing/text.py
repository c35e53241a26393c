"""The sky as JSON, CSV and a table for a terminal."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import TYPE_CHECKING, Any

from thermal.sky.listing.rows import Cell, eclipse_row, iso, row_times, sky_row

if TYPE_CHECKING:
    from thermal.sky.environment import Environment
    from thermal.sky.listing.request import SkyRequest


def _rows(request: SkyRequest, environment: Environment) -> list[dict[str, Cell]]:
    times = row_times(environment.duration_s, request.every_s, idealised=request.idealised)
    return [sky_row(environment, time_s, idealised=request.idealised) for time_s in times]


def as_json(request: SkyRequest, environment: Environment) -> str:
    """Write ``lunarflag.sky/1``: site, rows, eclipses and contacts."""
    site: dict[str, Any] = {
        "latitude_deg": math.degrees(request.site.latitude),
        "longitude_deg": math.degrees(request.site.longitude),
        "model": request.sky.model,
        "albedo": request.sky.albedo,
        "emissivity": request.sky.emissivity,
        "h_parameter_m": request.sky.h_parameter,
        "heat_flow_w_m2": request.sky.heat_flow,
    }
    events: list[dict[str, Cell]] = [
        {"time_s": round(event.time_s, 3), "name": event.name} for event in environment.events()
    ]
    if not request.idealised:
        for event in events:
            event["utc"] = iso(environment.start, float(event["time_s"] or 0.0))
    document = {
        "schema": "lunarflag.sky/1",
        "site": site,
        "rows": _rows(request, environment),
        "eclipses": [eclipse_row(environment.start, eclipse) for eclipse in environment.eclipses],
        "events": events,
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def as_csv(request: SkyRequest, environment: Environment) -> str:
    """Write the rows with a header; the names carry the units."""
    rows = _rows(request, environment)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


_COLUMNS = (
    ("sun_azimuth_deg", "sun az", "deg", "{:6.2f}"),
    ("sun_elevation_deg", "sun el", "deg", "{:6.2f}"),
    ("sun_visible_fraction", "disc", "up", "{:5.3f}"),
    ("sun_eclipsed_fraction", "hidden", "-", "{:6.3f}"),
    ("irradiance_w_m2", "sunlit", "W/m2", "{:7.2f}"),
    ("ground_k", "ground", "K", "{:6.2f}"),
    ("earth_azimuth_deg", "earth", "az", "{:6.2f}"),
    ("earth_elevation_deg", "earth", "el", "{:6.2f}"),
)


def as_text(request: SkyRequest, environment: Environment) -> str:
    """Write a table, then the contacts with the horizon, then the eclipses."""
    first, width = ("local_hour", 10) if request.idealised else ("utc", 20)
    widths = [len(form.format(0.0)) for _, _, _, form in _COLUMNS]
    names = "".join(f" {name:>{w}}" for (_, name, _, _), w in zip(_COLUMNS, widths, strict=True))
    units = "".join(f" {unit:>{w}}" for (_, _, unit, _), w in zip(_COLUMNS, widths, strict=True))
    lines = [request.title, "", f"{first:<{width}}{names}", f"{'':<{width}}{units}"]
    for row in _rows(request, environment):
        label = f"{row[first]:.4f}" if request.idealised else str(row[first])
        cells = [
            f"{'-':>{w}}" if row[key] is None else form.format(row[key])
            for (key, _, _, form), w in zip(_COLUMNS, widths, strict=True)
        ]
        lines.append(f"{label:<{width}} {' '.join(cells)}")
    if not request.idealised:
        lines += _contacts(environment)
        lines += _eclipses(environment)
    return "\n".join(lines) + "\n"


def _contacts(environment: Environment) -> list[str]:
    found = [
        f"{event.name.replace('_', ' '):<24} {iso(environment.start, round(event.time_s))}"
        for event in environment.events()
        if event.name.startswith("sun")
    ]
    return ["", "Horizon", *(found or ["no sunrise or sunset"])]


def _eclipses(environment: Environment) -> list[str]:
    lines = ["", "Eclipses"]
    for eclipse in environment.eclipses:
        row = eclipse_row(environment.start, eclipse)
        lines.append(f"from {row['first_contact']} to {row['last_contact']}")
        if row["totality_start"]:
            lines.append(f"  total from {row['totality_start']} to {row['totality_end']}")
        lines.append(f"  hidden at most {eclipse.max_hidden_fraction:.3f} at {row['greatest']}")
    return lines if environment.eclipses else [*lines, "none"]
