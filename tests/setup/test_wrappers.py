"""A command started through a wrapper is the same process as one started from any virtual environment."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

WAIT = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(41))
signal.signal(signal.SIGINT, lambda *_: sys.exit(42))
print(os.getpid(), flush=True)
time.sleep(30)
"""


def run(command, **options):
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=60, check=False, **options
    )


@pytest.mark.parametrize("code", [0, 1, 7, 255])
def test_exit_code_comes_back(outside, wrappers, code):
    assert run([*outside, wrappers / "python", "-c", f"import sys; sys.exit({code})"]).returncode == code


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 41), (signal.SIGINT, 42)])
def test_signal_reaches_the_program_which_keeps_its_number(outside, wrappers, number, code):
    command = [*outside, str(wrappers / "python"), "-c", WAIT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert int(process.stdout.readline()) == process.pid
        process.send_signal(number)
        assert process.wait(timeout=20) == code


def test_signal_that_is_not_handled_ends_the_program(outside, wrappers):
    command = [*outside, str(wrappers / "python"), "-c", "print(1, flush=True); import time; time.sleep(30)"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        process.terminate()
        assert process.wait(timeout=20) == -signal.SIGTERM


def test_folder_paths_and_input_are_the_same_inside(outside, wrappers, tmp_path):
    folder = tmp_path / "with a blank"
    folder.mkdir()
    (folder / "note.txt").write_text("here")
    script = "import os, sys; print(os.getcwd(), open('note.txt').read(), sys.stdin.read(), sys.argv[1])"
    done = run([*outside, wrappers / "python", "-c", script, "a 'quoted' word"], cwd=folder, input="in")
    assert done.stdout == f"{folder} here in a 'quoted' word\n"
    assert done.stderr == ""


def test_what_the_machine_tells_its_own_python_does_not_hold_inside(outside, wrappers):
    if not outside:
        pytest.skip("no Debian root here: the machine's own Python is in use")
    foreign = {"PYTHONPATH": "/nowhere", "PYTHONHOME": "/nowhere", "LD_LIBRARY_PATH": "/nowhere"}
    script = "import os; print([os.environ.get(n) for n in ('PYTHONPATH', 'PYTHONHOME', 'LD_LIBRARY_PATH')])"
    done = run([*outside, wrappers / "python", "-c", script], env={**os.environ, **foreign})
    assert done.stdout == "[None, None, None]\n"


def test_one_thread_unless_asked(outside, wrappers):
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    command = [*outside, wrappers / "inside", "printenv", "OMP_NUM_THREADS"]
    assert run(command, env=environment).stdout == "1\n"
    assert run(command, env={**environment, "OMP_NUM_THREADS": "2"}).stdout == "2\n"


def test_project_is_there_from_any_folder(outside, wrappers):
    done = run([*outside, wrappers / "lunarflag", "--version"], cwd="/")
    assert done.returncode == 0, done.stderr
    assert "0." in done.stdout


def test_name_lookup_and_certificates_are_the_machine_s(outside, wrappers):
    for name in ("resolv.conf", "passwd", "hosts"):
        shown = run([*outside, wrappers / "inside", "cat", f"/etc/{name}"]).stdout
        assert shown == Path("/etc", name).read_text()


def test_nothing_can_be_written_into_what_clones_share(outside, wrappers):
    if not outside:
        pytest.skip("no Debian root here: the machine's own Python is in use")
    done = run([*outside, wrappers / "inside", "touch", "/usr/share/doc/a-note"])
    assert done.returncode != 0
    assert "Read-only" in done.stderr or "Permission" in done.stderr


def test_entering_takes_little_time(outside, wrappers):
    command = [*outside, wrappers / "inside", "true"]
    run(command)
    start = time.perf_counter()
    run(command)
    assert time.perf_counter() - start < 1.0


@pytest.mark.mpi
def test_two_processes_of_mpirun_find_each_other(outside, wrappers):
    script = "from mpi4py import MPI; print(MPI.COMM_WORLD.allreduce(MPI.COMM_WORLD.rank + 1))"
    done = run([*outside, wrappers / "mpirun", "-n", "2", wrappers / "python", "-c", script])
    assert sorted(done.stdout.replace("\n", "")) == ["3", "3"], done.stderr
