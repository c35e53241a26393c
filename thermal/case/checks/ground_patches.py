"""Patches of the ground must be few enough, and cloth that touches the ground must lie on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft

_MOST: Final = 4000
"""Patches; each face of every vertex has a view factor to each."""


def check_ground_patches(draft: Draft) -> Iterator[Finding]:
    """Find a grid of patches that is too fine, and contact of cloth that is nowhere near the ground."""
    ground = draft.ground
    if ground is None:
        return
    count = math.ceil(ground.extent / ground.patch_size) ** 2
    if ground.shadow_patches and count > _MOST:
        message = f"{count} patches of the ground are too many: at most {_MOST} are possible"
        least = ground.extent / (math.isqrt(_MOST) - 1)
        remedy = f'write a patch_size of "{least:.2g} m" or more, or a smaller extent'
        yield Finding("too-many-patches", ("ground", "patch_size"), message, remedy)
    if ground.contact_conductance == 0.0:
        return
    where = ("ground", "contact_conductance")
    if not ground.shadow_patches:
        message = "the ground takes no heat from the cloth without patches of its own"
        yield Finding("no-ground-contact", where, message, "write shadow_patches = true")
    if draft.deployment is not None:
        message = "cloth that is stowed for a while does not lie on the ground"
        yield Finding("no-ground-contact", where, message, "drop contact_conductance, or [deployment]")
    if draft.flag is not None:
        highest = max(corner[2] for corner in draft.flag.corners) + draft.flag.depth
        if highest >= ground.low:
            message = (
                f"the flag reaches up to {highest * 1e3:.0f} mm: it lies on the ground where it stays "
                f"below {ground.low * 1e3:.0f} mm, half of patch_size"
            )
            yield Finding("no-ground-contact", where, message, "drop contact_conductance, or lower the flag")
