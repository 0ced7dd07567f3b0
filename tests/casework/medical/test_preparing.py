"""What the doctor reads, whom she may reach, and that nothing she writes is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accord.casework.cases.enums import Category
from accord.casework.cases.services import file_document
from accord.casework.medical.models import DoctorContact, InterviewNotes, Release
from accord.casework.medical.selectors import contacts_of, doctor_desk, documents_to_read
from accord.casework.medical.services import (
    Learnt,
    keep_contact,
    mark_read,
    may_be_asked,
    name_treating_doctor,
    record_release,
    revoke_release,
    write_contact,
    write_notes,
)
from accord.foundation.documents.services import store_document
from accord.foundation.journal.models import Entry
from accord.kernel.clock import today
from accord.kernel.database import acting_as
from accord.kernel.decisions import Refused, Stale
from accord.kernel.identifiers import new_id
from casework.medical.situations import PNG, inside
from scenarios import in_days

TOLD = Learnt(today(), "phone", "Le traitement change en janvier.")


def filed(valais, title: str, category: Category):
    with acting_as(valais.office.actor):
        document = store_document(by=valais.office.actor, file=SimpleUploadedFile("a.png", PNG, "image/png"))
        return file_document(
            by=valais.office.actor, case_id=valais.case.pk, document=document, title=title,
            category=int(category), audience="circle",
        )  # fmt: skip


class TestTheFile:
    def test_medical_documents_come_first_and_what_is_new_is_marked_until_read(self, valais):
        request = valais.scheduled()
        filed(valais, "Plan", Category.PLAN)
        report = filed(valais, "Rapport", Category.MEDICAL)
        filed(valais, "Budget", Category.FINANCES)
        with inside(valais.service.doctor) as by:
            assert [(one.filed.title, one.is_new) for one in documents_to_read(by, valais.case)] == [
                ("Rapport", True), ("Plan", True),
            ]  # fmt: skip
            assert doctor_desk(by).interviews[0].unread == 2
            assert mark_read(by=by, request_id=request.pk, document_ids=[report.pk]) == 1
            assert {one.filed.title: one.is_new for one in documents_to_read(by, valais.case)} == {
                "Rapport": False, "Plan": True,
            }  # fmt: skip
            assert mark_read(by=by, request_id=request.pk) == 2
            assert doctor_desk(by).interviews[0].unread == 0
        with inside(valais.service.other) as by:
            assert all(one.is_new for one in documents_to_read(by, valais.case))

    def test_what_is_not_disclosed_cannot_be_marked(self, valais):
        request = valais.scheduled()
        hidden = filed(valais, "Budget", Category.FINANCES)
        with inside(valais.service.doctor) as by:
            assert mark_read(by=by, request_id=request.pk, document_ids=[hidden.pk]) == 0


class TestReleases:
    def test_without_the_written_release_a_contact_is_not_even_begun(self, valais):
        valais.allocated()
        treating = valais.treating()
        with inside(valais.service.doctor) as by:
            assert "pas délié" in may_be_asked(by, treating).sentence
            with pytest.raises(Refused, match="pas délié"):
                write_contact(by=by, treating_id=treating.pk, typed=TOLD)
        assert not DoctorContact.objects.exists()

    def test_with_it_what_was_learnt_is_kept_and_never_changes(self, valais):
        valais.allocated()
        treating = valais.treating()
        release = valais.released(treating)
        with inside(valais.service.doctor) as by:
            draft = write_contact(by=by, treating_id=treating.pk, typed=TOLD)
            kept = keep_contact(by=by, contact_id=draft.pk)
            assert keep_contact(by=by, contact_id=draft.pk).kept_at == kept.kept_at
            assert [one.learnt for one in contacts_of(by, valais.case)] == [TOLD.learnt]
        assert kept.release == release
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            DoctorContact.objects.update(learnt="x")

    def test_a_revocation_while_the_doctor_writes_keeps_the_text_and_says_so(self, valais):
        valais.allocated()
        treating = valais.treating()
        release = valais.released(treating)
        with inside(valais.service.doctor) as by:
            draft = write_contact(by=by, treating_id=treating.pk, typed=TOLD)
        with inside(valais.service.secretary) as by:
            revoked = revoke_release(by=by, release_id=release.pk)
            assert revoke_release(by=by, release_id=release.pk).revoked_at == revoked.revoked_at
        with inside(valais.service.doctor) as by:
            more = Learnt(today(), "phone", TOLD.learnt + " Avis à venir.")
            draft = write_contact(by=by, treating_id=treating.pk, typed=more, version=draft.version)
            with pytest.raises(Refused, match="a révoqué"):
                keep_contact(by=by, contact_id=draft.pk)
        assert (draft.learnt, draft.kept_at) == (more.learnt, None)
        assert Entry.objects.filter(verb="release_revoked").count() == 1

    def test_a_release_of_today_does_not_cover_yesterday(self, valais):
        valais.allocated()
        treating = valais.treating()
        valais.released(treating)
        yesterday = Learnt(today() - timedelta(days=1), "phone", TOLD.learnt)
        with inside(valais.service.doctor) as by:
            draft = write_contact(by=by, treating_id=treating.pk, typed=yesterday)
            with pytest.raises(Refused, match="ne couvre pas"):
                keep_contact(by=by, contact_id=draft.pk)

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            (Learnt(None, "phone", "x"), "on"),
            (Learnt(in_days(1), "phone", "x"), "on"),
            (Learnt(today(), "phone", " "), "learnt"),
        ],
    )
    def test_an_incomplete_contact_stays_a_draft(self, valais, typed, field):
        valais.allocated()
        treating = valais.treating()
        valais.released(treating)
        with inside(valais.service.doctor) as by:
            draft = write_contact(by=by, treating_id=treating.pk, typed=typed)
            with pytest.raises(Refused) as refused:
                keep_contact(by=by, contact_id=draft.pk)
        assert refused.value.field == field

    @pytest.mark.parametrize(("signed", "until", "field"), [(1, 9, "signed_on"), (-9, -1, "valid_until")])
    def test_a_release_is_sound(self, valais, signed, until, field):
        valais.allocated()
        treating = valais.treating()
        with inside(valais.service.secretary) as by, pytest.raises(Refused) as refused:
            record_release(
                by=by, treating_id=treating.pk, signed_on=in_days(signed), valid_until=in_days(until),
                scan=SimpleUploadedFile("x.png", PNG, "image/png"),
            )  # fmt: skip
        assert refused.value.field == field
        assert not Release.objects.exists()

    def test_the_same_doctor_is_named_once_and_a_secretary_reaches_nobody(self, valais):
        valais.allocated()
        treating = valais.treating()
        valais.released(treating)
        with inside(valais.service.secretary) as by:
            with pytest.raises(Refused, match="déjà noté"):
                name_treating_doctor(by=by, case_id=valais.case.pk, name="Dre Rey")
            with pytest.raises(Refused, match="médecin du service"):
                write_contact(by=by, treating_id=treating.pk, typed=TOLD)


class TestNotes:
    def test_a_page_is_never_in_conflict_with_what_it_saved_by_itself(self, valais):
        request, page = valais.scheduled(), new_id()
        with inside(valais.service.doctor) as by:
            write_notes(by=by, request_id=request.pk, text="a", page=page, by_itself=True)
            write_notes(by=by, request_id=request.pk, text="ab", version=1, page=page, by_itself=True)
            write_notes(by=by, request_id=request.pk, text="abc", version=0, page=page)
            with pytest.raises(Stale):
                write_notes(by=by, request_id=request.pk, text="x", version=1, page=new_id())
        assert InterviewNotes.objects.get().text == "abc"

    def test_writing_is_journalled_once_a_page_and_not_at_every_letter(self, valais):
        request, page = valais.scheduled(), new_id()
        with inside(valais.service.doctor) as by:
            for version, text in enumerate(("a", "ab", "abc")):
                write_notes(
                    by=by, request_id=request.pk, text=text, version=version, page=page, by_itself=True
                )
        assert Entry.objects.filter(subject_kind="medical notes", verb="saved").count() == 1

    def test_nobody_but_the_doctor_of_the_request_takes_notes(self, valais):
        request = valais.scheduled()
        for one in (valais.service.secretary, valais.service.other):
            with inside(one) as by, pytest.raises(Refused):
                write_notes(by=by, request_id=request.pk, text="x")
