"""Plans of the demo: in most open cases that have come so far, some with strategies that compete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Now

from accord.casework.cases.enums import Audience, CaseState, Category
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.employers.enums import ContactState
from accord.casework.employers.models import EmployerContact
from accord.casework.plans.models import Goal, Justification, Measure, Plan, PlanSignature
from accord.casework.plans.rules import fingerprint_of
from accord.casework.plans.selectors import Judged, Sheet, judged
from accord.cli.world.network import Network
from accord.kernel.clock import SWISS_TIME, now, today
from accord.kernel.identifiers import new_id
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import MeasureKind, Programme
from accord.network.programmes.selectors import programme_for

GOALS = {
    "keep_job": ("Garder ma place, avec moins d’heures.", "Meine Stelle behalten, mit weniger Stunden."),
    "return_to_employer": ("Revenir chez mon ancien patron.", "Zu meinem früheren Chef zurückkehren."),
    "new_job": ("Trouver un travail moins lourd, près de chez moi.", "Eine leichtere Arbeit in der Nähe finden."),
    "training": ("Apprendre un métier où je peux durer.", "Einen Beruf lernen, den ich lange ausüben kann."),
    "capacity": ("Tenir une demi-journée, puis davantage.", "Einen halben Tag schaffen, dann mehr."),
    "stability": ("Mettre de l’ordre dans mes papiers et mes comptes.", "Papiere und Finanzen in Ordnung bringen."),
    "pension": ("Savoir si j’ai droit à une rente.", "Wissen, ob ich eine Rente bekomme."),
}  # fmt: skip
USUAL = ("new_job", "capacity", "stability", "training", "keep_job", "return_to_employer")
JUSTIFIED = {
    "overlap": (
        "Convenu ensemble : le cours n’occupe que les matins, la mesure les après-midi.",
        "Gemeinsam vereinbart: Der Kurs findet nur morgens statt, die Massnahme nachmittags.",
    ),
    "contradiction": (
        "La place est gardée tant que la recherche n’a pas abouti ; la personne le souhaite ainsi.",
        "Die Stelle bleibt offen, bis die Suche gelingt; die Person wünscht es so.",
    ),
    "employer": (
        "L’employeur est au courant ; une seule institution l’appelle désormais.",
        "Der Arbeitgeber weiss Bescheid; ab jetzt ruft nur eine Institution an.",
    ),
    "care": (
        "Deux suivis, deux moments de la semaine : les gestionnaires se parlent chaque mois.",
        "Zwei Begleitungen zu verschiedenen Zeiten; die Fallführenden sprechen sich monatlich ab.",
    ),
    "gap": (
        "Pause voulue pour la rééducation ; un contact téléphonique est prévu toutes les deux semaines.",
        "Gewollte Pause für die Rehabilitation; alle zwei Wochen ist ein Anruf vereinbart.",
    ),
}
SHARE = 0.9
"""Of the open cases that have come to the plan."""


@dataclass(slots=True)
class Rows:
    """What is to be written."""

    plans: list[Plan] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    justifications: list[Justification] = field(default_factory=list)
    signatures: list[PlanSignature] = field(default_factory=list)


def furnish(random: Random, network: Network) -> None:
    """Write the plans; those of later stages are agreed, those of the stage of the plan are on their way."""
    readers = _readers()
    contacts: dict[UUID, list[EmployerContact]] = {}
    planned = EmployerContact.objects.filter(state=ContactState.OPEN).select_related("employer", "owner")
    for contact in planned:
        contacts.setdefault(contact.case_id, []).append(contact)
    rows = Rows()
    for case in Case.objects.filter(state=CaseState.OPEN).select_related("lead").order_by("number"):
        programme = programme_for(case.programme, case.programme_version)
        reached = _reached(programme, case.stage)
        owners = readers.get(case.pk, [])
        if reached < 0 or case.lead not in owners or random.random() > SHARE:
            continue
        Writer(random, network, case, programme, owners, contacts.get(case.pk, []), rows).write(reached > 0)
    for model, found in (
        (Plan, rows.plans),
        (Goal, rows.goals),
        (Measure, rows.measures),
        (Justification, rows.justifications),
        (PlanSignature, rows.signatures),
    ):
        model._default_manager.bulk_create(found)  # type: ignore[arg-type]


def _reached(programme: Programme, stage: str) -> int:
    """How many stages after that of the plan; below zero before it."""
    keys = [known.key for known in programme.stages]
    gate = next((n for n, known in enumerate(programme.stages) if "plan.agreed" in known.gates), len(keys))
    return keys.index(stage) - (gate - 1) if stage in keys else -1


def _readers() -> dict[UUID, list[Institution]]:
    """By case, those who take part and read the plan now."""
    shown = (
        Disclosure.objects.filter(case__state=CaseState.OPEN, valid_from__lte=Now(), valid_until__gt=Now())
        .annotate(seen=F("categories").bitand(int(Category.PLAN)))
        .filter(seen__gt=0)
    )
    seeing = set(shown.values_list("case_id", "recipient_id"))
    found: dict[UUID, list[Institution]] = {}
    present = Participant.objects.filter(case__state=CaseState.OPEN, left_at=None).select_related(
        "institution"
    )
    for part in present.order_by("joined_at", "institution__slug"):
        if (part.case_id, part.institution_id) in seeing:
            found.setdefault(part.case_id, []).append(part.institution)
    return found


class Writer:
    """Writes the plan of one case."""

    def __init__(
        self,
        random: Random,
        network: Network,
        case: Case,
        programme: Programme,
        owners: list[Institution],
        contacts: list[EmployerContact],
        rows: Rows,
    ) -> None:
        self.random, self.network, self.case, self.programme = random, network, case, programme
        self.owners, self.contacts, self.rows = owners, contacts, rows
        self.language = "de" if case.region == "haut_valais" else "fr"
        self.begun = now() - timedelta(days=random.randint(5, 45))

    def write(self, is_agreed: bool) -> None:
        """Version 1; of what is agreed some already have a second version in preparation."""
        plan = Plan(number=1, **self._record(self.case.lead))
        goals = self._goals()
        measures = [measure for owner in self.owners for measure in self._measures(owner, goals)]
        sheet = Sheet(self.case, (plan,), tuple(goals), tuple(measures), ())
        findings = judged(sheet, self.programme, self.contacts, [], today())
        self.rows.goals += goals
        self.rows.measures += measures
        plan.fingerprint = fingerprint_of(sheet.entries_in(1))
        if is_agreed:
            self._justify(findings)
            self._agree(plan, sheet)
        else:
            plan.open_findings = len(findings)
            if self.random.random() < 0.6:
                plan.state, plan.proposed_at = "proposed", self.begun + timedelta(days=3)
                self._sign(plan, sheet, self.random.sample(self.owners, len(self.owners) // 2))
        self.rows.plans.append(plan)

    def _record(self, owner: Institution, at: datetime | None = None) -> dict[str, object]:
        staff = self.network.staff[owner.slug]
        return {
            "case": self.case,
            "owner": owner,
            "author": self.random.choice(staff) if staff else None,
            "category": Category.PLAN,
            "audience": Audience.PERSON,
            "created_at": at or self.begun,
            "updated_at": at or self.begun,
        }

    def _goals(self) -> list[Goal]:
        known = [key for key in USUAL if self.programme.goal(key)]
        chosen = self.random.sample(known[:4], self.random.choice([1, 2, 2]))
        if self.random.random() < 0.12:
            chosen = ["new_job", "keep_job"]
        return [
            Goal(
                origin=new_id(),
                since_number=1,
                key=key,
                text=GOALS[key][self.language == "de"],
                target_on=today() + timedelta(days=self.random.randint(90, 260)),
                **self._record(self.case.lead),
            )
            for key in chosen
        ]

    def _measures(self, owner: Institution, goals: list[Goal]) -> Iterable[Measure]:
        offered = [
            kind
            for kind in self.programme.measures_offered_by(owner.kind)
            if kind.key != "treatment_follow_up" and (not kind.steers or self.random.random() < 0.35)
        ]
        for kind in self.random.sample(offered, min(len(offered), self.random.choice([1, 1, 2]))):
            yield self._measure(owner, kind, self.random.choice(goals))

    def _measure(self, owner: Institution, kind: MeasureKind, goal: Goal) -> Measure:
        since: date = today() + timedelta(days=self.random.randint(-60, 40))
        until = since + timedelta(days=self.random.randint(60, 180))
        staff = self.network.staff[owner.slug]
        employer = next((contact.employer for contact in self.contacts if contact.owner_id == owner.pk), None)
        return Measure(
            origin=new_id(),
            since_number=1,
            kind=kind.key,
            title=kind.label.in_(self.language),
            goal=goal.origin,
            colleague=self.random.choice(staff) if staff else None,
            since=since,
            until=until if kind.exclusive or self.random.random() < 0.6 else None,
            intensity=self.random.choice([None, 40, 50, 60, 80, 100]) if kind.exclusive else None,
            cost_bearer=owner if self.random.random() < 0.7 else None,
            employer=employer if kind.key in ("trial_placement", "initiation_allowance") else None,
            state="running" if since <= today() else "planned",
            **self._record(owner),
        )

    def _justify(self, findings: Iterable[Judged]) -> None:
        for found in findings:
            self.rows.justifications.append(
                Justification(
                    finding=found.finding.key,
                    fingerprint=found.fingerprint,
                    sentence=JUSTIFIED[found.finding.kind][self.language == "de"],
                    **self._record(self.case.lead, self.begun + timedelta(days=2)),
                )
            )

    def _agree(self, plan: Plan, sheet: Sheet) -> None:
        plan.state, plan.proposed_at = "agreed", self.begun + timedelta(days=3)
        plan.agreed_at = self.begun + timedelta(days=5)
        self._sign(plan, sheet, list(sheet.owners_in(1).values()))
        if self.random.random() < 0.25:
            self._second_version(sheet)

    def _second_version(self, sheet: Sheet) -> None:
        """Somebody moved the end of a measure; the version in force stays until all have signed again."""
        at = now() - timedelta(days=2)
        old = self.random.choice(sheet.measures)
        old.until_number = 1
        fields = {f.attname: getattr(old, f.attname) for f in Measure._meta.concrete_fields if f.name != "id"}
        begins = old.since or at.astimezone(SWISS_TIME).date()
        moved = {
            "since_number": 2,
            "until_number": None,
            "until": begins + timedelta(days=220),
            "created_at": at,
        }
        new = Measure(**{**fields, **moved})
        new.owner = old.owner
        plan = Plan(number=2, **self._record(old.owner, at))
        second = Sheet(self.case, (plan,), sheet.goals, (*sheet.measures, new), ())
        plan.fingerprint = fingerprint_of(second.entries_in(2))
        plan.open_findings = len(judged(second, self.programme, self.contacts, [], today()))
        self.rows.measures.append(new)
        self.rows.plans.append(plan)

    def _sign(self, plan: Plan, sheet: Sheet, signers: Iterable[Institution]) -> None:
        read = {str(entry.origin): entry.fingerprint for entry in sheet.entries_in(1)}
        for owner in signers:
            self.rows.signatures.append(
                PlanSignature(
                    plan=plan,
                    fingerprint=plan.fingerprint,
                    read=read,
                    **self._record(owner, self.begun + timedelta(days=self.random.randint(3, 5))),
                )
            )
