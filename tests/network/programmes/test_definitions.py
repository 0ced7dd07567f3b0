"""The three programmes that come with Accord are faultless and true to what is known of them."""

from __future__ import annotations

import re

import pytest

from accord.network.institutions.enums import Kind, Role
from accord.network.programmes import enums
from accord.network.programmes.rules import BUILT_IN, Localized, Programme, read_folders, vocabulary

DEFINITIONS, FAULTS = read_folders([BUILT_IN])
PROGRAMMES = {definition.programme.slug: definition.programme for definition in DEFINITIONS}
every_programme = pytest.mark.parametrize("programme", PROGRAMMES.values(), ids=PROGRAMMES)


def texts_in(thing: object) -> list[Localized]:
    if isinstance(thing, Localized):
        return [thing]
    if isinstance(thing, tuple):
        return [text for item in thing for text in texts_in(item)]
    if hasattr(thing, "__dataclass_fields__"):
        return [text for name in thing.__dataclass_fields__ for text in texts_in(getattr(thing, name))]
    return []


def test_they_are_faultless():
    assert not FAULTS
    assert set(PROGRAMMES) == {"cii-geneve", "cii-valais", "cii-plus"}


@every_programme
def test_every_text_is_there_in_four_languages(programme: Programme):
    texts = texts_in(programme)
    assert len(texts) > 100
    assert not [text for text in texts if not all((text.fr, text.de, text.it, text.en))]


@every_programme
def test_swiss_spelling_is_kept(programme: Programme):
    for text in texts_in(programme):
        assert "ß" not in text.de
        assert "'" not in text.fr + text.de + text.it, text
        assert not re.search(r"[^\u00a0\u202f:/][:;?!»](\s|$)", text.fr), text.fr
        assert not re.search(r"«[^\u00a0]", text.fr), text.fr


@every_programme
def test_texts_that_differ_between_languages_differ(programme: Programme):
    assert not [
        text for text in texts_in(programme) if len(text.fr) > 40 and text.fr in (text.de, text.it, text.en)
    ]


def test_shared_categories_say_the_same_everywhere():
    assert len({programme.categories for programme in PROGRAMMES.values()}) == 1
    (categories,) = {programme.categories for programme in PROGRAMMES.values()}
    assert {category.key: category.bit for category in categories} == vocabulary.CATEGORY_BITS


@every_programme
def test_a_case_never_moves_on_without_acceptance_and_authorisation(programme: Programme):
    gates = [gate for stage in programme.stages for gate in stage.gates]
    assert programme.stages[0].gates == ()
    assert programme.stages[1].gates[0] == "referral.accepted"
    assert "consent.active" in gates
    assert gates.index("consent.active") < gates.index("plan.agreed") < gates.index("steps.done")


@every_programme
def test_every_clock_says_where_its_number_comes_from(programme: Programme):
    assert all(stage.source for stage in programme.stages if stage.days)
    assert all(programme.deadlines.sources.values())


@every_programme
def test_nothing_medical_is_told_by_law(programme: Programme):
    assert not [law.key for law in programme.laws if "medical" in law.categories]


@every_programme
def test_only_a_well_founded_article_opens_an_announcement(programme: Programme):
    assert {law.confidence for law in programme.laws if law.opens_announcement} <= {"official"}


def test_announcements_in_warning_order_remind_before_they_expire():
    for programme in PROGRAMMES.values():
        assert programme.deadlines.referral_reminder_days == 10
        assert programme.deadlines.referral_expiry_days == 30
        assert programme.deadlines.consent_warning_days == (30, 7)


def test_geneva_brings_three_partners_together():
    geneva = PROGRAMMES["cii-geneve"]
    leading = {seat.kind for seat in geneva.circle if geneva.may_lead(seat.kind)}
    assert leading == {"ai_office", "employment_office", "social_aid"} == set(geneva.desk.announce_from)


def test_unemployment_and_invalidity_insurance_speak_until_it_is_clear_who_pays():
    geneva = PROGRAMMES["cii-geneve"]
    before = {law.article for law in geneva.laws_between("employment_office", "ai_office", "plan")}
    after = {law.article for law in geneva.laws_between("employment_office", "ai_office", "implementation")}
    assert "LACI art. 85f al. 3" in before
    assert "LACI art. 85f al. 3" not in after


def test_unemployment_data_go_to_social_aid_only_with_consent_and_reciprocity():
    geneva = PROGRAMMES["cii-geneve"]
    assert geneva.laws_between("employment_office", "social_aid") == ()
    assert geneva.needs_reciprocity("employment_office", "social_aid")


def test_valais_has_three_regions_with_a_doctor_each():
    valais = PROGRAMMES["cii-valais"]
    assert [region.label.fr for region in valais.regions] == ["Haut-Valais", "Valais central", "Bas-Valais"]
    assert {region.doctor_role for region in valais.regions} == {"doctor"}
    assert valais.region("haut_valais").language == "de"


def test_valais_meets_the_person_one_hour_after_the_pre_assessment():
    valais = PROGRAMMES["cii-valais"]
    assessment = valais.meeting("assessment")
    assert (assessment.follows, assessment.offset_minutes) == ("pre_assessment", 60)
    assert assessment.person_present == "yes"
    assert valais.meeting("round_table").person_present == "no"
    assert valais.meeting("round_table").doctor == "exception"


def test_valais_asks_the_doctor_the_three_usual_questions():
    kinds = [question.kind for question in PROGRAMMES["cii-valais"].questions]
    assert kinds == ["limitations", "capacity", "fitness"]


def test_thirteen_may_announce_and_all_but_the_insured_must_tell_her_first():
    announcers = PROGRAMMES["cii-plus"].announcer_kinds
    assert "".join(kind.key for kind in announcers) == "abcdefghijklm"
    assert [kind.key for kind in announcers if not kind.must_inform_insured] == ["a"]


def test_the_old_thirty_days_only_warn():
    (criterion,) = [item for item in PROGRAMMES["cii-plus"].criteria if item.key == "thirty_days"]
    assert not criterion.required
    assert criterion.warning.fr


def test_early_detection_is_answered_and_a_notice_contested_within_thirty_days():
    deadlines = PROGRAMMES["cii-plus"].deadlines
    assert (deadlines.early_detection_answer_days, deadlines.notice_days) == (30, 30)


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (Kind.values, vocabulary.INSTITUTION_KINDS),
        (Role.values, vocabulary.USER_ROLES),
        (enums.CircleRole.values, vocabulary.CIRCLE_ROLES),
        (enums.Gate.values, vocabulary.GATES),
        (enums.Holder.values, vocabulary.HOLDERS),
        (enums.OutcomeCategory.values, vocabulary.OUTCOME_CATEGORIES),
        (enums.PersonPresence.values, vocabulary.PERSON_PRESENCE),
        (enums.DoctorPresence.values, vocabulary.DOCTOR_PRESENCE),
        (enums.RetentionKind.values, vocabulary.RETENTION_KINDS),
        (enums.Confidence.values, vocabulary.CONFIDENCE),
    ],
)
def test_files_and_code_use_the_same_words(words, known):
    assert set(words) == set(known)
