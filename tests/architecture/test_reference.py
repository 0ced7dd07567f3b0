"""The generated reference is the code's own, as it stands now."""

from pathlib import Path

import pytest

from accord.cli.reference import pages

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", sorted(pages()))
def test_reference_is_up_to_date(name):
    assert (FOLDER / name).read_text() == pages()[name], "run: accord reference"
