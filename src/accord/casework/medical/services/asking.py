"""Ask the doctor, take the question back, or give it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Category
from accord.casework.cases.models import Case
from accord.casework.cases.policies import takes_part
from accord.casework.cases.selectors import is_disclosed_to
from accord.casework.cases.services import invite
from accord.casework.cases.services.locking import lock_case
from accord.casework.medical.enums import Help, RequestKind, RequestState
from accord.casework.medical.models import MedicalRequest, Question, RegionDoctor
from accord.casework.medical.policies import can_ask, can_decline, can_withdraw
from accord.casework.medical.rules.asking import Plea, faults_of_plea, others_can
from accord.casework.medical.services.passing import lock_request, note_passing, pass_on, tell_holder
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import programme_for

RUNNING_ONCE = "medical_request_full_once"
MOST_QUESTIONS = 20


@transaction.atomic
def ask_doctor(
    *,
    by: Actor,
    case_id: UUID,
    region: str,
    plea: Plea,
    usual: Collection[str] = (),
    specific: Sequence[str] = (),
    measures: str = "",
    kind: str = RequestKind.FULL,
    is_insisted: bool = False,
) -> MedicalRequest:
    """Announce a case to the medical service of a region, with the questions and the reasons.

    Raises Refused beside the field that must change; `is_insisted` goes on although others could answer.
    """
    case = lock_case(by, case_id)
    can_ask(by, case).require()
    programme = programme_for(case.programme, case.programme_version)
    named = _service_of(case, region)
    _check_plea(plea, is_insisted)
    questions = _questions(programme, usual, specific)
    _open_the_way(by, case, named)
    request = _write(
        MedicalRequest(
            case=case,
            kind=kind,
            region=region,
            service_id=named.service_id,
            asked_by_id=by.institution_key,
            asked_user_id=by.user_id,
            help_needed=plea.help_needed,
            why_medical=plea.why_medical.strip(),
            tried_before=plea.tried_before.strip(),
            measures=measures.strip(),
        )
    )
    Question.objects.bulk_create(
        Question(request=request, position=place, key=key, text=text)
        for place, (key, text) in enumerate(questions, 1)
    )
    note_passing(by=by, request=request)
    tell_holder(by, request)
    record(
        by=by,
        verb="medical_asked",
        subject_kind="medical request",
        subject_id=request.pk,
        subject_label=case.number,
        cases=[case.pk],
    )
    return request


def _service_of(case: Case, region: str) -> RegionDoctor:
    found = RegionDoctor.objects.filter(programme=case.programme, region=region).first()
    if found is None:
        raise Refused(_("Aucun service médical n’est nommé pour cette région."), field="region")
    return found


def _check_plea(plea: Plea, is_insisted: bool) -> None:
    """Source: CII Valais, the doctor is called only when medical competence is needed."""
    if plea.help_needed not in Help.values:
        raise Refused(_("Dites ce qui demande une compétence médicale."), field="help_needed")
    sentences = {
        "why_medical": _("Dites en une phrase pourquoi une compétence médicale est nécessaire."),
        "tried_before": _("Dites en une phrase ce qui a déjà été tenté sans le médecin."),
    }
    for field in faults_of_plea(plea):
        raise Refused(sentences[field], field=field)
    if (who := others_can(plea)) and not is_insisted:
        raise Refused(
            {
                "treating_doctor": _(
                    "Un certificat ou un rapport se demande au médecin traitant, avec l’accord de la"
                    " personne. Confirmez si le médecin du service est tout de même nécessaire."
                ),
                "institution": _(
                    "Ce renseignement se demande à l’institution qui verse la prestation. Confirmez si le"
                    " médecin du service est tout de même nécessaire."
                ),
            }[who],
            field="is_insisted",
        )


def _questions(
    programme: Programme, usual: Collection[str], specific: Sequence[str]
) -> list[tuple[str, str]]:
    known = [(question.key, "") for question in programme.questions if question.key in usual]
    own = [("", text.strip()) for text in specific if text.strip()]
    if not known and not own:
        raise Refused(_("Posez au moins une question."), field="usual")
    if len(known) + len(own) > MOST_QUESTIONS:
        raise Refused(_("Posez au plus vingt questions."), field="specific")
    return known + own


def _open_the_way(by: Actor, case: Case, named: RegionDoctor) -> None:
    """The service takes part, and an authorisation or an article lets it read medical detail."""
    for category in (Category.IDENTITY, Category.MEDICAL):
        if not is_disclosed_to(case, named.service_id, category):
            raise Refused(
                _(
                    "Rien ne permet encore au service médical de lire les données médicales de ce dossier :"
                    " demandez d’abord l’autorisation à la personne."
                ),
                field="region",
            )
    if takes_part(Actor(institution_id=named.service_id), case):
        return
    if case.lead_id != by.institution_id:
        raise Refused(
            _("L’institution qui conduit le dossier doit d’abord y inviter le service médical."),
            field="region",
        )
    invite(by=by, case_id=case.pk, institution_id=named.service_id)


def _write(request: MedicalRequest) -> MedicalRequest:
    """The database lets one request before an assessment run at a time."""
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        if diagnosis is None or diagnosis.constraint_name != RUNNING_ONCE:
            raise
        raise Refused(
            _("Une demande d’avis pour l’assessment court déjà dans ce dossier."), field="region"
        ) from error
    return request


@transaction.atomic
def withdraw_request(*, by: Actor, request_id: UUID, reason: str) -> MedicalRequest:
    """Take a request back; doing so twice changes nothing."""
    request = lock_request(by, request_id)
    if request.state == RequestState.WITHDRAWN:
        return request
    can_withdraw(by, request).require()
    return pass_on(by=by, request=request, to=RequestState.WITHDRAWN, reason=_reason(reason))


@transaction.atomic
def decline_request(*, by: Actor, request_id: UUID, reason: str) -> MedicalRequest:
    """Give a request back to who asked: others can do this without the doctor."""
    request = lock_request(by, request_id, can_decline)
    return pass_on(by=by, request=request, to=RequestState.DECLINED, reason=_reason(reason))


def _reason(typed: str) -> str:
    if not typed.strip():
        raise Refused(_("Dites en une phrase pourquoi."), field="reason")
    return typed.strip()
