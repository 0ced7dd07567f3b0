"""Questions about authorisations; the actor comes first."""

from accord.casework.consents.selectors.authorisations import (
    active_consent,
    consent_for,
    consents_of,
    draft_of,
    possible_recipients,
    programme_of,
)
from accord.casework.consents.selectors.grids import Cell, Grid, Row, grid_of, people_of
from accord.casework.consents.selectors.wording import BLANK, Reading, purpose_texts, read_aloud, texts_of

__all__ = [
    "BLANK",
    "Cell",
    "Grid",
    "Reading",
    "Row",
    "active_consent",
    "consent_for",
    "consents_of",
    "draft_of",
    "grid_of",
    "people_of",
    "possible_recipients",
    "programme_of",
    "purpose_texts",
    "read_aloud",
    "texts_of",
]
