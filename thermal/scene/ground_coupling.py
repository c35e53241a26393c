"""Ground below cloth that lies on it: what the two exchange, both being solved for.

Between a face v of a vertex and a patch c, with W = A_v F_vc, rho = 1 - eps, phi_c the share of the patch's
view that bodies fill and psi_v the share of the face's view that such patches fill,

    G_vc = W eps_v eps_c / (1 - rho_v rho_c phi_c psi_v),

which is the exchange of parallel plates where the gap is small. What the other reflects comes back to where
it was sent from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.sparse import coo_array, csr_array

from thermal.heat.model.conductor import Conductors
from thermal.heat.model.face_exchange import FaceExchange
from thermal.scene.ground_part import GroundPart, ground_part
from thermal.scene.ground_shadow import GroundScene, column_at_start
from thermal.scene.ground_tiles import GroundTiles
from thermal.scene.sheet_points import SheetPoints, points_on_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from thermal.case.tables.root import Case
    from thermal.heat.model.part import Part
    from thermal.radiation.view_factors.views import Views
    from thermal.sky import Environment

COVERED: Final = 0.5
"""Share of its view that cloth and tubes fill from which on a patch is solved for with them."""
FAINT: Final = 2e-3
"""View factor below which a patch is left to the others of the same face."""


@dataclass(frozen=True)
class GroundCoupling:
    """Patches that are part of the heat model, P in number, under n vertices of walls.

    Parameters
    ----------
    chosen
        (P,) their numbers among all patches of the ground.
    ground, tiles
        Their columns, and what a run shows of them.
    start
        (depths,) temperatures that all columns start from, K.
    front, back
        (n, P) view factors of the faces of walls to them.
    seen_front, seen_back
        (P, n) view factors of the patches to the faces of walls.
    reflectance
        (2, n) of sunlight, of front and back faces.
    bodies
        (P, bodies) view factors of the patches to those of boxes, by the names of all bodies' patches.
    sky
        (P,) view factors to the sky.
    exchange
        Infrared between walls and patches.
    contact
        Heat that passes where they touch.

    """

    chosen: NDArray[np.int64]
    ground: GroundPart
    tiles: GroundTiles
    start: NDArray[np.float64]
    front: csr_array
    back: csr_array
    seen_front: csr_array
    seen_back: csr_array
    reflectance: NDArray[np.float64]
    bodies: NDArray[np.float64]
    sky: NDArray[np.float64]
    exchange: tuple[FaceExchange, ...]
    contact: tuple[Conductors, ...]


def couple_ground(
    case: Case, environment: Environment, below: GroundScene, before: int
) -> tuple[GroundCoupling | None, Views]:
    """Find the patches that are part of the model.

    Parameters
    ----------
    case
        How well cloth and ground touch, and what the ground is like.
    environment
        The ground at the start.
    below
        Patches and what stands above them.
    before
        Number of vertices of the model before those of the ground.

    Returns
    -------
    tuple
        What they exchange, or None where cloth is nowhere near the ground; and what faces see of the ground
        besides them.

    """
    views, walls = below.views, below.scene.walls
    if case.deployment is not None:
        return None, views
    boxes = {box.name for box in below.scene.boxes}
    from_boxes = np.array([name.split("#")[0] in boxes for name in below.bodies.names])
    covered = below.seen[:, ~from_boxes].sum(axis=1)
    likely = np.flatnonzero(covered > COVERED)
    if not len(likely):
        return None, views
    cloth = points_on_sheet(walls[0].surface)
    weights, height = _weights(below, cloth, likely)
    near = height < case.ground.low
    if not near.any():
        return None, views
    chosen, weights = likely[near], [side[:, near] for side in weights]
    areas = below.patches.areas()[chosen]
    bodies = np.where(from_boxes, below.seen[chosen], 0.0)
    weights = _closed(weights, views, walls, areas * (1.0 - bodies.sum(axis=1)))
    own = np.concatenate([wall.surface.area for wall in walls])
    front, back = (csr_array(side.multiply(1.0 / own[:, None])) for side in weights)
    seen = [csr_array(side.T.multiply(1.0 / areas[:, None])) for side in weights]
    column, start = column_at_start(case, environment)
    corners = below.patches.corners()[chosen]
    ground = ground_part(column.regolith, corners.mean(axis=1), areas, environment.emissivity)
    coupling = GroundCoupling(
        chosen=chosen,
        ground=ground,
        tiles=GroundTiles.of(corners, ground.surface),
        start=np.interp(ground.depth, column.depth, start),
        front=front,
        back=back,
        seen_front=seen[0],
        seen_back=seen[1],
        reflectance=np.stack([_reflectance(walls, face) for face in ("front", "back")]),
        bodies=bodies,
        sky=np.maximum(1.0 - bodies.sum(axis=1) - sum(np.asarray(side.sum(axis=1)) for side in seen), 0.0),
        exchange=_exchange(weights, walls, areas, environment.emissivity, before + ground.surface),
        contact=_contact(case, walls[0], cloth, below, chosen, before + ground.surface),
    )
    return coupling, _besides(views, coupling)


def _weights(
    below: GroundScene, cloth: SheetPoints, likely: NDArray[np.int64]
) -> tuple[list[csr_array], NDArray[np.float64]]:
    """Area times view factor of faces of walls (n, likely), m2, front and back; height over each patch, m."""
    walls = below.scene.walls
    count = sum(len(wall.surface.points) for wall in walls)
    rest = np.arange(len(walls[0].surface.points), count)
    area = np.concatenate([wall.surface.area * wall.exposed for wall in walls])
    z = np.concatenate([ray.points[:, 2] for ray in below.scene.rays])
    sides, lifted, whole = [], np.zeros(len(likely)), np.zeros(len(likely))
    for sign, views in ((1.0, below.views.front_patches), (-1.0, below.views.back_patches)):
        factors = cloth.factors(below.patches, sign, likely)
        shares = cloth.to_vertices(factors * cloth.area[:, None], count)
        tubes = np.maximum(views[np.ix_(rest, likely)], 0.0) * area[rest, None]
        at, patch = np.nonzero(tubes)
        shares = csr_array(shares + coo_array((tubes[at, patch], (rest[at], patch)), shares.shape))
        sides.append(shares)
        lifted += (factors * (cloth.area * cloth.points[:, 2])[:, None]).sum(axis=0) + tubes.T @ z[rest]
        whole += np.asarray(shares.sum(axis=0))
    return sides, np.divide(lifted, whole, out=np.full(len(likely), np.inf), where=whole > 0.0)


def _closed(
    weights: Sequence[csr_array],
    views: Views,
    walls: Sequence[Part],
    most: NDArray[np.float64],
) -> list[csr_array]:
    """Leave out what is faint; no face sees more ground than there is, no patch more than ``most`` m2."""
    area = np.concatenate([wall.surface.area * wall.exposed for wall in walls])
    sides = []
    for side, ground in zip(weights, (views.front_ground, views.back_ground), strict=True):
        entries = coo_array(side)
        row, column, value = entries.row, entries.col, entries.data
        seen = np.asarray(side.sum(axis=1))
        kept = value > FAINT * area[row]
        row, column, value = row[kept], column[kept], value[kept]
        left = np.zeros(len(seen))
        np.add.at(left, row, value)
        wanted = np.minimum(seen, ground * area)
        scale = np.divide(wanted, left, out=np.zeros_like(left), where=left > 0.0)
        sides.append(coo_array((value * scale[row], (row, column)), side.shape))
    covered = sum(np.asarray(side.sum(axis=0)) for side in sides)
    scale = np.minimum(1.0, np.divide(most, covered, out=np.ones_like(covered), where=covered > 0.0))
    return [csr_array((side.data * scale[side.col], (side.row, side.col)), side.shape) for side in sides]


def _exchange(
    weights: Sequence[csr_array],
    walls: Sequence[Part],
    areas: NDArray[np.float64],
    emissivity: float,
    patch_vertex: NDArray[np.int64],
) -> tuple[FaceExchange, ...]:
    """Grey exchange of faces and patches, there and back, and what each gets back of its own."""
    own = np.concatenate([wall.surface.area * wall.exposed for wall in walls])
    covered = sum(np.asarray(side.sum(axis=0)) for side in weights) / areas
    vertex, patch, back, there, home_wall, home_patch = [], [], [], [], [], []
    for face, side in zip(("front", "back"), weights, strict=True):
        entries = coo_array(side)
        v, c, w = entries.row.astype(np.int64), entries.col, entries.data
        eps = np.concatenate(
            [np.broadcast_to(getattr(wall, face).emissivity, len(wall.surface.points)) for wall in walls]
        )[v]
        seen = np.bincount(v, w, len(own))[v] / np.maximum(own[v], 1e-300)
        series = w / (1.0 - (1.0 - eps) * (1.0 - emissivity) * covered[c] * seen)
        vertex.append(v)
        patch.append(c)
        back.append(np.full(len(v), face == "back"))
        there.append(series * eps * emissivity)
        home_wall.append(series * eps**2 * (1.0 - emissivity) * covered[c])
        home_patch.append(series * emissivity**2 * (1.0 - eps) * seen)
    v, c, is_back, g, home, returned = (
        np.concatenate(each) for each in (vertex, patch, back, there, home_wall, home_patch)
    )
    returned = np.bincount(c, returned, len(areas))
    front = np.zeros(len(v), bool)
    alone = np.zeros(len(areas), bool)
    return (
        FaceExchange(
            "infrared of the ground below",
            np.concatenate([v, v]),
            np.concatenate([is_back, is_back]),
            np.concatenate([patch_vertex[c], v]),
            np.concatenate([front, is_back]),
            np.concatenate([g, home]),
        ),
        FaceExchange(
            "infrared of bodies on the ground",
            np.concatenate([patch_vertex[c], patch_vertex]),
            np.concatenate([front, alone]),
            np.concatenate([v, patch_vertex]),
            np.concatenate([is_back, alone]),
            np.concatenate([g, returned]),
        ),
    )


def _contact(
    case: Case,
    flag: Part,
    cloth: SheetPoints,
    below: GroundScene,
    chosen: NDArray[np.int64],
    patch_vertex: NDArray[np.int64],
) -> tuple[Conductors, ...]:
    """Contact of the cloth with the patches below it, in series with half of its wall."""
    conductance = case.ground.contact_conductance
    if conductance == 0.0:
        return ()
    number = np.full(below.patches.count, -1, np.int64)
    number[chosen] = np.arange(len(chosen))
    patch = below.patches.under(cloth.points)
    patch = np.where(patch >= 0, number[patch], -1)
    on = np.flatnonzero(patch >= 0)
    shares = coo_array(cloth.to_vertices(
        csr_array((cloth.area[on], (on, patch[on])), (len(patch), len(chosen))), len(flag.surface.points)
    ))  # fmt: skip
    series = 1.0 / (1.0 / conductance + 0.5 * flag.through_resistance[shares.row])
    vertex = shares.row.astype(np.int64)
    return (Conductors("contact with the ground", vertex, patch_vertex[shares.col], series * shares.data),)


def _reflectance(walls: Sequence[Part], face: str) -> NDArray[np.float64]:
    """Share of sunlight that a face of every vertex sends back, (n,)."""
    each = []
    for wall in walls:
        optics = getattr(wall, face)
        sent_back = 1.0 - np.asarray(optics.absorptance) - np.asarray(optics.transmittance)
        each.append(np.broadcast_to(np.clip(sent_back, 0.0, 1.0), len(wall.surface.points)))
    return np.concatenate(each)


def _besides(views: Views, coupling: GroundCoupling) -> Views:
    """Take the patches that are part of the model out of what faces see of the ground otherwise."""
    front, back = views.front_patches.copy(), views.back_patches.copy()
    front[:, coupling.chosen] = 0.0
    back[:, coupling.chosen] = 0.0
    return replace(
        views,
        front_ground=np.maximum(views.front_ground - np.asarray(coupling.front.sum(axis=1)), 0.0),
        back_ground=np.maximum(views.back_ground - np.asarray(coupling.back.sum(axis=1)), 0.0),
        front_patches=front,
        back_patches=back,
    )
