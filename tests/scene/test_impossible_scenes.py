"""Scenes that cannot be are refused with exit code 3 and the name of the part, by ``lunarflag run`` too."""

import subprocess
from pathlib import Path

import pytest

from thermal.case import load_case
from thermal.core.errors import CaseError

REFERENCE = Path(__file__).parents[2] / "cases" / "change5-reference.toml"


@pytest.mark.parametrize(
    ("overrides", "code", "part"),
    [
        ({"flag.position": '["0 m", "0 m", "-0.2 m"]'}, "below-ground", "flag"),
        ({"flag.tilt": "90 deg", "flag.roll": "180 deg", "flag.position": '["0 m", "0 m", "0.5 m"]'},
         "below-ground", "flag"),
        ({"tube.2.end": '["0 m", "1.2 m", "2.1 m"]'}, None, "tube"),
        ({"joint.0.between": '["arm1", "arm9"]'}, "unknown-part", "arm9"),
        ({"tube.2.start": '["0 m", "1.2 m", "2.5 m"]', "tube.2.end": '["0 m", "2.0 m", "2.5 m"]'},
         "do-not-touch", "arm3"),
        ({"tube.1.start": '["0 m", "-0.2 m", "2.1 m"]', "tube.1.end": '["0 m", "0.4 m", "2.1 m"]'},
         "wrong-order", "arm2"),
        ({"tube.1.diameter": "30 mm"}, "does-not-fit", "arm2"),
        ({"tube.0.wall": "16 mm"}, None, "wall"),
    ],
)  # fmt: skip
def test_an_impossible_scene_is_refused_by_name(overrides, code, part):
    with pytest.raises(CaseError) as caught:
        load_case(REFERENCE, overrides)
    assert caught.value.exit_code == 3
    assert code is None or code in {problem.code for problem in caught.value.problems}
    assert part in str(caught.value)


def test_run_gives_exit_code_3_and_one_line_for_each_problem(tmp_path):
    answer = subprocess.run(
        ["lunarflag", "run", str(REFERENCE), "-o", str(tmp_path / "out.h5"),
         "--set", "tube.0.wall=16 mm", "--set", 'flag.position=["0 m", "0 m", "-0.2 m"]'],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert answer.returncode == 3
    assert "Traceback" not in answer.stderr
    assert "flag" in answer.stderr
    assert "wall" in answer.stderr
    assert not (tmp_path / "out.h5").exists()
