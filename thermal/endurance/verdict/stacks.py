"""Hot and cold stacks: every uncertain input at the end that is unfavourable, as thermal engineers do.

| input                     | hot                     | cold                      |
|---------------------------|-------------------------|---------------------------|
| solar absorptance         | high                    | low                       |
| solar transmittance       | low                     | high                      |
| infrared emissivity       | low                     | high                      |
| conductivity through      | low: the lit face is    | low: the other face is    |
|                           | hotter                  | colder                    |
| albedo of the ground      | 0.02 down where the     | 0.02 up where the cloth   |
|                           | cloth takes less light  | takes less light than it  |
|                           | than it emits, for the  | emits, for the ground is  |
|                           | ground is warmer then;  | colder then; else down    |
|                           | else up                 |                           |
| scale depth H             | 0.06 m (ground warmer   | 0.08 m (ground colder     |
|                           | at night)               | at night)                 |
| Sun distance              | the lunation nearest to | the lunation nearest to   |
|                           | perihelion              | aphelion                  |
| joints                    | a third: a sunlit part  | a third: a shaded part    |
|                           | sheds less              | gets less                 |
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from materials import Database, Material
from thermal.core.constants import LUNATION

if TYPE_CHECKING:
    from materials import Property
    from materials.schema.references import Bibliography
    from thermal.case.tables.root import Case

End = Literal["hot", "cold"]

SIGMAS: Final = 2.0
"""How far into its uncertainty an input goes, in standard deviations."""
ALBEDO_STEP: Final = 0.02
"""Spread of the normal albedo about the mean of mare or highland (estimate)."""
SCALE_DEPTH_M: Final = {"hot": 0.06, "cold": 0.08}
"""H of Hayne et al. 2017 and its spread: a small H is dense, conducting ground that stays warm at night."""
JOINT_FACTOR: Final = 1.0 / 3.0
"""The conductance of dry metal contacts in vacuum is known within a factor of three."""
APSIDES: Final = {"hot": (1, 4), "cold": (7, 5)}
"""Month and day of the Earth's perihelion and aphelion, within two days in any year."""

_THROUGH: Final = ("thermal_conductivity", "through")
_TOWARDS_HOT: Final = {"solar_absorptance": 1.0, "solar_transmittance": -1.0, "ir_emissivity": -1.0}


class StackedDatabase(Database):
    """A database whose optics and conduction through walls are at one end of what is known of them.

    Parameters
    ----------
    inner
        The data as they stand.
    end
        "hot" or "cold".

    """

    def __init__(self, inner: Database, end: End) -> None:
        super().__init__(inner.files)
        self._inner = inner
        self._sign = 1.0 if end == "hot" else -1.0

    def __getitem__(self, name: str) -> Material:
        """Return a material with its data moved; see `Database`."""
        material = self._inner[name]
        for state in tuple(material.surface_states.values()):
            for key, datum in state.properties.items():
                if key in _TOWARDS_HOT:
                    material = material.with_property(key, state.name, self._moved(key, datum))
        through = material.get(*_THROUGH)
        return material if through is None else material.with_property(*_THROUGH, through.perturbed(-SIGMAS))

    def bibliography(self) -> Bibliography:
        """Return the references of the data as they stand."""
        return self._inner.bibliography()

    def _moved(self, key: str, datum: Property) -> Property:
        return datum.perturbed(self._sign * _TOWARDS_HOT[key] * SIGMAS)


def stacked(case: Case, database: Database, end: End) -> tuple[Case, Database]:
    """Put every uncertain input at its unfavourable end.

    Parameters
    ----------
    case, database
        The case and the data as they stand.
    end
        "hot" or "cold".

    Returns
    -------
    tuple
        The case and the data to run instead; run both ends and compare their margins.

    """
    moved = StackedDatabase(database, end)
    sign = (1.0 if end == "hot" else -1.0) * _gain_by_albedo(case, moved)
    sky = case.sky.model_copy(
        update={
            "albedo": max(0.0, case.sky.albedo + sign * ALBEDO_STEP),
            "h_parameter": SCALE_DEPTH_M[end],
            "start": _at_apsis(case.sky.start, end),
        }
    )
    joints = tuple(
        joint.model_copy(
            update={
                name: JOINT_FACTOR * value
                for name in ("conductance", "conductance_per_length", "conductance_per_area")
                if (value := getattr(joint, name)) is not None
            }
        )
        for joint in case.joint
    )
    return case.model_copy(update={"sky": sky, "joint": joints}), moved


def _gain_by_albedo(case: Case, database: Database) -> float:
    """Sign of what a brighter ground does to the cloth: more light of it, but less infrared."""
    state = case.flag.surface or case.flag.front or case.flag.back
    if state is None:
        return 1.0
    surface = database[case.flag.material].surface(state)
    return 1.0 if surface.solar_absorptance.level > surface.ir_emissivity.level else -1.0


def _at_apsis(start: datetime, end: End) -> datetime:
    """Move a start by whole lunations, so that the local hour stays, to the nearest peri- or aphelion."""
    apsides = [datetime(start.year + step, *APSIDES[end], tzinfo=UTC) for step in (-1, 0, 1)]
    away_s = min(((apsis - start).total_seconds() for apsis in apsides), key=abs)
    return start + timedelta(seconds=round(away_s / LUNATION) * LUNATION)
