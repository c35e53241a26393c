"""A mesh must not be larger than a run can hold."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from thermal.case.checks.counting import flag_lines, too_large, tube_lines
from thermal.case.reading.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from thermal.case.reading.draft import Draft


def check_meshes(draft: Draft) -> Iterator[Finding]:
    """Find a mesh that is too large, before any memory is taken."""
    if draft.mesh is None or draft.flag is None:
        return
    lines = [flag_lines(draft.flag, draft.joints.values(), draft.mesh)]
    lines += [tube_lines(tube, draft.mesh) for tube in draft.tubes.values()]
    message = too_large(sum(math.prod(part) for part in lines))
    if message:
        remedy = 'write larger sizes, e.g. --set mesh.size="20 mm" --set mesh.edge_size="0.5 mm"'
        yield Finding("mesh-too-large", ("mesh",), message, remedy)
