"""A programme as small as one can be, which an operator writes without touching code: the guide's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.network.programmes.selectors import forget_read_programmes

GUIDE = Path(__file__).parents[3] / "docs" / "how-to" / "write-a-programme.md"
TINY = GUIDE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]


@pytest.fixture
def tiny() -> str:
    """The text of the small programme."""
    return TINY


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """An operator's folder with his programme in it."""
    (tmp_path / "petit-cercle.toml").write_text(TINY, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """No programme is remembered from another test."""
    forget_read_programmes()
