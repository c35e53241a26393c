"""All that an integrator needs to go on as if it had never stopped.

On one rank a run that goes on from a snapshot is bit for bit the run that was not stopped: nothing that the
next step reads is computed anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from thermal.heat.time.profile_stepper import ProfileStepper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from thermal.heat.time.integrator import Integrator
    from thermal.heat.time.periodic import Search

NUMBERS = ("time_s", "yielded_s", "failed_s", "step_s", "last_step_s", "stored_j", "steps", "rejected")
ON_BALANCE = {
    "front_temperature": "Tf",
    "back_temperature": "Tb",
    "enthalpy": "enthalpy",
    "front_flux": "front_flux",
    "back_flux": "back_flux",
    "neighbours": "sums",
}
"""Arrays by name in a snapshot, and what the balance calls them."""


@dataclass(frozen=True)
class Snapshot:
    """An integrator between two steps; its arrays stand in the order of the parts, whole on every rank.

    Parameters
    ----------
    numbers
        Clock and counts by name (:data:`NUMBERS`).
    energies_j, powers_w
        Energy since the start and present power by term, over all ranks.
    fields
        (size,) arrays by name: temperatures in K, enthalpy in J/m2, fluxes and sunlight in W/m2, trend in
        K/s, couplings in W/K.
    profile
        (2 MODES, size) profile through the walls and its rates in K and K/s; no rows where it is settled.
    search
        Where the run still looks for its periodic state: what it has found up to this lunation.

    """

    numbers: Mapping[str, float]
    energies_j: Mapping[str, float]
    powers_w: Mapping[str, float]
    fields: Mapping[str, NDArray[np.float64]]
    profile: NDArray[np.float64]
    search: Search | None = None


def take(integrator: Integrator) -> Snapshot:
    """Take a snapshot; every rank calls this."""
    balance, gather = integrator.balance, integrator.gather
    fields = {name: gather(getattr(balance, own)) for name, own in ON_BALANCE.items()}
    fields["temperature"] = gather(balance.T[: balance.network.owned])
    fields["net_flux"] = gather(integrator.flux)
    fields["trend"] = gather(integrator.trend)
    fields["sunlight_front"], fields["sunlight_back"] = (gather(light) for light in integrator.light)
    rows = [] if integrator.profile is None else [gather(row) for row in integrator.profile.rows]
    return Snapshot(
        numbers={name: getattr(integrator, name) for name in NUMBERS}
        | {"stored_j": integrator.total({"stored": integrator.stored_j})["stored"]},
        energies_j=integrator.total(integrator.energies),
        powers_w=integrator.total(integrator.powers),
        fields=fields,
        profile=np.array(rows),
    )


def put_back(integrator: Integrator, snapshot: Snapshot) -> None:
    """Bring an integrator of the same model to a snapshot, which every rank holds whole."""
    balance = integrator.balance
    mine = balance.network.vertex[: balance.network.owned]
    fields, first = snapshot.fields, integrator.comm.rank == 0
    for name, value in snapshot.numbers.items():
        setattr(integrator, name, int(value) if name in {"steps", "rejected"} else float(value))
    integrator.energies = {name: value if first else 0.0 for name, value in snapshot.energies_j.items()}
    integrator.powers = {name: value if first else 0.0 for name, value in snapshot.powers_w.items()}
    integrator.stored_j = snapshot.numbers["stored_j"] if first else 0.0
    for name, own in ON_BALANCE.items():
        getattr(balance, own)[:] = fields[name][mine]
    balance.T[: balance.network.owned] = fields["temperature"][mine]
    balance.take_face_offsets()
    integrator.flux, integrator.trend = fields["net_flux"][mine], fields["trend"][mine]
    integrator.light = fields["sunlight_front"][mine], fields["sunlight_back"][mine]
    balance.settle_walls()
    integrator.profile = None
    if len(snapshot.profile):
        integrator.profile = ProfileStepper(balance)
        integrator.profile.rows = snapshot.profile[:, mine]
