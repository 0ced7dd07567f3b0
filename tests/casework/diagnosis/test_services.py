"""The one diagnosis: arranged, written, signed, contradicted."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import scenarios
from accord.casework.cases.enums import Category, EventKind
from accord.casework.cases.models import Disclosure, Event
from accord.casework.cases.services import end_disclosures, enter_stage, leave
from accord.casework.diagnosis.enums import Part, SectionState
from accord.casework.diagnosis.models import Difference, Draft, Section, Version
from accord.casework.diagnosis.policies import diagnosis_shared
from accord.casework.diagnosis.rules import Texts
from accord.casework.diagnosis.selectors import diagnosis_of, draft_of, section_for
from accord.casework.diagnosis.services import (
    answer_difference,
    claim_section,
    note_difference,
    save_draft,
    settle_difference,
    sign_section,
)
from accord.foundation.journal.models import Entry
from accord.foundation.notifications.models import Notification
from accord.kernel.actors import Actor
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.enums import Kind, Role
from casework.diagnosis.situations import (
    SAID,
    act,
    arranged,
    claimed,
    differing,
    drafted,
    joined,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruno(case):
    """Works for the employment office, to which work and identity are disclosed."""
    return joined(case, Kind.EMPLOYMENT_OFFICE, Category.IDENTITY, Category.WORK, role=Role.REFERENT)


@pytest.fixture
def carla(case):
    """Works for the social service, to which work and finances are disclosed."""
    return joined(case, Kind.SOCIAL_AID, Category.IDENTITY, Category.WORK, Category.FINANCES)


def part_of(who, case, part=Part.WORK):
    with acting_as(who.actor):
        return next(s for s in diagnosis_of(who.actor, case).sections if s.part == part)


# Arranging.


def test_the_lead_entrusts_parts_and_their_institutions_are_told(anne, bruno, case):
    parts = arranged(anne, case, [Part.WORK, Part.PERSON], work=bruno, person=anne)
    assert {p.part: (p.is_needed, p.holder_id) for p in parts.values()} == {
        "work": (True, bruno.institution.pk),
        "person": (True, anne.institution.pk),
    }
    assert list(Notification.objects.values_list("kind", "user")) == [("diagnosis.assigned", bruno.user.pk)]


def test_only_the_lead_arranges(bruno, case):
    with pytest.raises(Refused, match="conduit"):
        arranged(bruno, case)


def test_at_least_one_part_is_needed(anne, case):
    with pytest.raises(Refused) as refusal:
        arranged(anne, case, [])
    assert refusal.value.field == "needed"


def test_a_part_is_not_entrusted_to_whom_its_data_is_not_disclosed(anne, bruno, case):
    with pytest.raises(Refused, match="autorisé") as refusal:
        arranged(anne, case, [Part.SOCIAL], social=bruno)
    assert refusal.value.field == "holder_social"


def test_a_part_is_entrusted_to_a_participant_only(anne, case):
    stranger = scenarios.colleague(kind=Kind.SOCIAL_AID)
    with pytest.raises(Refused, match="participe") as refusal:
        arranged(anne, case, [Part.SOCIAL], social=stranger)
    assert refusal.value.field == "holder_social"


def test_a_free_part_is_taken_once(bruno, carla, case):
    section = claimed(bruno, case)
    assert claimed(bruno, case) == section
    with pytest.raises(Refused, match="déjà une institution"):
        claimed(carla, case)
    assert Entry.objects.filter(verb="claimed").count() == 1


def test_one_does_not_take_what_one_may_not_read(bruno, case):
    with pytest.raises(Refused, match="autorisé"):
        claimed(bruno, case, Part.FINANCES)


# Writing and signing.


def test_a_draft_is_for_ones_own_institution_alone(anne, bruno, case):
    section = claimed(bruno, case)
    drafted(bruno, section)
    with acting_as(anne.actor):
        assert not Draft.objects.exists()
    assert part_of(anne, case).state == SectionState.DRAFT
    assert part_of(anne, case).latest is None


def test_what_is_signed_is_read_by_those_who_see_its_category(anne, bruno, carla, case):
    outsider = joined(case, Kind.CII_OFFICE, Category.IDENTITY)
    signed(bruno, claimed(bruno, case))
    assert part_of(anne, case).latest.texts == part_of(carla, case).latest.texts == SAID
    seen = part_of(outsider, case)
    assert (seen.latest, seen.is_signed, seen.is_hidden, seen.number) == (None, True, True, 1)


def test_a_signature_is_told_to_those_who_see_the_category(anne, bruno, case):
    reader = joined(case, Kind.SOCIAL_AID, Category.WORK, role=Role.DESK)
    joined(case, Kind.CII_OFFICE, Category.IDENTITY, role=Role.DESK)
    signed(bruno, claimed(bruno, case))
    event = Event.objects.get(kind=EventKind.DIAGNOSIS_SIGNED)
    assert (event.category, event.data) == (Category.WORK, {"section": "work", "number": 1})
    told = Notification.objects.filter(kind="diagnosis.signed")
    assert set(told.values_list("user", flat=True)) == {reader.user.pk, anne.user.pk}


def test_a_signed_part_is_amended_by_a_new_version_and_the_old_one_stays(anne, bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    again = Texts("Douze ans, dont quatre de conduite.", SAID.helps, SAID.hinders, SAID.needed)
    before = Draft.objects.get()
    drafted(bruno, section, again, version=before.version)
    amended = part_of(anne, case)
    assert (amended.state, amended.is_signed, amended.latest.texts) == (SectionState.DRAFT, True, SAID)
    act(bruno, sign_section, section_id=section.pk, version=before.version + 1)
    assert [version.texts for version in part_of(anne, case).versions] == [again, SAID]


def test_nothing_is_signed_twice_or_empty(bruno, case):
    section = claimed(bruno, case)
    with pytest.raises(Refused, match="Écrivez d’abord") as refusal:
        act(bruno, sign_section, section_id=section.pk, version=0)
    assert refusal.value.field == "known"
    signed(bruno, section)
    with pytest.raises(Refused, match="Rien n’a changé"):
        act(bruno, sign_section, section_id=section.pk, version=Draft.objects.get().version)
    assert Version.objects.count() == 1


def test_only_the_institution_that_holds_a_part_writes_and_signs_it(anne, bruno, case):
    section = claimed(bruno, case)
    for verb, words in ((save_draft, {"texts": SAID}), (sign_section, {})):
        with pytest.raises(Refused, match="confiée à"):
            act(anne, verb, section_id=section.pk, version=0, **words)


def test_a_part_that_nobody_holds_is_first_taken(anne, bruno, case):
    section = arranged(anne, case)["work"]
    with pytest.raises(Refused, match="en charge"):
        drafted(bruno, section)


def test_two_colleagues_at_once_lose_nothing(bruno, case):
    section = claimed(bruno, case)
    colleague = scenarios.colleague(bruno.institution)
    drafted(bruno, section)
    with pytest.raises(Stale) as stale:
        drafted(colleague, section, Texts("Autre chose."))
    assert stale.value.current.texts == SAID


def test_what_a_colleague_changed_is_not_signed_unread(bruno, case):
    section = claimed(bruno, case)
    read = drafted(bruno, section)
    drafted(scenarios.colleague(bruno.institution), section, Texts("Autre chose."), version=read.version)
    with pytest.raises(Stale):
        act(bruno, sign_section, section_id=section.pk, version=read.version)
    assert not Version.objects.exists()


def test_a_page_is_never_in_conflict_with_what_it_saved_by_itself(bruno, case):
    section, page = claimed(bruno, case), uuid4()
    drafted(bruno, section, page=page, by_itself=True)
    drafted(bruno, section, Texts("Plus long."), page=page)
    assert Draft.objects.get().known == "Plus long."


def test_saving_the_same_again_changes_nothing(bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    draft = Draft.objects.get()
    drafted(bruno, section, version=draft.version)
    section.refresh_from_db()
    assert section.state == SectionState.SIGNED


def test_a_removed_participant_writes_no_more_and_what_it_signed_stays(anne, bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    act(bruno, leave, case_id=case.pk)
    with pytest.raises(Refused, match="ne participe pas"):
        drafted(bruno, section, Texts("Encore."), version=2)
    assert part_of(anne, case).latest.texts == SAID


def test_when_the_authorisation_is_narrowed_the_draft_stays_at_home_and_is_not_shared(bruno, case):
    section = claimed(bruno, case)
    end_disclosures(
        Disclosure.objects.filter(recipient=bruno.institution, categories__gt=0), because="narrowed"
    )
    draft = drafted(bruno, section)
    with pytest.raises(Refused, match="n’autorise plus"):
        act(bruno, sign_section, section_id=section.pk, version=draft.version)
    assert Draft.objects.get().texts == SAID and not Version.objects.exists()


def test_a_part_given_to_another_is_signed_again_by_it(anne, bruno, carla, case):
    section = arranged(anne, case, work=bruno)["work"]
    signed(bruno, section)
    assert diagnosis_shared(case)
    arranged(anne, case, work=carla)
    assert not diagnosis_shared(case)
    with pytest.raises(Refused, match="copiez-le"):
        drafted(bruno, section, Texts("Encore."), version=2)
    with acting_as(carla.actor):
        assert draft_of(carla.actor, section_for(carla.actor, section.pk)).texts == SAID
    signed(carla, section, Texts("Vu autrement."))
    assert diagnosis_shared(case)
    assert [v.institution for v in part_of(anne, case).versions] == [
        carla.institution.short_name,
        bruno.institution.short_name,
    ]


def test_the_database_lets_nobody_edit_what_was_signed(bruno, case):
    signed(bruno, claimed(bruno, case))
    with acting_as(bruno.actor):
        assert Version.objects.update(known="Autre chose.") == 0
        with transaction.atomic():
            assert Version.objects.all().delete()[0] == 0


# Views that differ.


def test_a_different_view_stands_beside_the_part(anne, bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    differing(anne, section)
    seen = part_of(bruno, case)
    assert (seen.latest.texts, [d.text for d in seen.standing]) == (SAID, ["Nous voyons cela autrement."])
    assert Event.objects.get(kind=EventKind.DIFFERENCE).category == Category.WORK
    assert Notification.objects.filter(kind="diagnosis.difference", user=bruno.user).count() == 1


@pytest.mark.parametrize("who", ["holder", "outsider", "too early"])
def test_who_may_not_differ(anne, bruno, case, who):
    section = claimed(bruno, case)
    if who != "too early":
        signed(bruno, section)
    actor = {
        "holder": bruno,
        "too early": anne,
        "outsider": joined(case, Kind.CII_OFFICE, Category.IDENTITY),
    }[who]
    with pytest.raises(Refused):
        differing(actor, section)
    assert not Difference.objects.exists()


def test_a_difference_is_not_for_oneself(anne, bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    with pytest.raises(Refused) as refusal:
        act(anne, note_difference, section_id=section.pk, text="?", audience="own")
    assert refusal.value.field == "audience"


def test_the_holder_answers_once_and_the_author_settles(anne, bruno, carla, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    difference = differing(carla, section)
    with pytest.raises(Refused, match="écrit cette partie répond"):
        act(anne, answer_difference, difference_id=difference.pk, text="?")
    act(bruno, answer_difference, difference_id=difference.pk, text="Nous le précisons.")
    with pytest.raises(Refused, match="déjà sa réponse"):
        act(bruno, answer_difference, difference_id=difference.pk, text="Encore.")
    with pytest.raises(Refused, match="Seule l’institution qui a écrit"):
        act(bruno, settle_difference, difference_id=difference.pk)
    for _click in range(2):
        act(carla, settle_difference, difference_id=difference.pk)
    seen = part_of(anne, case).differences[0]
    assert (seen.answer, seen.answered_by) == ("Nous le précisons.", bruno.institution.short_name)
    assert seen.settled_at and not part_of(anne, case).standing
    assert Event.objects.filter(kind=EventKind.DIFFERENCE).count() == 3


def test_what_is_settled_is_not_answered(bruno, carla, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    difference = differing(carla, section)
    act(carla, settle_difference, difference_id=difference.pk)
    with pytest.raises(Refused, match="réglée"):
        act(bruno, answer_difference, difference_id=difference.pk, text="Trop tard.")


# The gate.


def test_the_gate_wants_every_needed_part_signed(anne, bruno, case):
    assert "quelles parties" in diagnosis_shared(case).sentence
    sections = arranged(anne, case, [Part.WORK, Part.PERSON], work=bruno, person=anne, finances=anne)
    assert "La personne, Travail" in diagnosis_shared(case).sentence
    signed(bruno, sections["work"])
    assert "Travail" not in diagnosis_shared(case).sentence
    signed(anne, sections["person"])
    assert diagnosis_shared(case)


def test_a_difference_does_not_hold_the_case_up(anne, bruno, case):
    section = arranged(anne, case, work=bruno)["work"]
    signed(bruno, section)
    differing(anne, section)
    assert diagnosis_shared(case)


def test_the_plan_waits_for_the_diagnosis(anne, bruno, case):
    with pytest.raises(Refused, match="diagnostic commun"):
        act(anne, enter_stage, case_id=case.pk, stage_key="plan")
    signed(bruno, arranged(anne, case, work=bruno)["work"])
    assert act(anne, enter_stage, case_id=case.pk, stage_key="plan").stage == "plan"


def test_the_lead_passes_the_gate_although_it_may_not_read_a_part(anne, case):
    Disclosure.objects.filter(recipient=anne.institution, categories__gt=0).update(
        categories=int(Category.IDENTITY)
    )
    carla = joined(case, Kind.SOCIAL_AID, Category.SOCIAL)
    signed(carla, arranged(anne, case, [Part.SOCIAL], social=carla)["social"])
    assert part_of(anne, case, Part.SOCIAL).is_hidden
    with acting_as(anne.actor):
        assert diagnosis_shared(case)


# Reading.


def test_the_insured_person_reads_what_was_signed_for_her(bruno, case):
    section = claimed(bruno, case)
    signed(bruno, section)
    her = Actor(window_case_id=case.pk)
    with acting_as(her):
        assert diagnosis_of(her, case).sections[1].latest is None
    signed(bruno, section, readers="person")
    drafted(bruno, section, Texts("En cours."), version=Draft.objects.get().version)
    with acting_as(her):
        seen = diagnosis_of(her, case).sections[1]
    assert (seen.latest.texts, seen.latest.author) == (SAID, bruno.user.name)


def test_the_diagnosis_asks_as_often_whatever_is_written(anne, bruno, case):
    with acting_as(anne.actor), CaptureQueriesContext(connection) as empty:
        diagnosis_of(anne.actor, case)
    sections = arranged(anne, case, list(Part), **dict.fromkeys(Part, anne))
    for section in sections.values():
        signed(anne, section)
        signed(anne, section, Texts("Encore."))
    for text in ("Un.", "Deux.", "Trois."):
        differing(bruno, sections["work"], text)
    with acting_as(anne.actor), CaptureQueriesContext(connection) as full:
        assert len(diagnosis_of(anne.actor, case).sections[1].versions) == 2
    assert len(full) <= len(empty) + 1


def test_an_unknown_case_has_no_diagnosis(case):
    stranger = scenarios.colleague()
    with acting_as(stranger.actor):
        assert not Section.objects.exists()
    with pytest.raises(case.DoesNotExist):
        act(stranger, claim_section, case_id=case.pk, part="work")
