"""Questions about cases; the actor comes first, and what she may not know is not there."""

from accord.casework.cases.selectors.choices import colleagues_of, may_be_invited, present_in
from accord.casework.cases.selectors.circles import (
    circle_named,
    circles_of,
    circles_to_join,
    disclosures_in,
    laws_for,
)
from accord.casework.cases.selectors.conditions import NextStep, read_next_step
from accord.casework.cases.selectors.disclosures import (
    Sight,
    consent_of_sight,
    disclosures_of,
    sight_of,
    sights_by_institution,
)
from accord.casework.cases.selectors.news import MOST_NEWS, News, news_of
from accord.casework.cases.selectors.picture import Stretch, case_with_person, stretches_of
from accord.casework.cases.selectors.records import (
    documents_of,
    events_of,
    filed_document_for,
    files_of,
    note_for,
    notes_of,
    participants_of,
    step_for,
    steps_of,
)
from accord.casework.cases.selectors.shelves import (
    CaseRow,
    Shelf,
    case_for,
    cases_page,
    is_disclosed_to,
    person_of,
    persons_of,
)
from accord.casework.cases.selectors.worklist import CaseToDo, StepToDo, cases_on_worklist, steps_on_worklist

__all__ = [
    "MOST_NEWS",
    "CaseRow",
    "CaseToDo",
    "News",
    "NextStep",
    "Shelf",
    "Sight",
    "StepToDo",
    "Stretch",
    "case_for",
    "case_with_person",
    "cases_on_worklist",
    "cases_page",
    "circle_named",
    "circles_of",
    "circles_to_join",
    "colleagues_of",
    "consent_of_sight",
    "disclosures_in",
    "disclosures_of",
    "documents_of",
    "events_of",
    "filed_document_for",
    "files_of",
    "is_disclosed_to",
    "laws_for",
    "may_be_invited",
    "news_of",
    "note_for",
    "notes_of",
    "participants_of",
    "person_of",
    "persons_of",
    "present_in",
    "read_next_step",
    "sight_of",
    "sights_by_institution",
    "step_for",
    "steps_of",
    "steps_on_worklist",
    "stretches_of",
]
