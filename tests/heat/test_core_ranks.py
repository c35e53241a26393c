"""Vertices are shared out whole lines and whole arms at a time."""

import numpy as np
import pytest

from thermal import Face, Law, Part, flat_sheet
from thermal.heat.network.partition import line_grid, share_out


def wall(surface):
    law = Law.constant(1.0)
    return Part(surface, law, (law, law), Face(0.5, 0.5), Face(0.5, 0.5))


@pytest.fixture
def parts():
    cloth = flat_sheet("cloth", np.linspace(0.0, 2.0, 61), np.linspace(0.0, 0.9, 31))
    return [wall(cloth), wall(flat_sheet("small", np.linspace(0.0, 0.1, 3), np.linspace(0.0, 0.1, 9)))]


@pytest.mark.parametrize("ranks", [1, 2, 3, 7])
def test_every_rank_gets_its_share_of_whole_lines(parts, ranks):
    owner = share_out(parts, ranks)
    counts = np.bincount(owner, minlength=ranks)
    assert counts.sum() == 61 * 31 + 27
    assert counts.min() > 0.8 * len(owner) / ranks
    assert counts.max() < 1.2 * len(owner) / ranks
    lines = owner[: 61 * 31][line_grid(parts[0].surface)]
    assert (lines == lines[:1]).all()


def test_more_ranks_than_lines_leave_some_without_work():
    owner = share_out([wall(flat_sheet("cloth", np.linspace(0, 1, 3), np.linspace(0, 1, 4)))], 50)
    assert owner.min() >= 0
    assert owner.max() < 50


def test_lines_run_along_the_finer_direction():
    surface = flat_sheet("cloth", np.linspace(0.0, 2.0, 21), np.geomspace(0.01, 0.9, 11) - 0.01)
    along = surface.uv[line_grid(surface)[:, 4]]
    assert np.ptp(along[:, 0]) == 0.0
    assert (np.diff(along[:, 1]) > 0.0).all()
