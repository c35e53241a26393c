"""One table of every quantity that a result file, a figure or a table shows.

The writer takes units and names of datasets from here, the figures take labels and colour maps, the tables
take headings; nothing repeats them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """What is known of a quantity before it has values.

    Parameters
    ----------
    name
        Name of its dataset.
    symbol
        Symbol in formulas and on axes, in matplotlib's mathematics.
    long_name
        A few words in plain English (CF ``long_name``).
    unit
        Unit in the notation of UDUNITS and CF: ``"K"``, ``"W m-2"``, ``"1"``.
    colour_map
        Colour map of maps and surfaces, known to matplotlib and to plotly.
    standard_name
        CF standard name, empty where CF has none.

    """

    name: str
    symbol: str
    long_name: str
    unit: str
    colour_map: str = "viridis"
    standard_name: str = ""

    @property
    def label(self) -> str:
        """Axis label: long name and unit."""
        return self.long_name if self.unit == "1" else f"{self.long_name} [{self.unit}]"


_TABLE: Final = (
    # the mesh
    FieldInfo("Points", "x", "position in the site frame: east, north, up", "m"),
    FieldInfo("Connectivity", "", "vertices of the cells", "1"),
    FieldInfo("Offsets", "", "where the vertices of each cell begin in Connectivity", "1"),
    FieldInfo("Types", "", "VTK cell type (5 is a triangle)", "1"),
    FieldInfo("part", "", "index of the part a cell belongs to", "1", "tab10"),
    FieldInfo(
        "local_coordinates", "u", "place on the part: width and height, or axial and circumferential", "m"
    ),
    FieldInfo("vertex_area", "A", "area that the vertex stands for", "m2"),
    FieldInfo("part_name", "", "names of the parts", "1"),
    FieldInfo("part_offset", "", "first vertex of each part, and the number of vertices", "1"),
    # temperatures
    FieldInfo("temperature", "T", "mean temperature of the wall", "K", "inferno", "surface_temperature"),
    FieldInfo("front_temperature", "T_f", "temperature of the front face", "K", "inferno"),
    FieldInfo("back_temperature", "T_b", "temperature of the back face", "K", "inferno"),
    FieldInfo("minimum", r"T_\mathrm{min}", "lowest temperature of the part", "K", "inferno"),
    FieldInfo("mean", r"\bar T", "mean temperature of the part, weighted by area", "K", "inferno"),
    FieldInfo("maximum", r"T_\mathrm{max}", "highest temperature of the part", "K", "inferno"),
    # time and the stepper
    FieldInfo("time", "t", "time since the start of the run", "s", standard_name="time"),
    FieldInfo("local_hour", "h", "local solar time, 12 is noon", "hour"),
    FieldInfo("step_size", r"\Delta t", "size of the last accepted time step", "s"),
    FieldInfo("steps", "", "accepted time steps so far", "1"),
    FieldInfo("rejected", "", "rejected time steps so far", "1"),
    # the ledger
    FieldInfo("absorbed_j", "Q_a", "heat absorbed from sky and ground since the start", "J"),
    FieldInfo("emitted_j", "Q_e", "heat emitted since the start", "J"),
    FieldInfo("conducted_j", "Q_c", "net heat conducted in from the sinks since the start", "J"),
    FieldInfo("stored_j", "Q_s", "heat stored since the start", "J"),
    FieldInfo("residual_j", "Q_r", "what the ledger does not explain", "J"),
    FieldInfo("residual_fraction", "", "residual over absorbed heat", "1"),
    # the sky
    FieldInfo(
        "sun_azimuth",
        r"\psi_s",
        "azimuth of the Sun, clockwise from north",
        "degree",
        "twilight",
        "solar_azimuth_angle",
    ),
    FieldInfo(
        "sun_elevation",
        r"\epsilon_s",
        "elevation of the Sun's centre",
        "degree",
        standard_name="solar_elevation_angle",
    ),
    FieldInfo("sun_distance", "r", "distance of the Sun from the site", "au"),
    FieldInfo("sun_visible_fraction", "f", "part of the Sun's disc that is seen", "1"),
    FieldInfo("sun_eclipsed_fraction", "", "part of the Sun's disc that the Earth hides", "1"),
    FieldInfo("irradiance", "S", "sunlight on a surface that faces the Sun", "W m-2"),
    FieldInfo("ground_temperature", "T_g", "temperature of the ground", "K", "inferno"),
    FieldInfo("ground_reflected", "J_s", "sunlight reflected by the ground", "W m-2"),
    FieldInfo("ground_infrared", "J_g", "infrared emitted by the ground", "W m-2"),
    FieldInfo(
        "earth_shortwave", "E_s", "sunlight reflected by the Earth, on a surface that faces it", "W m-2"
    ),
    FieldInfo("earth_infrared", "E_i", "infrared of the Earth, on a surface that faces it", "W m-2"),
    FieldInfo("event_time", "t", "time of an event since the start of the run", "s"),
    FieldInfo("event_name", "", "name of the event", "1"),
    # texts
    FieldInfo("case_as_given", "", "case file as the user wrote it", "1"),
    FieldInfo("case_resolved", "", "case with every default and override in place, TOML", "1"),
    FieldInfo("citations", "", "sources of the data this run used, one a line", "1"),
    FieldInfo("references", "", "sources of the data this run used, BibTeX", "1"),
)

FIELDS: Final[dict[str, FieldInfo]] = {info.name: info for info in _TABLE}
"""Every quantity by its dataset's name."""


def power_field(term: str) -> FieldInfo:
    """Describe the power of one term of the heat balance.

    Parameters
    ----------
    term
        Name of the term as the heat core gives it, such as ``"solar"``.

    """
    words = term.replace("_", " ")
    return FieldInfo(term, f"P_\\mathrm{{{words}}}", f"heat to all parts by {words}, positive heats", "W")


def named(base: str, name: str, what: str = "") -> FieldInfo:
    """Give a quantity of the table another dataset name, such as the temperature of one probe.

    Parameters
    ----------
    base
        Its name in the table.
    name
        Name of the new dataset.
    what
        Words that take the place of the long name, if any.

    Raises
    ------
    KeyError
        If the table has no ``base``.

    """
    info = FIELDS[base]
    return replace(info, name=name, long_name=what or info.long_name)
