"""Which enterprise is the same one, and when somebody may speak with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.casework.employers.rules import Plan, enterprise_key, normalise_uid, problem_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boulangerie Müller SA", "boulangerie mueller"),
        ("Menuiserie Favre Sàrl", "Menuiserie FAVRE"),
        ("Metallbau Kälin AG", "metallbau kalin"),
        ("Garage de l’Étoile S.A.", "garage de l etoile"),
    ],
)
def test_spelling_and_legal_form_do_not_tell_enterprises_apart(one, other):
    assert enterprise_key(one) == enterprise_key(other)


def test_a_name_that_is_only_a_legal_form_stays():
    assert enterprise_key("Verein") == "verein"


@given(st.text(max_size=40))
def test_a_folded_name_folds_to_itself(name):
    assert enterprise_key(enterprise_key(name)) == enterprise_key(name)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("CHE-116.281.710", "CHE-116.281.710"),
        ("che116281710", "CHE-116.281.710"),
        ("CHE-116.281.710 TVA", "CHE-116.281.710"),
        ("  ", ""),
        ("CHE-116.281.711", None),
        ("CHE-116.281", None),
        ("116.281.710", "CHE-116.281.710"),
        ("boulangerie", None),
    ],
)
def test_an_enterprise_number_is_checked(typed, written):
    assert normalise_uid(typed) == written


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, None),
        ({"ground": "not_asked"}, ("ground", "not_asked")),
        ({"ground": "not_asked", "about": "enterprise"}, None),
        ({"consent_on": None}, ("consent_on", "no_day")),
        ({"consent_on": TODAY + timedelta(days=1)}, ("consent_on", "future")),
        ({"ground": "law"}, ("legal_article", "no_article")),
        ({"ground": "law", "legal_article": " "}, ("legal_article", "no_article")),
        ({"ground": "law", "legal_article": "LAI art. 6a"}, None),
        ({"planned_for": TODAY - timedelta(days=367)}, ("planned_for", "far")),
        ({"planned_for": TODAY + timedelta(days=732)}, ("planned_for", "far")),
    ],
)
def test_on_which_ground_one_speaks_with_an_employer(changes, problem):
    usual = {
        "about": "retain", "ground": "given", "consent_on": TODAY, "legal_article": "", "planned_for": TODAY,
    }  # fmt: skip
    assert problem_of(Plan(**{**usual, **changes}), TODAY) == problem
