"""Print the Python packages that pyproject.toml asks for to build, run and develop, one a line, sorted."""

import sys
import tomllib
from pathlib import Path


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


if __name__ == "__main__":
    sys.stdout.write("\n".join(requirements(Path(sys.argv[1]))) + "\n")
