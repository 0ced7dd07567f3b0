"""The generated reference is the code's own, as it stands now."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

KEPT = Path(__file__).parents[2] / "docs" / "reference"


def test_reference_is_up_to_date(tmp_path: Path) -> None:
    """Written anew in a process of its own, where no test has registered anything."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "accord.config.settings", "ACCORD_MODE": "test"}
    subprocess.run([sys.executable, "-m", "accord", "reference"], cwd=tmp_path, env=environment, check=True)
    written = {path.name: path.read_text() for path in (tmp_path / "docs" / "reference").iterdir()}
    kept = {path.name: path.read_text() for path in KEPT.iterdir()}
    assert written == kept, "run: accord reference"
