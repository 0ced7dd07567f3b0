"""What changed between two versions, how a part moves, and what each part holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.diagnosis.enums import ABOUT, CATEGORY_OF, PROMPTS, Part, SectionState
from accord.casework.diagnosis.rules import ADDED, REMOVED, SAME, Texts, changes
from accord.casework.diagnosis.states import SECTION


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ("", "", []),
        ("", "Un stage.", [(ADDED, "Un stage.")]),
        ("Un stage.", "", [(REMOVED, "Un stage.")]),
        ("Un stage.", "Un stage.", [(SAME, "Un stage.")]),
        (
            "Un stage court à Sion.",
            "Un stage long à Sion.",
            [(SAME, "Un stage "), (REMOVED, "court "), (ADDED, "long "), (SAME, "à Sion.")],
        ),
    ],
)
def test_changes_are_told_word_by_word(before, after, seen):
    assert changes(before, after) == seen


text = st.lists(st.sampled_from(["un", "stage", "court", "long", "\n", "  ", "à", "Sion."]), max_size=20).map(
    " ".join
)


@given(text, text)
def test_both_versions_can_be_read_from_the_changes(before, after):
    found = changes(before, after)
    assert "".join(words for kind, words in found if kind != REMOVED) == after
    old = "".join(words for kind, words in found if kind != ADDED)
    assert old.split() == before.split()


@pytest.mark.parametrize(
    ("current", "wanted", "may"),
    [
        ("open", "draft", True),
        ("open", "signed", False),
        ("draft", "signed", True),
        ("draft", "open", True),
        ("signed", "draft", True),
        ("signed", "open", True),
        ("signed", "signed", False),
        ("draft", "draft", False),
    ],
)
def test_how_a_part_moves(current, wanted, may):
    assert SECTION.may(current, wanted) is may


def test_the_table_knows_every_state_and_none_ends_it():
    assert set(SECTION.allowed) == set(SectionState.values)
    assert not SECTION.final_states()


def test_each_part_has_one_kind_of_data_and_a_line_that_says_what_belongs_there():
    assert set(CATEGORY_OF) == set(ABOUT) == set(Part)
    assert all(int(category).bit_count() == 1 for category in CATEGORY_OF.values())


def test_a_text_knows_whether_it_is_empty():
    assert Texts().is_empty and Texts(known=" \n").is_empty and not Texts(needed="Un stage").is_empty
    assert list(Texts().by_prompt()) == list(PROMPTS)
