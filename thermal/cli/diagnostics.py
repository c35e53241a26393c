"""Look at the machine for ``lunarflag doctor``."""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from importlib import metadata, resources
from itertools import takewhile
from pathlib import Path
from typing import Final

from thermal.core.errors import ProblemError
from thermal.core.kernel_folder import kernel_folder

_LIBRARIES: Final = (
    ("pydantic", "check"),
    ("pint", "check"),
    ("numpy", "run"),
    ("scipy", "run"),
    ("numba", "run"),
    ("embreex", "run"),
    ("erfa", "run"),
    ("h5py", "run"),
    ("mpi4py", "run"),
    ("petsc4py", "run"),
    ("dolfinx", "run"),
    ("matplotlib", "report"),
    ("plotly", "report"),
    ("jinja2", "report"),
    ("rich", "run"),
    ("dask", "sweep"),
    ("SALib", "sweep"),
)
_DISTRIBUTIONS: Final = {"erfa": "pyerfa", "dolfinx": "fenics-dolfinx"}
_OLDEST: Final = {"dolfinx": "0.9"}
_SMALL: Final = {
    "mesh.size": "100 mm",
    "mesh.edge_size": "10 mm",
    "run.duration": "2 h",
    "output.every": "1 h",
}
"""What makes the template a case of a second."""
_THREADS: Final = ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Parameters
    ----------
    name, value
        What it is, and its version or what is wrong with it.
    works
        Whether it can be used.
    needed_by
        The verb that needs it; empty for mere information.

    """

    name: str
    value: str
    works: bool = True
    needed_by: str = ""


def examine() -> list[Finding]:
    """Look at Python, the libraries, MPI, the compiler, caches and threads."""
    findings = [Finding("python", f"{platform.python_version()} ({sys.executable})")]
    findings += [_library(name, needed_by) for name, needed_by in _LIBRARIES]
    findings += [*_petsc(), *_hdf5(), *_mpi(), _compiler(), *_caches()]
    threads = ", ".join(f"{name}={os.environ.get(name, 'unset')}" for name in _THREADS)
    findings.append(Finding("threads", f"{threads}; {len(os.sched_getaffinity(0))} cores"))
    return findings


def warm_up() -> Finding:
    """Run a small case once, so that everything is compiled that the first run would otherwise compile."""
    from thermal.case import load_case
    from thermal.core.kernels.store import remove_unused
    from thermal.simulation import simulate

    remove_unused()
    start = time.perf_counter()
    template = resources.files("thermal.case").joinpath("template.toml")
    try:
        with resources.as_file(template) as file:
            states = list(simulate(load_case(file, _SMALL)))
    except ProblemError as error:
        return Finding("warm", str(error), works=False, needed_by="run")
    seconds = time.perf_counter() - start
    return Finding("warm", f"a small case with {len(states)} states took {seconds:.1f} s; its code is cached")


def _library(name: str, needed_by: str) -> Finding:
    try:
        module = importlib.import_module(name)
    except (ImportError, OSError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        return Finding(name, reason, works=False, needed_by=needed_by)
    version = _version(name, module)
    oldest = _OLDEST.get(name)
    if oldest is not None and _numbers(version) < _numbers(oldest):
        return Finding(name, f"{version} is too old: {oldest} or later", works=False, needed_by=needed_by)
    return Finding(name, version, needed_by=needed_by)


def _numbers(version: str) -> tuple[int, ...]:
    """Return the leading numbers of a version: ``0.9.0.post1`` gives (0, 9, 0)."""
    return tuple(int(number) for number in takewhile(str.isdecimal, version.split(".")))


def _version(name: str, module: object) -> str:
    try:
        return metadata.version(_DISTRIBUTIONS.get(name, name))
    except metadata.PackageNotFoundError:
        return str(getattr(module, "__version__", "version unknown"))


def _petsc() -> list[Finding]:
    """Return the version, the scalar type and the integer size of PETSc."""
    if "petsc4py" not in sys.modules:
        return []
    try:
        from petsc4py import PETSc
    except (ImportError, RuntimeError) as error:
        return [Finding("PETSc", str(error), works=False, needed_by="run")]
    version = ".".join(str(number) for number in PETSc.Sys.getVersion())
    scalar = PETSc.ScalarType.__name__
    is_real = scalar == "float64"
    value = f"{version}, scalars {scalar}, indices {PETSc.IntType.__name__}"
    return [Finding("PETSc", value if is_real else f"{value}: a real build is needed", is_real, "run")]


def _hdf5() -> list[Finding]:
    h5py = sys.modules.get("h5py")
    if h5py is None:
        return []
    parallel = "parallel" if h5py.get_config().mpi else "serial"
    return [Finding("HDF5", f"{h5py.version.hdf5_version} of h5py, {parallel}", needed_by="run")]


def _mpi() -> list[Finding]:
    if "mpi4py" not in sys.modules:
        return []
    try:
        from mpi4py import MPI
    except (ImportError, RuntimeError) as error:
        return [Finding("MPI", str(error), works=False, needed_by="run")]
    library = MPI.Get_library_version().split(",")[0].split("\n")[0].strip("\0 ")
    launcher = shutil.which("mpirun") or "no mpirun on PATH"
    return [Finding("MPI", f"{library}; {launcher}", needed_by="run")]


def _compiler() -> Finding:
    """Return the C compiler that dolfinx's form compiler calls."""
    command = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    path = shutil.which(command) or shutil.which("cc")
    if path is None:
        return Finding("compiler", f"no {command}: forms that are not cached cannot be compiled", works=False)
    try:
        output = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=20, check=True)  # noqa: S603  (a compiler found on PATH)
    except (OSError, subprocess.SubprocessError) as error:
        return Finding("compiler", f"{path}: {error}", works=False)
    return Finding("compiler", f"{output.stdout.splitlines()[0]} ({path})")


def _caches() -> list[Finding]:
    """Return the folders in which compiled code is kept, and whether they can be written."""
    home = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folders = {"cache of forms": home / "fenics", "cache of kernels": kernel_folder()}
    return [_folder(name, path) for name, path in folders.items()]


def _folder(name: str, path: Path) -> Finding:
    existing = next(parent for parent in (path, *path.parents) if parent.exists())
    works = os.access(existing, os.W_OK)
    return Finding(name, str(path) if works else f"{path} cannot be written", works)
