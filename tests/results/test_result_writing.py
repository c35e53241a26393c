"""Where results may go, and what is left when writing is cut short."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import h5py
import numpy as np
import pytest
from cooling_run import Cooling, write_cooling

from thermal.core.errors import CaseError
from thermal.results import Probe, StepLog, check_output, open_result, partial_path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def code_of(path, **options):
    with pytest.raises(CaseError) as caught:
        check_output(path, **options)
    (problem,) = caught.value.problems
    return problem.code


def test_output_paths(tmp_path):
    check_output(tmp_path / "new.h5")
    assert code_of(tmp_path) == "cannot-write"
    assert code_of(tmp_path / "none" / "run.h5") == "cannot-write"
    old = tmp_path / "old.h5"
    old.write_text("something dear")
    assert code_of(old) == "exists"
    check_output(old, force=True)
    assert code_of(old, force=True, kept={old: "the case file"}) == "cannot-write"
    assert code_of(old / "below.h5") == "cannot-write"
    partial_path(tmp_path / "half.h5").write_text("")
    assert code_of(tmp_path / "half.h5") == "exists"
    assert old.read_text() == "something dear"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    assert code_of(tmp_path / "run.h5") == "cannot-write"


def test_partial_until_complete(tmp_path, cooling):
    path = tmp_path / "run.h5"
    write_cooling(path, cooling, outputs=2)
    assert path.exists()
    assert not partial_path(path).exists()
    with h5py.File(path, "r") as file:
        assert path.stat().st_size == file.id.get_filesize()
    assert path.stat().st_size < 1_000_000


def test_failed_run_keeps_its_outputs(tmp_path, cooling):
    path = tmp_path / "run.h5"
    states = cooling.states

    def failing(*arguments):
        for number, state in enumerate(states(*arguments)):
            if number == 3:
                raise ValueError("the solver gave up")
            yield state

    cooling.states = failing
    with pytest.raises(ValueError, match="gave up"):
        write_cooling(path, cooling, outputs=5)
    assert not path.exists()
    with open_result(partial_path(path)) as result:
        assert not result.complete
        assert len(result.time) == 3
        assert len(result["steps/time"]) == 12


def test_run_without_outputs_leaves_nothing(tmp_path, cooling):
    cooling.states = lambda *_: iter(())
    path = tmp_path / "run.h5"
    write_failing = pytest.raises(ValueError, match="before the first")

    def failing(*_):
        raise ValueError("before the first output")
        yield

    cooling.states = failing
    with write_failing:
        write_cooling(path, cooling)
    assert list(tmp_path.iterdir()) == []


def test_probe_off_its_part(cooling):
    with pytest.raises(CaseError, match=r"it reaches from \(0 m, 0 m\) to \(2 m, 0.9 m\)"):
        StepLog(cooling.parts, [Probe("p", "flag", (2.1, 0.1))])
    with pytest.raises(CaseError, match="take one of flag, arm"):
        StepLog(cooling.parts, [Probe("p", "pole", (0.0, 0.0))])


def child(program, folder, *, wait=True):
    lines = ["import sys", f"sys.path[:0] = [{str(HERE)!r}, {str(ROOT)!r}]", textwrap.dedent(program)]
    process = subprocess.Popen(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return (process, *process.communicate(timeout=60)) if wait else process


def test_killed_run_can_be_read(tmp_path):
    program = """
        import time
        from pathlib import Path
        from cooling_run import Cooling, write_cooling
        cooling = Cooling()
        states = cooling.states
        def slow(*arguments):
            for number, state in enumerate(states(*arguments)):
                if number == 4:
                    print("four are written", flush=True)
                    time.sleep(60)
                yield state
        cooling.states = slow
        write_cooling(Path("run.h5"), cooling)
    """
    process = child(program, tmp_path, wait=False)
    assert process.stdout.readline() == "four are written\n"
    with pytest.raises(CaseError, match="HDF5_USE_FILE_LOCKING"):
        open_result(tmp_path / "run.h5.partial")
    with pytest.raises(CaseError, match="another run is writing to this file"):
        write_cooling(tmp_path / "run.h5", Cooling())
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    process.stderr.close()
    with open_result(tmp_path / "run.h5.partial") as result:
        assert len(result.time) == 4
        assert not result.complete


def test_full_disk_is_one_sentence(tmp_path):
    """A limit on the size of files stops the writer as a full disk does."""
    program = """
        import resource
        from pathlib import Path
        from cooling_run import Cooling, write_cooling
        from thermal.core.errors import ProblemError
        cooling = Cooling(80, 40)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
        try:
            write_cooling(Path("run.h5"), cooling, outputs=400)
        except ProblemError as error:
            print(error.exit_code, error)
    """
    process, out, err = child(program, tmp_path)
    assert process.returncode == 0, err
    assert out.startswith(
        "6 run.h5: the result cannot be written (the file would be larger than is allowed);"
    )
    assert out.count("\n") == 1
    assert "Traceback" not in err
    assert not (tmp_path / "run.h5").exists()
    with open_result(tmp_path / "run.h5.partial") as result:
        assert f"holds the {len(result.time)} outputs" in out
        assert np.isfinite(result.temperature(output=-1)).all()


def test_disk_full_from_the_start_leaves_nothing(tmp_path):
    program = """
        import resource
        from pathlib import Path
        from cooling_run import Cooling, write_cooling
        from thermal.core.errors import ProblemError
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        try:
            write_cooling(Path("run.h5"), Cooling())
        except ProblemError as error:
            print(error.problems[0].code)
    """
    process, out, err = child(program, tmp_path)
    assert (process.returncode, out) == (0, "disk-full\n"), err
    assert list(tmp_path.iterdir()) == []
