"""The official schemas, when the surroundings name their folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from accord.purchasing.invoices.rules.schemas import installed

FOLDER = Path(os.environ.get("ACCORD_SCHEMA_DIR") or "/nonexistent")
IS_HERE = ("request", "5.0") in installed(FOLDER)
needs_schemas = pytest.mark.skipif(
    not IS_HERE, reason="The official schemas are not here (ACCORD_SCHEMA_DIR), so they were not asked"
)
EXAMPLES = Path(__file__).parents[3] / "examples" / "invoices"
VALID = sorted((EXAMPLES / "valid").glob("*.xml"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.xml"))
