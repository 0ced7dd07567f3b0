"""Propose a measure within the person's plan; another colleague validates it before it begins."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.models import Case
from accord.casework.cases.services import touch
from accord.casework.cases.services.locking import lock_case, lock_record
from accord.casework.plans.models import Measure
from accord.casework.plans.selectors import sheet_of
from accord.kernel.actors import Actor
from accord.kernel.clock import now, today
from accord.kernel.decisions import Refused
from accord.purchasing.measures.enums import MeasureState
from accord.purchasing.measures.models import IndividualMeasure
from accord.purchasing.measures.policies import can_change_measure, can_propose, can_validate
from accord.purchasing.measures.rules import Check, read_catalogue
from accord.purchasing.measures.selectors import Proposed, checks_for, measure_for
from accord.purchasing.measures.services.telling import journal, tell_colleagues
from accord.purchasing.measures.services.wording import sentence_of
from accord.purchasing.measures.states import MEASURE

QUESTIONS = ("appropriate", "simple", "adequate")
LONGEST_SENTENCE = 1000


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """A measure as the counsellor proposes it."""

    plan_measure: UUID
    kind: str
    title: str
    since: date
    until: date
    amount: Decimal
    objectives: tuple[str, ...]
    appropriate: str
    simple: str
    adequate: str
    hours_per_day: Decimal | None = None
    days_per_week: int | None = None
    wage: Decimal | None = None
    is_pupil: bool = False
    exceptional: str = ""
    entry: str = ""
    extends: UUID | None = None


@transaction.atomic
def propose_measure(*, by: Actor, case_id: UUID, words: MeasureWords) -> IndividualMeasure:
    """Propose a measure for the person; her plan must hold it, and no rule may speak against it."""
    case = lock_case(by, case_id)
    can_propose(by, case).require()
    _check_words(by, case, words)
    extended = _extended(by, case, words)
    checks = checks_for(by, case, _proposed(words))
    _demand_none_refuses(checks)
    kind = read_catalogue().kinds[words.kind]
    measure = IndividualMeasure(
        case=case,
        owner_id=by.institution_key,
        author_id=by.user_id,
        category=Category.PLAN,
        audience=Audience.PERSON,
        person_id=case.person_id,
        phase=kind.phase,
        is_exclusive=kind.is_exclusive,
        planned_until=words.until,
        extends=extended,
        checks=[_kept(check) for check in checks],
        **{name: value for name, value in asdict(words).items() if name not in ("extends", "objectives")},
        objectives=list(words.objectives),
    )
    _save_alone(measure)
    touch(case)
    journal(by, "measure_proposed", "individual measure", measure)
    tell_colleagues(measure, "measure.proposed", but=by.user_id)
    return measure


@transaction.atomic
def validate_measure(*, by: Actor, measure_id: UUID) -> IndividualMeasure:
    """Validate before the first day what a colleague proposed; the rules are asked once more. Twice is once."""
    measure = measure_for(by, measure_id)
    if measure.state == MeasureState.VALIDATED and measure.validated_by_id == by.user_id:
        return measure
    lock_case(by, measure.case_id)
    measure = lock_record(by, IndividualMeasure, measure_id, can_validate)
    MEASURE.check(measure.state, MeasureState.VALIDATED)
    checks = checks_for(by, measure.case, measure, but=measure.pk)
    _demand_none_refuses(checks)
    measure.checks = [_kept(check) for check in checks]
    measure.state, measure.validated_by_id, measure.validated_on = (
        MeasureState.VALIDATED,
        by.user_id,
        today(),
    )
    save_measure(measure, "checks", "state", "validated_by", "validated_on")
    journal(by, "validated", "individual measure", measure)
    tell_colleagues(measure, "measure.validated", but=by.user_id)
    return measure


@transaction.atomic
def refuse_measure(*, by: Actor, measure_id: UUID, reason: str) -> IndividualMeasure:
    """Say no to what a colleague proposed, and why."""
    if not reason.strip():
        raise Refused(_("Dites pourquoi la mesure n’est pas validée."), field="reason")
    lock_case(by, measure_for(by, measure_id).case_id)
    measure = lock_record(by, IndividualMeasure, measure_id, can_change_measure)
    if measure.author_id == by.user_id:
        raise Refused(_("Retirez votre proposition ; une autre personne décide de la valider."))
    MEASURE.check(measure.state, MeasureState.REFUSED)
    measure.state, measure.reason = MeasureState.REFUSED, reason.strip()
    save_measure(measure, "state", "reason")
    journal(by, "declined", "individual measure", measure)
    tell_colleagues(measure, "measure.refused", but=by.user_id)
    return measure


def save_measure(measure: IndividualMeasure, *fields: str) -> None:
    """Write these fields; the case shows that something changed."""
    measure.version += 1
    measure.updated_at = now()
    measure.save(update_fields=[*fields, "version", "updated_at"])
    touch(measure.case)


def _save_alone(measure: IndividualMeasure) -> None:
    """The database refuses a second measure that takes the same days of the person."""
    try:
        with transaction.atomic():
            measure.save(force_insert=True)
    except IntegrityError as clash:
        if "individual_measure_exclusive" in str(clash):
            raise Refused(
                _("Une autre mesure occupe déjà ces jours : la personne ne peut pas suivre les deux."),
                field="since",
            ) from clash
        if "extends" in str(clash):
            raise Refused(_("Cette mesure est déjà prolongée.")) from clash
        raise


def _check_words(by: Actor, case: Case, words: MeasureWords) -> None:
    kind = read_catalogue().kinds.get(words.kind)
    planned = next((row for row in plan_measures(by, case) if row.origin == words.plan_measure), None)
    if planned is None:
        raise Refused(
            _("Écrivez d’abord la mesure dans le plan : une mesure individuelle s’y rattache."),
            field="plan_measure",
        )
    if kind is None:
        raise Refused(_("Choisissez une sorte de mesure du catalogue."), field="kind")
    if planned.kind and planned.kind != kind.plan:
        raise Refused(_("Cette sorte de mesure ne correspond pas à celle du plan."), field="kind")
    if not words.title.strip():
        raise Refused(_("Dites en quelques mots ce qui sera fait."), field="title")
    if words.until < words.since:
        raise Refused(_("Le dernier jour vient avant le premier."), field="until")
    if words.since <= today():
        raise Refused(
            _("La mesure doit commencer plus tard : l’AI ne finance que ce qui est validé avant le début."),
            field="since",
        )
    if words.amount < 0:
        raise Refused(_("Indiquez un montant."), field="amount")
    if not any(text.strip() for text in words.objectives):
        raise Refused(_("Convenez d’au moins un objectif."), field="objectives")
    for question in QUESTIONS:
        if not getattr(words, question).strip():
            raise Refused(_("Répondez en une phrase."), field=question)


def plan_measures(by: Actor, case: Case) -> list[Measure]:
    """The measures of one's office in the newest version of the plan."""
    sheet = sheet_of(by, case)
    if sheet.current is None:
        return []
    standing = sheet.measures_in(sheet.current.number)
    return [row for row in standing if row.owner_id == by.institution_id]


def _extended(by: Actor, case: Case, words: MeasureWords) -> IndividualMeasure | None:
    if words.extends is None:
        return None
    measure = measure_for(by, words.extends)
    if measure.case_id != case.pk or measure.kind != words.kind or measure.owner_id != by.institution_id:
        raise Refused(
            _("Une prolongation garde la même sorte de mesure, dans le même dossier."), field="kind"
        )
    if words.since <= measure.until:
        raise Refused(_("La prolongation commence après la fin de la mesure."), field="since")
    return measure


def _proposed(words: MeasureWords) -> Proposed:
    return Proposed(
        words.kind,
        words.plan_measure,
        words.since,
        words.until,
        words.amount,
        words.hours_per_day,
        words.days_per_week,
        words.wage,
        words.is_pupil,
        words.exceptional,
        words.entry,
    )


def _demand_none_refuses(checks: list[Check]) -> None:
    for check in checks:
        if check.refuses:
            raise Refused(sentence_of(check), field=FIELDS.get(check.code))


FIELDS = {
    "beforehand": "since",
    "early_ceiling": "amount",
    "early_phase": "until",
    "days": "until",
    "ceiling": "amount",
    "participation": "until",
    "hours_a_day_at_least": "hours_per_day",
    "days_a_week_at_least": "days_per_week",
    "daily_allowance": "amount",
    "age": "kind",
    "pupil": "kind",
    "wage": "amount",
    "follow_up": "until",
}
"""Beside which field the answer of a rule stands."""


def _kept(check: Check) -> dict[str, object]:
    return {
        "code": check.code,
        "outcome": check.outcome,
        "source": check.source,
        "values": dict(check.values),
    }
