"""A small flag that faces east: a case that runs in a second."""

from __future__ import annotations

from thermal.case import load_case

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
