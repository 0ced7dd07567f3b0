"""Give a mandate to an admitted provider, under the convention in force on the first day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.selectors import person_of
from accord.casework.cases.services import touch
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused
from accord.kernel.identifiers import normalise_avs
from accord.kernel.periods import PartialDate
from accord.network.agreements.enums import AgreementKind
from accord.network.agreements.models import Agreement
from accord.network.agreements.selectors import in_force_between
from accord.people.persons.models import Person
from accord.purchasing.measures.enums import Intensity, MandateState, MeasureState
from accord.purchasing.measures.models import (
    GoalAgreement,
    IndividualMeasure,
    Mandate,
    MandatePosition,
    Objective,
    Report,
    ReportTerms,
)
from accord.purchasing.measures.policies import can_order, provides
from accord.purchasing.measures.rules import Kind, read_catalogue, reports_due
from accord.purchasing.measures.selectors import given_mandate, measure_for, positions_by_agreement
from accord.purchasing.measures.services.numbering import next_decision_number
from accord.purchasing.measures.services.telling import journal, tell_counsellor, tell_provider
from accord.purchasing.providers.enums import ProviderState
from accord.purchasing.providers.models import Provider, TariffPosition


@dataclass(frozen=True, slots=True)
class MandateWords:
    """What is ordered: from whom, which positions of her convention and how much of each."""

    provider_id: UUID
    quantities: Mapping[str, Decimal]
    intensity: str = ""
    hours_per_week: Decimal | None = None
    place: str = ""
    employer: str = ""
    is_before_decision: bool = False
    avs_number: str = ""
    birth_date: str = ""


@transaction.atomic
def give_mandate(*, by: Actor, measure_id: UUID, words: MandateWords) -> Mandate:
    """Order from a provider what the measure needs; she finds it in her space, with its decision number."""
    lock_case(by, measure_for(by, measure_id).case_id)
    measure = lock_record(by, IndividualMeasure, measure_id, can_order)
    kind = read_catalogue().kinds[measure.kind]
    provider = _admitted(words.provider_id)
    agreement = agreement_with(by, provider, measure.since)
    positions = _positions(agreement, measure, words.quantities)
    mandate = _written(by, measure, kind, provider, agreement, words)
    MandatePosition.objects.bulk_create(
        MandatePosition(
            mandate=mandate,
            code=row.code,
            unit=row.unit,
            label=row.label,
            price=row.price,
            quantity=quantity,
        )
        for row, quantity in positions
    )
    Objective.objects.bulk_create(
        Objective(mandate=mandate, position=number, text=text)
        for number, text in enumerate(measure.objectives, 1)
    )
    _await_reports(mandate)
    touch(measure.case)
    journal(by, "ordered", "mandate", mandate)
    tell_provider(mandate, "mandate.given")
    if ends_before(agreement, mandate.until):
        warn_of_end(mandate)
    return mandate


def agreement_with(by: Actor, provider: Provider, on: date) -> Agreement:
    """The convention of services that binds the office and the provider on a day. Raises Refused."""
    found = [
        agreement
        for agreement in in_force_between(by.institution_key, provider.institution_id, on)
        if agreement.kind == AgreementKind.PROVIDER
    ]
    if not found:
        raise Refused(
            _("Aucune convention n’est en vigueur avec ce prestataire au premier jour de la mesure."),
            field="provider",
        )
    return found[0]


def ends_before(agreement: Agreement, day: date) -> bool:
    """Whether a convention ends while a mandate still runs."""
    return agreement.closes_on is not None and agreement.closes_on < day


def warn_of_end(mandate: Mandate) -> None:
    """Tell both, once, that the convention ends during the mandate."""
    tell_counsellor(mandate, "mandate.agreement_ends")
    tell_provider(mandate, "mandate.agreement_ends_provider")
    mandate.warned_of_end = True
    mandate.save(update_fields=["warned_of_end"])


@transaction.atomic
def agree_goals(*, by: Actor, mandate_id: UUID) -> Mandate:
    """The provider agrees the objectives of a mandate; what was not agreed is not pursued. Twice is once."""
    provides(by).require()
    mandate = given_mandate(by, mandate_id)
    if mandate.state == MandateState.CANCELLED:
        raise Refused(_("Ce mandat est annulé."))
    _agreed, is_new = GoalAgreement.objects.get_or_create(mandate=mandate, defaults={"author_id": by.user_id})
    if is_new:
        journal(by, "agreed goals", "mandate", mandate)
    return mandate


def _admitted(provider_id: UUID) -> Provider:
    provider = Provider.objects.filter(pk=provider_id).select_related("institution").first()
    if provider is None or provider.state != ProviderState.ACTIVE or not provider.institution.is_active:
        raise Refused(_("Choisissez un prestataire admis."), field="provider")
    return provider


def _positions(
    agreement: Agreement, measure: IndividualMeasure, quantities: Mapping[str, Decimal]
) -> list[tuple[TariffPosition, Decimal]]:
    """Positions of the convention on the first day, within the cost that was validated."""
    offered = {
        row.code: row for row in positions_by_agreement([agreement.pk], measure.since).get(agreement.pk, ())
    }
    if not quantities:
        raise Refused(_("Choisissez au moins une position de la convention."), field="positions")
    found = []
    for code, quantity in quantities.items():
        if code not in offered:
            raise Refused(
                _("La position %(code)s n’est pas convenue au premier jour de la mesure.") % {"code": code},
                field="positions",
            )
        if quantity <= 0:
            raise Refused(_("Indiquez une quantité pour %(code)s.") % {"code": code}, field="positions")
        found.append((offered[code], quantity))
    ordered = sum((row.price * quantity for row, quantity in found), Decimal(0))
    taken = sum((position.price * position.quantity for position in _other_positions(measure)), Decimal(0))
    if ordered + taken > measure.amount:
        raise Refused(
            _("Le mandat coûterait CHF %(total)s ; la mesure en prévoit CHF %(most)s.")
            % {"total": f"{ordered + taken:.2f}", "most": f"{measure.amount:.2f}"},
            field="positions",
        )
    return found


def _other_positions(measure: IndividualMeasure) -> list[MandatePosition]:
    rows = MandatePosition.objects.filter(mandate__measure=measure)
    return list(rows.exclude(mandate__state=MandateState.CANCELLED))


def _written(
    by: Actor,
    measure: IndividualMeasure,
    kind: Kind,
    provider: Provider,
    agreement: Agreement,
    words: MandateWords,
) -> Mandate:
    person = person_of(by, measure.case)
    if person is None:
        raise Refused(
            _("L’identité de la personne n’est pas ouverte à votre office : le mandat doit la nommer.")
        )
    if kind.is_coaching and words.intensity not in Intensity.values:
        raise Refused(_("Choisissez l’intensité du suivi."), field="intensity")
    if words.is_before_decision and not kind.may_precede_decision:
        raise Refused(
            _("Cette prestation ne peut pas être confiée avant une décision."), field="is_before_decision"
        )
    is_running = measure.state in (MeasureState.RUNNING, MeasureState.INTERRUPTED)
    known = {
        name: getattr(person, name)
        for name in (
            "family_name", "given_names", "language", "street", "postal_code", "city", "phone", "email",
        )
    }  # fmt: skip
    mandate = Mandate(
        case=measure.case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.PLAN,
        audience=Audience.PERSON,
        measure=measure,
        provider=provider,
        agreement=agreement,
        decision_number=next_decision_number(by.institution_key, is_before_decision=words.is_before_decision),
        legal_article=kind.article,
        title=measure.title,
        place=words.place.strip(),
        employer=words.employer.strip(),
        counsellor_id=measure.author_id,
        since=measure.since,
        until=measure.until,
        intensity=words.intensity if kind.is_coaching else "",
        hours_per_month=read_catalogue().hours_a_month(words.intensity) if kind.is_coaching else None,
        hours_per_week=words.hours_per_week,
        has_new_goals=_has_new_goals(measure),
        state=MandateState.RUNNING if is_running else MandateState.GIVEN,
        avs_number=_avs_number(person, words),
        birth_date=_birth_date(person, words),
        **known,
    )
    try:
        with transaction.atomic():
            mandate.save(force_insert=True)
    except IntegrityError as clash:
        if "mandate_once" in str(clash):
            raise Refused(
                _("Ce prestataire a déjà un mandat pour cette mesure."), field="provider"
            ) from clash
        raise
    return mandate


def missing_for_invoices(person: Person) -> tuple[str, ...]:
    """What no invoice can do without and nobody registered: the AVS number, the whole birth date."""
    has_day = len(person.birth_date) == len("1980-05-17")
    lacks = {"avs_number": not person.avs_number, "birth_date": not has_day}
    return tuple(name for name, is_missing in lacks.items() if is_missing)


def _avs_number(person: Person, words: MandateWords) -> str:
    if person.avs_number:
        return person.avs_number
    try:
        return normalise_avs(words.avs_number)
    except ValueError as error:
        raise Refused(
            _("Sans un numéro AVS juste, le prestataire ne pourra pas facturer."), field="avs_number"
        ) from error


def _birth_date(person: Person, words: MandateWords) -> str:
    if "birth_date" not in missing_for_invoices(person):
        return person.birth_date
    try:
        born = PartialDate.read(words.birth_date)
    except ValueError:
        born = None
    if born is None or born.day is None:
        raise Refused(
            _("Sans la date de naissance entière, le prestataire ne pourra pas facturer."), field="birth_date"
        )
    return born.iso()


def _has_new_goals(measure: IndividualMeasure) -> bool:
    """An extension with unchanged objectives needs no new agreement."""
    return measure.extends is None or measure.extends.objectives != measure.objectives


def _await_reports(mandate: Mandate) -> None:
    terms = ReportTerms.objects.filter(agreement=mandate.agreement_id).first()
    usual = read_catalogue().reports
    due = reports_due(
        mandate.since,
        mandate.until,
        interim_percent=terms.interim_percent if terms else usual["interim_percent"],
        final_days_before=terms.final_days_before if terms else usual["final_days_before"],
    )
    Report.objects.bulk_create(Report(mandate=mandate, kind=one.kind, due_on=one.on) for one in due)
