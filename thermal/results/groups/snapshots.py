"""A snapshot of the integrator as a group of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from thermal.heat.time.snapshot import NUMBERS, Snapshot
from thermal.results.groups.search import get_search, put_search
from thermal.results.layout.hdf import put, put_text
from thermal.results.layout.quantities import FIELDS, FieldInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    import h5py

_FIELDS: Final = {
    info.name: info
    for info in (
        FIELDS["temperature"],
        FIELDS["front_temperature"],
        FIELDS["back_temperature"],
        FieldInfo("enthalpy", "h", "enthalpy of the plain wall", "J m-2"),
        FieldInfo("front_flux", "q_f", "heat absorbed by the front face at the last stage", "W m-2"),
        FieldInfo("back_flux", "q_b", "heat absorbed by the back face at the last stage", "W m-2"),
        FieldInfo("net_flux", "f", "net heat into the plain wall at the last stage", "W m-2"),
        FieldInfo("sunlight_front", "", "direct sunlight on the front face at the last stage", "W m-2"),
        FieldInfo("sunlight_back", "", "direct sunlight on the back face at the last stage", "W m-2"),
        FieldInfo("trend", "", "change of the temperature over the last step", "K s-1"),
        FieldInfo("neighbours", "", "sum of the conductances to neighbours", "W K-1"),
    )
}
_PROFILE: Final = FieldInfo("profile", "", "modes of the profile through the walls, then their rates", "K")


def put_snapshot(group: h5py.Group, snapshot: Snapshot) -> None:
    """Write a snapshot into an empty group; its numbers become attributes."""
    group.attrs.update(snapshot.numbers)
    for name, values in snapshot.fields.items():
        put(group, _FIELDS[name], values)
    put(group, _PROFILE, snapshot.profile)
    _put_terms(group, "energy", "J", snapshot.energies_j)
    _put_terms(group, "power", "W", snapshot.powers_w)
    if snapshot.search is not None:
        put_search(group.create_group("search"), snapshot.search)


def get_snapshot(group: h5py.Group) -> Snapshot:
    """Read a snapshot from its group."""
    return Snapshot(
        numbers={name: group.attrs[name].item() for name in NUMBERS},
        energies_j=_get_terms(group, "energy"),
        powers_w=_get_terms(group, "power"),
        fields={name: np.asarray(group[name]) for name in _FIELDS},
        profile=np.asarray(group["profile"]),
        search=get_search(group["search"]) if "search" in group else None,
    )


def _put_terms(group: h5py.Group, name: str, unit: str, values: Mapping[str, float]) -> None:
    """Write values by term; their order is kept, for sums depend on it in the last bit."""
    put_text(group, FieldInfo(f"{name}_term", "", f"terms of {name}", "1"), values)
    put(group, FieldInfo(name, "", f"{name} of each term", unit), np.array(list(values.values()), "f8"))


def _get_terms(group: h5py.Group, name: str) -> dict[str, float]:
    return dict(zip(group[f"{name}_term"].asstr()[()].tolist(), group[name][()].tolist(), strict=True))
