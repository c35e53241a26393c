"""Print the Python packages that pyproject.toml asks for to build, run and develop, one a line, sorted.

With ``--of-base`` print instead, with its version, what comes with the Python that has dolfinx and must stay
as it is there: dolfinx, MPI and HDF5 are built against it.
"""

import sys
import tomllib
from importlib import metadata
from pathlib import Path

OF_BASE = ("h5py", "mpi4py", "numpy", "petsc4py", "scipy")


def requirements(pyproject: Path) -> list[str]:
    """Return the requirements of the build, of the project and of its `dev` extra.

    Parameters
    ----------
    pyproject
        The file to read.

    Returns
    -------
    list of str
        Requirement lines as pip takes them, sorted, each once.

    """
    table = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    project = table["project"]
    return sorted(
        {
            *table["build-system"]["requires"],
            *project["dependencies"],
            *project["optional-dependencies"]["dev"],
        }
    )


def of_base() -> list[str]:
    """Return requirements that hold what this Python has of :data:`OF_BASE`, for its version of Python."""
    found = {distribution.name.lower(): distribution.version for distribution in metadata.distributions()}
    here = f"python_version == '{sys.version_info.major}.{sys.version_info.minor}'"
    return [f"{name}=={found[name]} ; {here}" for name in OF_BASE if name in found]


if __name__ == "__main__":
    lines = of_base() if sys.argv[1] == "--of-base" else requirements(Path(sys.argv[1]))
    sys.stdout.write("\n".join(lines) + "\n")
