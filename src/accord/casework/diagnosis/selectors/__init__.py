"""Questions about the joint diagnosis, as far as the actor may read it."""

from accord.casework.diagnosis.selectors.finding import difference_for, draft_of, section_for, versions_of
from accord.casework.diagnosis.selectors.whole import (
    Diagnosis,
    DifferenceView,
    SectionView,
    VersionView,
    diagnosis_of,
)

__all__ = [
    "Diagnosis",
    "DifferenceView",
    "SectionView",
    "VersionView",
    "diagnosis_of",
    "difference_for",
    "draft_of",
    "section_for",
    "versions_of",
]
