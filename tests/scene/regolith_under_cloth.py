"""An independent model of cloth on the ground: regolith columns, and cloth of two faces across a gap.

Cell-centred finite volumes in depth and backward Euler in time, in plain numpy; Hayne et al. 2017 for the
ground (doi 10.1002/2017JE005387). Nothing here is shared with the package but what Sun and Earth send.

Light: the cloth absorbs alpha S and lets tau S through to the ground, which reflects A of it to the cloth's
back; what the back reflects reaches the ground again, diffuse. Infrared: parallel grey plates. Of strips that
lie side by side, each kind of cloth sees ground of every kind by given shares. Cloth stores nothing.
"""

from itertools import pairwise

import numpy as np
from scipy.linalg import solve_banded

SIGMA = 5.670374419e-8
CP = (-3.6125, 2.7431, 2.3616e-3, -1.2340e-5, 8.9093e-9)


def specific_heat(T):
    return CP[0] + T * (CP[1] + T * (CP[2] + T * (CP[3] + T * CP[4])))


def albedo(normal, sine):
    theta = np.arccos(np.clip(sine, 0.0, 1.0))
    return normal + 0.06 * (theta / (np.pi / 4.0)) ** 3 + 0.25 * (theta / (np.pi / 2.0)) ** 8


def diffuse_albedo(normal):
    """Mean over the hemisphere, weighed by the cosine."""
    theta = (np.arange(20000) + 0.5) / 20000 * np.pi / 2.0
    return float(np.sum(albedo(normal, np.cos(theta)) * np.sin(2.0 * theta)) * np.pi / 2.0 / 20000)


class Ground:
    """A column of Hayne's regolith."""

    def __init__(self, first=2e-4, growth=1.08, bottom=1.5, scale_depth=0.07, emissivity=0.95):
        sizes = [first]
        while sum(sizes) < bottom:
            sizes.append(sizes[-1] * growth)
        self.d = np.array(sizes)
        self.z = np.cumsum(self.d) - 0.5 * self.d
        fade = np.exp(-self.z / scale_depth)
        self.rho = 1800.0 - 700.0 * fade
        self.kc = 3.4e-3 - (3.4e-3 - 7.4e-4) * fade
        self.emissivity, self.heat_flow = emissivity, 0.018

    def step(self, T, dt, surface):
        """One step; ``surface(T_s)`` gives the flux into the ground and its derivative. Returns T and T_s."""
        start, T = T, T.copy()
        top = T[0]
        for _ in range(60):
            k = self.kc * (1.0 + 2.7 * (T / 350.0) ** 3)
            between = 1.0 / (0.5 * (self.d[:-1] / k[:-1] + self.d[1:] / k[1:]))
            upper = 2.0 * k[0] / self.d[0]
            for _ in range(60):
                flux, slope = surface(top)
                change = (flux - upper * (top - T[0])) / (upper - slope)
                top = max(top + change, 0.5 * top)
                if abs(change) < 1e-9:
                    break
            flux, slope = surface(top)
            stored = self.rho * self.d * specific_heat(0.5 * (T + start)) / dt
            left = -stored * (T - start)
            left[0] += upper * (top - T[0])
            left[-1] += self.heat_flow
            flow = between * np.diff(T)
            left[:-1] += flow
            left[1:] -= flow
            band = np.zeros((3, len(T)))
            band[1] = stored
            band[1, :-1] += between
            band[1, 1:] += between
            band[1, 0] += upper * -slope / (upper - slope)
            band[0, 1:], band[2, :-1] = -between, -between
            change = solve_banded((1, 1), band, left)
            T = T + change
            if np.abs(change).max() < 1e-8:
                return T, top
        raise RuntimeError("the column did not settle")


class Cloth:
    """Cloth of two faces: ``resistance`` through it (m2 K/W), and contact with the ground (W/m2/K)."""

    def __init__(self, alpha, tau, emissivity, resistance=0.0, contact=0.0):
        self.alpha, self.tau, self.emissivity = alpha, tau, emissivity
        self.resistance, self.contact = resistance, contact
        self.front = self.back = 250.0

    def settle(self, front, back, plates, beside, share, ground):
        """Find both faces: the flux through the wall is what the front gains and what the back loses.

        ``front`` and ``back`` are absorbed; the back sees ground of its own kind by ``share``, and what the
        others send is ``beside``. Returns the derivative of the back's temperature by the ground's.
        """
        for _ in range(200):
            f, b, eps = self.front, self.back, self.emissivity
            gain = front - eps * SIGMA * f**4
            other = share * ground**4 + beside
            loss = -back + plates * SIGMA * (b**4 - other) + self.contact * (b - ground)
            residual = np.array([gain - loss, f - b - self.resistance * gain])
            df, db = -4.0 * eps * SIGMA * f**3, 4.0 * plates * SIGMA * b**3 + self.contact
            matrix = np.array([[df, -db], [1.0 - self.resistance * df, -1.0]])
            step = np.linalg.solve(matrix, -residual)
            self.front, self.back = max(f + step[0], 0.5 * f), max(b + step[1], 0.5 * b)
            if np.abs(step).max() < 1e-10:
                drawn = 4.0 * plates * SIGMA * share * ground**3 + self.contact
                return np.linalg.solve(matrix, [-drawn, 0.0])[1]
        raise RuntimeError("the cloth did not settle")

    @property
    def mean(self):
        return 0.5 * (self.front + self.back)


def open_ground(ground, T, times, sky, normal_albedo):
    """March open ground; ``sky(t)`` gives irradiance, sine of elevation and earthshine. Returns T."""
    eps = ground.emissivity
    for a, b in pairwise(times):
        irradiance, sine, _ = sky(b)
        absorbed = irradiance * max(sine, 0.0) * (1.0 - albedo(normal_albedo, sine))

        def surface(s, absorbed=absorbed):
            return absorbed - eps * SIGMA * s**4, -4.0 * eps * SIGMA * s**3

        T, _ = ground.step(T, b - a, surface)
    return T


def under_cloth(ground, T, times, sky, normal_albedo, cloths, shares=((1.0,),)):
    """March ground under one or several kinds of cloth, all from one start.

    Returns
    -------
    ndarray
        (steps, kinds, 4): mean, front and back of the cloth, and the ground below, K.

    """
    rows, diffuse = [], diffuse_albedo(normal_albedo)
    columns, surface_k = [T.copy() for _ in cloths], [T[0]] * len(cloths)
    for a, b in pairwise(times):
        irradiance, sine, (earth_light, earth_infrared) = sky(b)
        light, here = irradiance * max(sine, 0.0), albedo(normal_albedo, sine)
        for _ in range(1 if len(cloths) == 1 else 3):
            found = []
            for kind, cloth in enumerate(cloths):
                share = shares[kind][kind]
                mirror = 1.0 - cloth.alpha - cloth.tau
                through = cloth.tau * light
                up = through * here / (1.0 - diffuse * mirror)
                on_ground = (1.0 - here) * through + (1.0 - diffuse) * mirror * up
                plates = 1.0 / (1.0 / cloth.emissivity + 1.0 / ground.emissivity - 1.0)
                others = [k for k in range(len(cloths)) if k != kind]
                ground_beside = sum(shares[kind][k] * surface_k[k] ** 4 for k in others)
                cloth_beside = sum(shares[kind][k] * cloths[k].back ** 4 for k in others)
                front = cloth.alpha * (light + earth_light) + cloth.emissivity * earth_infrared

                def surface(
                    s, cloth=cloth, front=front, up=up, plates=plates, on_ground=on_ground, share=share,
                    above=cloth_beside, below=ground_beside,
                ):  # fmt: skip
                    by = cloth.settle(front, cloth.alpha * up, plates, below, share, s)
                    seen = share * cloth.back**4 + above
                    flux = on_ground + plates * SIGMA * (seen - s**4) + cloth.contact * (cloth.back - s)
                    slope = 4.0 * plates * SIGMA * (share * cloth.back**3 * by - s**3)
                    return flux, slope + cloth.contact * (by - 1.0)

                found.append(ground.step(columns[kind], b - a, surface))
                surface_k[kind] = found[-1][1]
        columns = [column for column, _ in found]
        rows.append([[c.mean, c.front, c.back, s] for c, s in zip(cloths, surface_k, strict=True)])
    return np.array(rows)


def strips(width, gap):
    """Shares of its own kind and of the other that strips of two kinds, taking turns, see across a gap."""

    def across(k):
        reach = [np.hypot(width * (k + i), gap) for i in (-1, 0, 1)]
        return (reach[0] + reach[2] - 2.0 * reach[1]) / (2.0 * width)

    own = across(0) + 2.0 * sum(across(k) for k in range(2, 60, 2))
    return (own, 1.0 - own), (1.0 - own, own)
