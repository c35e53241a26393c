"""Let a virtual environment see every package folder that this Python sees.

`python -m venv --system-site-packages` passes on the folders of the base installation alone, not those of a
virtual environment or of PYTHONPATH, by which a container image may bring dolfinx.
"""

import sys
from pathlib import Path

PACKAGE_FOLDERS = {"site-packages", "dist-packages"}


def link_paths(venv: Path) -> None:
    """Write the package folders of this Python into a `.pth` file of the virtual environment `venv`."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    folders = [folder for folder in sys.path if Path(folder).name in PACKAGE_FOLDERS]
    target = venv / "lib" / version / "site-packages" / "lunarflag-packages.pth"
    target.write_text("".join(f"{folder}\n" for folder in folders), encoding="utf-8")


if __name__ == "__main__":
    link_paths(Path(sys.argv[1]))
