"""What looks like a person; until when; statistics without small numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.advice.rules import WHOLE, Asked, due_on, expires_on, statistics, traces_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Que faire avant la fin du délai-cadre ?", []),
        ("Elle touche 2450 francs depuis 14 mois, LAI art. 14a.", []),
        ("Numéro 756.9217.0769.85, que faire ?", ["avs"]),
        ("Numéro 7569217076985 ?", ["avs"]),
        ("Numéro 756 9217 0769 85 ?", ["avs"]),
        ("Née le 17.05.1979, sans emploi.", ["birth_date"]),
        ("Née le 7/5/1979, sans emploi.", ["birth_date"]),
        ("Rappelez-la au 079 123 45 67.", ["phone"]),
        ("Rappelez-la au +41 79 123 45 67.", ["phone"]),
        ("La situation de Mme Favre.", ["name"]),
        ("Die Lage von Frau Imhof.", ["name"]),
        ("Il s’agit de Claire Favre, sans emploi.", ["name"]),
        (
            "Mme Favre, 756.9217.0769.85, née le 17.05.1979, 079 123 45 67",
            ["avs", "birth_date", "phone", "name"],
        ),
    ],
)
def test_what_looks_like_a_person_is_found(text, kinds):
    assert [trace.kind for trace in traces_in(text)] == kinds


@given(st.integers(0, 10**10 - 1), st.sampled_from(["", ".", " ", "-"]))
def test_an_avs_number_is_found_however_it_is_written(serial, mark):
    digits = f"756{serial:010d}"
    written = mark.join([digits[:3], digits[3:7], digits[7:11], digits[11:]])
    assert any(trace.is_refused for trace in traces_in(f"Voici : {written}, que faire ?"))


def test_the_clock_of_a_question():
    assert due_on(date(2026, 3, 27), answer_days=5) == date(2026, 4, 1)
    assert expires_on(date(2026, 4, 1), answer_days=5, escalation_days=10) == date(2026, 4, 16)


def asked(quarter="2026-T1", asker="ORP", after=3, helpful=True, became=False):
    return Asked(quarter, asker, after, helpful, became)


def test_statistics_count_what_they_may():
    found = statistics([asked(after=days) for days in (1, 2, 3, 4, 10, 20)], least=5)
    line = found[WHOLE]
    assert (line.received, line.answered, line.median_days, line.helpful, line.announcements) == (
        6,
        6,
        3.5,
        6,
        0,
    )


def test_a_single_question_without_answer_cannot_be_told_from_the_answered():
    found = statistics([*[asked()] * 9, asked(after=None, helpful=None)], least=5)
    assert found[WHOLE].received is None or found[WHOLE].answered is None
    assert found[WHOLE].median_days is None


@given(
    st.lists(
        st.builds(asked, st.sampled_from(["2026-T1", "2026-T2", "2026-T3"]), st.sampled_from("ABC")),
        max_size=40,
    )
)
def test_no_small_group_stands_in_the_statistics(questions):
    for line in statistics(questions, least=5).values():
        for number in (line.received, line.answered, line.helpful, line.announcements):
            assert number is None or number == 0 or number >= 5


def test_nothing_asked_is_no_secret():
    assert statistics([], least=5)[WHOLE].received == 0
