"""What page templates write with: dates, marks, lists, forms."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from accord.kernel.clock import frozen_at
from accord.web.templatetags.interface import writing

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_french_on_a_fixed_day():
    with translation.override("fr"), frozen_at(NOON):
        yield


def write(source: str, **values: object) -> str:
    return Template(source).render(Context({"request": RequestFactory().get("/dossiers/"), **values}))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2026, 11, 2), "02.11.2026"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "22.11.2026"),
        ("1980-11-22", "22.11.1980"),
        ("1980-11", "11.1980"),
        ("1980", "1980"),
        (None, "–"),
    ],
)
def test_days_are_swiss_and_may_be_partial(value, written):
    assert writing.day(value) == written


def test_days_are_french_in_france(settings):
    settings.ACCORD_COUNTRY = "FR"
    assert writing.day(date(2026, 11, 2)) == "02/11/2026"


@pytest.mark.parametrize(
    ("value", "ago", "lasting"),
    [
        (date(2026, 11, 22), "aujourd’hui", "depuis aujourd’hui"),
        (date(2026, 11, 21), "hier", "depuis 1 jour"),
        (date(2026, 11, 10), "il y a 12 jours", "depuis 12 jours"),
        (date(2026, 6, 20), "il y a 5 mois", "depuis 5 mois"),
        (date(2023, 11, 1), "il y a 3 ans", "depuis 3 ans"),
        (date(2026, 12, 1), "01.12.2026", "dès le 01.12.2026"),
    ],
)
def test_how_long_ago(value, ago, lasting):
    assert writing.since(value) == ago
    assert writing.lasting(value) == lasting


@pytest.mark.parametrize(
    ("due", "written"),
    [
        (date(2026, 11, 19), "en retard de 3 jours"),
        (date(2026, 11, 22), "aujourd’hui"),
        (date(2026, 11, 23), "demain"),
        (date(2026, 11, 27), "dans 5 jours"),
    ],
)
def test_how_far_ahead(due, written):
    assert writing.until(due) == written


def test_the_first_of_a_month_is_written_as_one_says_it():
    assert writing.day_long(date(2026, 12, 1)) == "1er décembre 2026"
    assert writing.day_long(date(2026, 12, 2)) == "2 décembre 2026"


@pytest.mark.parametrize(
    ("value", "written"),
    [(1234567, "1\u202f234\u202f567"), (1234.5, "1\u202f234,5"), (-3, "−3"), (None, "–")],
)
def test_numbers_have_narrow_spaces(value, written):
    assert writing.number(value) == written


def test_an_avs_number_is_grouped_as_on_the_card():
    assert writing.avs("7561234567897") == "756.1234.5678.97"


@pytest.mark.parametrize(
    ("due", "done", "kind"),
    [
        (date(2026, 11, 21), False, "chip-late"),
        (date(2026, 11, 29), False, "chip-soon"),
        (date(2026, 11, 30), False, "number"),
        (date(2026, 11, 21), True, "number"),
    ],
)
def test_a_deadline_finds_out_by_itself_whether_it_is_late(due, done, kind):
    assert f'class="{kind}"' in write("{% deadline due done %}", due=due, done=done).replace(
        "chip chip", "chip"
    )


def test_a_state_has_a_word_and_a_shape():
    html = write('{% state "expired" "échue" %}')
    assert "échue" in html and "#triangle-alert" in html


def test_what_people_wrote_stays_text():
    html = write("{% chip word %}{% fact word word %}{% why word %}", word="<b onclick=x>")
    assert "<b " not in html


class Sample(forms.Form):
    name = forms.CharField(label="Nom", help_text="Comme sur la carte.")
    way = forms.ChoiceField(label="Moyen", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(label="Note", required=False)
    secret = forms.IntegerField(widget=forms.HiddenInput, required=False)


FORM = '{% form_open form %}{{ form }}{% form_close "Enregistrer" cancel="/" %}'


def submission_in(html: str) -> str:
    found = re.search(r'name="submission" value="([0-9a-f]{32})"', html)
    assert found
    return found[1]


def test_each_showing_of_a_form_has_its_own_submission_and_a_csrf_token():
    first, second = write(FORM, form=Sample()), write(FORM, form=Sample())
    assert submission_in(first) != submission_in(second)
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', first)


def test_a_form_that_comes_back_keeps_its_submission():
    kept = "0" * 32
    html = write(FORM, form=Sample({"submission": kept, "name": ""}))
    assert submission_in(html) == kept


def test_every_error_leads_to_an_input_and_stands_beside_it():
    html = write(FORM, form=Sample({"name": "", "secret": "x"}))
    assert 'role="alert"' in html
    for target in re.findall(r'<a href="#([^"]+)"', html):
        assert f'id="{target}"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert 'href="#id_way_0"' in html


def test_only_what_is_optional_is_marked():
    html = write("{{ form }}", form=Sample())
    assert html.count("facultatif") == 1


def test_a_file_makes_the_form_multipart():
    class WithFile(forms.Form):
        scan = forms.FileField(label="Scan")

    assert "multipart/form-data" in write(FORM, form=WithFile())
    assert "multipart/form-data" not in write(FORM, form=Sample())


def test_filters_keep_the_rest_of_the_address_and_start_the_list_over():
    request = RequestFactory().get("/dossiers/?state=open&sort=name&after=x1")
    html = write(
        '{% filter_links "État" "state" choices %}',
        request=request,
        choices=[("", "Tous"), ("open", "Ouverts")],
    )
    assert 'href="?sort=name"' in html
    assert 'href="?sort=name&amp;state=open" aria-current="true"' in html


def test_further_pages_keep_the_filters():
    request = RequestFactory().get("/dossiers/?state=open&before=a")
    html = write('{% pagination after="z9" %}', request=request)
    assert "state=open" in html and "after=z9" in html and "before=a" not in html
    assert write("{% pagination %}", request=request) == ""


def test_the_grid_of_the_authorisation_says_yes_no_and_by_law_in_words():
    cells = [{"state": "yes"}, {"state": "no"}, {"state": "law", "why": "LAI 68bis"}]
    grid = {"caption": "Qui", "columns": ["A", "B", "C"], "rows": [{"institution": "AI", "cells": cells}]}
    html = write("{% consent_grid grid %}", grid=grid)
    for word in (">oui<", ">non<", ">par la loi<", "LAI 68bis"):
        assert word in html


def test_a_box_of_the_grid_says_what_it_stands_for():
    cells = [{"state": "yes", "name": "r1", "value": "4"}]
    grid = {"caption": "Qui", "columns": ["Plan"], "rows": [{"institution": "AI", "cells": cells}]}
    html = write("{% consent_grid grid %}", grid=grid)
    assert 'aria-label="AI\u00a0: Plan"' in html and 'name="r1" value="4"' in html and " checked" in html
