"""Rainflow counting against the standard's example, the rainflow package and closed sums."""

from __future__ import annotations

import time

import numpy as np
import pytest
import rainflow as reference
from hypothesis import given, settings
from hypothesis import strategies as st

from thermal.core.constants import LUNATION, YEAR
from thermal.endurance.damage.fatigue import Basquin, TemperatureCoffinManson
from thermal.endurance.observe.cycle_rate import CycleRate
from thermal.endurance.observe.rainflow import Rainflow

ASTM_HISTORY = [-2.0, 1.0, -3.0, 5.0, -1.0, 3.0, -4.0, 4.0, -2.0]


def _fed(history, law=None, **options):
    counter = Rainflow(1, law, bin_width=1.0, bins=40, **options)
    for value in history:
        counter.observe([value])
    return counter


def _by_range(count):
    return {int(edge): float(n) for edge, n in zip(count.ranges, count.counts[0], strict=False) if n}


def test_the_example_of_astm_e1049():
    count = _fed(ASTM_HISTORY).count()
    assert _by_range(count) == {3: 0.5, 4: 1.5, 6: 0.5, 8: 1.0, 9: 0.5}
    assert count.counts.sum() == 4.0
    assert count.largest[0] == 9.0


def test_periodic_history_leaves_no_half_cycles_wherever_it_starts():
    cycle = ASTM_HISTORY[:-1]
    for start in range(len(cycle)):
        count = _fed(cycle[start:] + cycle[:start]).count(periodic=True)
        assert _by_range(count) == {3: 1.0, 4: 1.0, 7: 1.0, 9: 1.0}, start


def test_a_cycle_between_two_ranges_is_shared_and_keeps_its_size():
    for size in (12.0, 12.5, 14.99, 15.0):
        counted = _fed([0.0, size, 0.0]).count()
        assert counted.counts.sum() == pytest.approx(1.0)
        assert counted.counts[0] @ counted.ranges == pytest.approx(size)
        assert counted.largest[0] == size


@pytest.mark.parametrize("lunations", [0.999, 1.0, 1.25, 1.5, 2.0, 2.75])
def test_cycles_a_year_do_not_depend_on_where_in_a_lunation_a_run_ends(lunations):
    rate, step_s = CycleRate(1, gate=0.5), LUNATION / 400.0
    for number in range(round(400 * lunations)):
        day = 2.0 * np.pi * (number + 1) / 400.0
        rate.observe(step_s, [200.0 + 100.0 * np.sin(day)])
        if number == 150:
            again = CycleRate(1, gate=0.5)
            again.restore(rate.snapshot())
            rate = again
    counts, middles = rate.a_year()
    large = counts[0, middles > 150.0].sum()
    assert large == pytest.approx(YEAR / LUNATION, rel=1e-2)
    assert rate.count().largest[0] == pytest.approx(200.0, rel=1e-3)  # the day's, in steps of 1/400 of it


def test_the_largest_range_is_that_of_the_history_however_it_is_counted():
    """252.48 K lies between the ranges of 250 and 255 K that are counted."""
    counter = Rainflow(2, gate=0.5)
    for lunation in range(2):
        for value in (73.9, 324.4 + 0.1 * lunation, 80.0, 326.38, 73.9):
            counter.observe([value, 250.0])
    for periodic in (False, True):
        largest = counter.count(periodic=periodic).largest
        assert largest == pytest.approx([326.38 - 73.9, 0.0], abs=1e-9)


@given(st.lists(st.integers(-200, 200), min_size=2, max_size=60))
@settings(max_examples=80, deadline=None)
def test_agrees_with_the_rainflow_package(history):
    history = [300, -300, *history]  # the package counts nothing where fewer than three points turn
    expected = {}
    for size, _mean, number, _i, _j in reference.extract_cycles(history):
        if size:
            expected[int(size)] = expected.get(int(size), 0.0) + number
    counter = Rainflow(1, bin_width=1.0, bins=700, stack=64)
    for value in history:
        counter.observe([float(value)])
    assert _by_range(counter.count()) == pytest.approx(expected)
    assert counter.count().largest[0] == max(expected)
    assert counter.count(periodic=True).largest[0] == max(history) - min(history)


@given(st.lists(st.floats(-20.0, 20.0), min_size=1, max_size=60))
@settings(max_examples=80, deadline=None)
def test_the_gate_takes_nothing_from_the_largest_range(history):
    history = [*history, 30.0]
    assert _fed(history, gate=5.0).count().largest[0] == 30.0 - min(history)


def test_damage_is_the_sum_over_cycles_with_their_means():
    law = Basquin(1000.0, -0.1, mean="goodman", ultimate_pa=50.0)
    damage = _fed(ASTM_HISTORY, law.table()).count().damage[0]
    cycles = list(reference.extract_cycles(ASTM_HISTORY))
    expected = sum(number / law.cycles(size, mean) for size, mean, number, _i, _j in cycles)
    assert damage == pytest.approx(float(expected), rel=1e-9)


def test_a_full_stack_gives_up_its_oldest_range_and_says_so():
    history = [(-1.0) ** k * (30.0 - k) for k in range(20)]  # converging: nothing closes
    small = _fed(history, stack=6).count()
    assert small.overflow[0] == 14
    assert _by_range(small) == _by_range(_fed(history, stack=30).count())


def test_the_gate_keeps_noise_out():
    rng = np.random.default_rng(1)
    wave = 100.0 * np.sin(np.linspace(0.0, 20.0 * np.pi, 4001)) + rng.uniform(-0.05, 0.05, 4001)
    counter = _fed(wave, gate=0.2)
    assert counter.count().counts.sum() == pytest.approx(10.0, abs=0.51)


def test_ten_years_of_twenty_thousand_vertices_take_seconds():
    size, steps = 20_000, 300
    law = TemperatureCoffinManson(1e5, 250.0, 2.0)
    counter = Rainflow(size, law.table(), gate=0.1)
    phase = np.linspace(0.0, 1.0, size)
    values = [200.0 + 100.0 * np.sin(0.13 * step + phase) for step in range(steps)]
    counter.observe(values[0])
    start = time.process_time()
    for value in values[1:]:
        counter.observe(value)
    each = (time.process_time() - start) / (size * (steps - 1))
    assert each < 60e-9, f"{each * 1e9:.1f} ns a vertex and step"
