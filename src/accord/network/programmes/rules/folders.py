"""Programme files of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from accord.network.programmes.rules.faults import Fault
from accord.network.programmes.rules.reading import read_programme
from accord.network.programmes.rules.shape import Programme

BUILT_IN = Path(__file__).resolve().parents[1] / "definitions"


@dataclass(frozen=True, slots=True)
class Definition:
    """A faultless programme file: its text, and the programme that it describes."""

    file: str
    text: str
    programme: Programme


def read_folders(folders: Iterable[Path]) -> tuple[list[Definition], list[Fault]]:
    """Every programme file of the folders, in order, and every fault in them."""
    definitions: list[Definition] = []
    faults: list[Fault] = []
    for folder in folders:
        if not folder.is_dir():
            what = "This folder of programme files does not exist."
            faults.append(Fault(str(folder), 0, what, "Create it, or correct ACCORD_PROGRAMMES_DIR."))
            continue
        for path in sorted(folder.glob("*.toml")):
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                faults.append(Fault(str(path), 0, f"The file cannot be read: {error}.", "Save it as UTF-8."))
                continue
            found = read_programme(text, file=str(path))
            if isinstance(found, Programme):
                definitions.append(Definition(str(path), text, found))
            else:
                faults.extend(found)
    return definitions, faults
