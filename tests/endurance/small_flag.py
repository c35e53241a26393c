"""A small flag that faces east: a case that runs in a second."""

from __future__ import annotations

import numpy as np

from thermal.case import load_case
from thermal.geometry.sheet import flat_sheet
from thermal.geometry.tube import tube

CASE = """
schema_version = 1
title = "A small flag that faces east"
[site]
latitude = "43.06 deg"
longitude = "-51.92 deg"
[sky]
model = "{sky}"
start = 2020-12-03T15:10:00Z
[run]
duration = "1 lunation"
[flag]
width = "300 mm"
height_of_cloth = "200 mm"
material = "{material}"
surface = "red_print"
position = ["0 m", "0 m", "1.2 m"]
azimuth = "90 deg"
[mesh]
size = "100 mm"
edge_size = "50 mm"
[output]
every = "24 h"
"""


def small_case(folder, material, sky="idealised", more=""):
    path = folder / "case.toml"
    path.write_text(CASE.format(sky=sky, material=material) + more, encoding="utf-8")
    return load_case(path)


def flag_on_its_arm():
    """Surfaces of the cloth, 9 vertices, and of an arm along its upper hem, 20 vertices."""
    return {
        "flag": flat_sheet("flag", np.array([0.0, 0.15, 0.3]), np.array([0.0, 0.1, 0.2])),
        "arm": tube("arm", [0.0, 0.0, 1.4], [0.0, 0.3, 1.4], 0.01, [0.0, 0.3], around=10),
    }
