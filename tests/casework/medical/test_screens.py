"""The screens as their users meet them: errors beside the field, texts that stay, and no more queries than needed."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.casework.medical.models import DoctorContact, InterviewNotes, MedicalRequest, RegionDoctor
from accord.casework.referrals.models import Referral
from accord.kernel.clock import now, today
from casework.medical.situations import TRIED, WHY, Valais, inside
from casework.meetings.situations import next_working_day

from accord.casework.medical.services import revoke_release, write_contact, Learnt  # isort: skip


def post(one, name, *arguments, **typed):
    return one.browser().post(
        reverse(f"medical:{name}", args=arguments), {"submission": uuid.uuid4().hex, **typed}
    )


def get(one, name, *arguments):
    return one.browser().get(reverse(f"medical:{name}", args=arguments))


PLEA = {"help_needed": "contradiction", "why_medical": WHY, "tried_before": TRIED}


class TestAsking:
    def test_the_office_asks_on_one_page(self, valais):
        valais.authorise()
        page = get(valais.office, "ask", valais.case.pk).content.decode()
        assert "Quelles sont les limitations" in page and "Valais central" in page
        sent = post(valais.office, "ask", valais.case.pk, region="valais_central", usual=["capacity"], **PLEA)
        request = MedicalRequest.objects.get()
        assert sent.headers["Location"] == reverse("medical:request", args=[request.pk])

    def test_the_questions_of_the_announcement_are_offered(self, valais):
        Referral.objects.create(
            case=valais.case, sender=valais.office.institution, state="accepted", questions="- Le matin ?\n- Assis ?",
            desk=valais.office.institution, sent_at=now(), decided_at=now(),
        )  # fmt: skip
        valais.authorise()
        assert "Le matin ?" in get(valais.office, "ask", valais.case.pk).content.decode()
        post(valais.office, "ask", valais.case.pk, region="valais_central", offered=["Assis ?"], **PLEA)
        assert [one.text for one in MedicalRequest.objects.get().questions.all()] == ["Assis ?"]

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"why_medical": "x"}, "pourquoi une compétence médicale"),
            ({"tried_before": "x"}, "déjà été tenté"),
            ({"help_needed": "certificate"}, "se demande au médecin traitant"),
            ({"usual": [], "specific": " - "}, "au moins une question"),
        ],
    )
    def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(self, valais, changed, sentence):
        valais.authorise()
        typed = {"region": "valais_central", "usual": ["capacity"], "specific": "Assis ?", **PLEA, **changed}
        page = post(valais.office, "ask", valais.case.pk, **typed)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert typed["specific"].strip() in page.content.decode()

    def test_without_authorisation_the_sentence_is_shown(self, valais):
        page = post(valais.office, "ask", valais.case.pk, region="valais_central", usual=["capacity"], **PLEA)
        assert page.status_code == 422 and "demandez d’abord l’autorisation" in page.content.decode()

    def test_a_double_click_asks_once(self, valais):
        valais.authorise()
        typed = {"region": "valais_central", "usual": ["capacity"], "submission": uuid.uuid4().hex, **PLEA}
        browser, url = valais.office.browser(), reverse("medical:advice", args=[valais.case.pk])
        first, second = browser.post(url, typed), browser.post(url, typed)
        assert first.headers["Location"] == second.headers["Location"]
        assert MedicalRequest.objects.count() == 1


class TestDesks:
    def test_the_secretary_takes_a_request_to_its_interview(self, valais):
        request = valais.asked()
        secretary, doctor = valais.service.secretary, valais.service.doctor
        assert "Zufferey" in get(secretary, "secretariat").content.decode()
        suggested = get(secretary, "allocation", request.pk).content.decode()
        assert f'value="{doctor.user.pk}"' in suggested
        post(secretary, "allocation", request.pk, doctor=str(doctor.user.pk))
        day = f"{next_working_day():%d.%m.%Y}"
        seats = [f"{one.institution.pk}:{one.user.pk}" for one in (doctor, valais.office)]
        proposed = post(secretary, "scheduling", request.pk, seats=seats, minutes="60", propose="1")
        assert proposed.status_code == 200 and "Heures libres" in proposed.content.decode()
        post(
            secretary, "scheduling", request.pk, seats=seats, minutes="60", place="Sion", on=day, hour="10:00"
        )
        request.refresh_from_db()
        assert request.state == "scheduled"
        post(secretary, "preparation", request.pk)
        request.refresh_from_db()
        assert request.prepared_at is not None
        assert "Notes d’entretien" in get(doctor, "doctor").content.decode()

    def test_the_desk_asks_as_often_with_one_request_as_with_many(self, valais):
        valais.scheduled()
        service = valais.service

        def queries(name, one):
            browser = one.browser()
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert browser.get(reverse(f"medical:{name}")).status_code == 200
            return len(asked)

        few = queries("secretariat", service.secretary), queries("doctor", service.doctor)
        for _ in range(4):
            other = Valais(office=valais.office, service=service)
            RegionDoctor.objects.update(doctor=service.doctor.user, service=service.institution)
            other.allocated()
        assert (queries("secretariat", service.secretary), queries("doctor", service.doctor)) == few

    def test_home_names_the_act_and_nothing_medical(self, valais):
        valais.asked()
        page = valais.service.secretary.browser().get("/").content.decode()
        assert "Demande d’avis à attribuer" in page and "certificats" not in page
        assert "Avis du médecin" in valais.office.browser().get("/").content.decode()

    def test_a_stranger_finds_neither_desk_nor_request(self, valais):
        request = valais.asked()
        assert get(valais.office, "secretariat").status_code == 403
        assert get(valais.service.secretary, "doctor").status_code == 403
        assert get(valais.outsider, "request", request.pk).status_code == 404

    def test_absences_and_regions_are_kept_by_the_service(self, valais):
        secretary, other = valais.service.secretary, valais.service.other
        day = f"{today():%d.%m.%Y}"
        post(secretary, "regions", doctor=str(other.user.pk), since=day, until=day)
        assert "Moret" in get(secretary, "secretariat").content.decode()
        post(secretary, "region", "cii-valais", "haut_valais", doctor=str(other.user.pk), version="0")
        assert RegionDoctor.objects.get(region="haut_valais").doctor == other.user
        wrong = post(secretary, "region", "cii-valais", "haut_valais", doctor=str(other.user.pk), version="0")
        assert wrong.status_code == 422 and "vient de nommer" in wrong.content.decode()


class TestRoom:
    def test_notes_are_kept_while_one_writes(self, valais):
        request = valais.scheduled()
        doctor = valais.service.doctor
        kept = post(doctor, "notes", request.pk, text="Fatigue le soir.", version="0", by_itself="1")
        assert "Enregistré à" in kept.content.decode() and 'value="1"' in kept.content.decode()
        assert "Fatigue le soir." in get(doctor, "notes", request.pk).content.decode()
        assert InterviewNotes.objects.get().version == 1

    def test_two_pages_show_both_versions(self, valais):
        request = valais.scheduled()
        doctor = valais.service.doctor
        post(doctor, "notes", request.pk, text="Premier", version="0", by_itself="1")
        conflict = post(doctor, "notes", request.pk, text="Second", version="0")
        assert conflict.status_code == 409
        assert "Premier" in conflict.content.decode() and "Second" in conflict.content.decode()

    def test_a_doctor_without_release_reads_why_she_may_not_call(self, valais):
        valais.allocated()
        treating = valais.treating()
        doctor = valais.service.doctor
        assert "pas délié ce médecin" in get(doctor, "treating", valais.case.pk).content.decode()
        refused = get(doctor, "contact", treating.pk)
        assert refused.status_code == 403 and "pas délié" in refused.content.decode()

    def test_a_revocation_meanwhile_leaves_the_text_on_the_page(self, valais):
        valais.allocated()
        treating = valais.treating()
        release = valais.released(treating)
        with inside(valais.service.doctor) as by:
            write_contact(by=by, treating_id=treating.pk, typed=Learnt(today(), "phone", "Début."))
        with inside(valais.service.secretary) as by:
            revoke_release(by=by, release_id=release.pk)
        typed = {"on": f"{today():%d.%m.%Y}", "means": "phone", "learnt": "Début. Suite.", "version": "1"}
        page = post(valais.service.doctor, "contact", treating.pk, **typed)
        assert page.status_code == 422
        assert "a révoqué" in page.content.decode() and "Début. Suite." in page.content.decode()
        assert DoctorContact.objects.get().learnt == "Début. Suite."
