"""Which program, on which libraries, made a result."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Final

_LIBRARIES: Final = (
    "numpy",
    "scipy",
    "h5py",
    "pyerfa",
    "numba",
    "pydantic",
    "pint",
    "embreex",
    "petsc4py",
    "fenics-dolfinx",
)


def code_version() -> str:
    """Version of the distribution, or ``unknown`` where it is not installed."""
    return _version("lunarflag") or "unknown"


def provenance() -> dict[str, str]:
    """Collect versions, commit, machine and time.

    Returns
    -------
    dict
        Names and texts, the attributes of the file's root.

    """
    found = {
        "code_version": code_version(),
        "code_commit": commit(),
        "python": platform.python_version(),
        "platform": platform.platform(terse=True),
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    for name in _LIBRARIES:
        version = _version(name) or _loaded_version(name)
        if version:
            found[f"version_{name.removeprefix('fenics-').replace('-', '_')}"] = version
    return found


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _loaded_version(name: str) -> str:
    """Ask a module itself: Debian's dolfinx and petsc4py come without metadata."""
    module = sys.modules.get(name.removeprefix("fenics-"))
    return str(getattr(module, "__version__", ""))


def commit() -> str:
    """Commit of the checkout this code runs from, with ``-dirty`` when files differ; empty outside of one."""
    git, folder = shutil.which("git"), Path(__file__).resolve().parents[3]
    if git is None or not (folder / ".git").exists():
        return ""
    answer = subprocess.run(  # noqa: S603  (git found on PATH, fixed arguments)
        [git, "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=12"],
        capture_output=True,
        text=True,
        check=False,
        timeout=10,
    )
    return answer.stdout.strip() if answer.returncode == 0 else ""
