"""Memory does not grow with the length of a run."""

from pathlib import Path

import pytest

from thermal.case import load_case
from thermal.core.constants import LUNATION
from thermal.run.record import record

CASE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"
PAGE_MB = 4096 / 1e6


class Memory:
    """Observer that notes the resident memory in MB at the end of each lunation."""

    def __init__(self):
        self.after = []

    def observe(self, step):
        if step.time_s >= (len(self.after) + 1) * LUNATION - 1.0:
            self.after.append(int(Path("/proc/self/statm").read_text("ascii").split()[1]) * PAGE_MB)


def memory(path, lunations, **settings):
    words = {"run.duration": f"{lunations} lunation", "output.every": "1 day"}
    watch = Memory()
    case = load_case(CASE, words | {key.replace("__", "."): value for key, value in settings.items()})
    record(case, path, progress=lambda *_: watch)
    assert len(watch.after) == lunations
    return watch.after


def test_a_coarse_run_needs_no_more_after_four_lunations_than_after_two(tmp_path):
    after = memory(tmp_path / "run.h5", 4, mesh__size="450 mm", mesh__edge_size="150 mm", mesh__around="8")
    assert after[3] - after[1] < 4.0


@pytest.mark.slow
def test_a_run_at_100_mm_needs_no_more_after_twelve_lunations_than_after_two(tmp_path):
    after = memory(tmp_path / "run.h5", 12, mesh__size="100 mm", mesh__edge_size="20 mm")
    assert after[11] - after[1] < 12.0
