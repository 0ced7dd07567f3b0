"""Joint diagnoses in the demo: parts written by different institutions, some contradicted, none medical."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

from django.db.models import Model

from accord.casework.cases.enums import Basis, CaseState
from accord.casework.cases.models import Case, Disclosure, Participant
from accord.casework.diagnosis.enums import CATEGORY_OF, Part, SectionState
from accord.casework.diagnosis.models import Difference, Draft, Section, Version
from accord.casework.diagnosis.rules import Texts
from accord.cli.world.network import Network
from accord.kernel.clock import now
from accord.network.institutions.enums import Kind
from accord.network.programmes.selectors import current_programme

TEXTS = {
    Part.PERSON: Texts(
        "Vit dans la région depuis quinze ans. Souhaite retrouver un travail qui a du sens, près de chez elle.",
        "Ponctuelle, comprend vite, préfère les explications orales.",
        "Peur d’un nouvel échec après deux candidatures sans réponse.",
        "Un seul interlocuteur, des rendez-vous réguliers.",
    ),
    Part.WORK: Texts(
        "Douze ans dans la logistique, dont quatre comme responsable d’équipe. Sans emploi depuis dix mois.",
        "Bons certificats ; l’ancien employeur donne volontiers des références.",
        "Le métier appris demande de porter des charges.",
        "Un stage d’essai dans un travail de planification.",
    ),
    Part.TRAINING: Texts(
        "Certificat fédéral de capacité. Cours de gestion de stock suivi en 2019.",
        "À l’aise avec les outils informatiques courants.",
        "Pas de diplôme pour un travail de bureau.",
        "Une validation des acquis, puis un module de planification.",
    ),
    Part.HEALTH: Texts(
        "Le taux exigible dans une activité adaptée est connu.",
        "Bien entourée par son médecin ; gère ses pauses elle-même.",
        "Les journées complètes restent trop longues.",
        "Une reprise par paliers, avec un point à six semaines.",
    ),
    Part.FINANCES: Texts(
        "Droit aux indemnités encore cinq mois. Loyer à jour.",
        "Budget tenu avec l’aide du service social.",
        "Deux poursuites en cours ; craint une saisie sur salaire.",
        "Un plan de désendettement avant la reprise.",
    ),
    Part.SOCIAL: Texts(
        "Élève seule deux enfants de six et neuf ans.",
        "La grand-mère garde les enfants le mercredi.",
        "Pas de solution de garde avant 7 h 30.",
        "Une place d’accueil parascolaire le matin.",
    ),
    Part.RESOURCES: Texts(
        "Réseau associatif solide ; entraîne une équipe de jeunes.",
        "Sait demander de l’aide, tient ses engagements.",
        "",
        "Faire valoir cette expérience dans les candidatures.",
    ),
}
TEXTS_DE = {
    Part.PERSON: Texts(
        "Lebt seit fünfzehn Jahren in der Region und möchte wieder eine sinnvolle Arbeit in der Nähe.",
        "Pünktlich, begreift rasch.",
        "Angst vor einer weiteren Absage.",
        "Eine einzige Ansprechperson, regelmässige Termine.",
    ),
    Part.WORK: Texts(
        "Zwölf Jahre in der Logistik, davon vier als Teamleitung. Seit zehn Monaten ohne Stelle.",
        "Gute Zeugnisse.",
        "Der erlernte Beruf verlangt schweres Heben.",
        "Ein Arbeitsversuch in der Planung.",
    ),
    Part.TRAINING: Texts(
        "Eidgenössisches Fähigkeitszeugnis.", "Sicher am Computer.", "", "Ein Kurs in Lagerplanung."
    ),
}
VIEWS = (
    (
        "Nous voyons moins de freins : la personne a tenu un stage de quatre semaines sans absence.",
        "Le stage était à mi-temps ; nous le précisons dans la prochaine version.",
    ),
    ("Le délai nous paraît trop court : la garde des enfants n’est pas encore réglée.", ""),
    ("À notre avis le dernier emploi a pris fin pour une autre raison ; voir notre dossier.", ""),
    ("Un soutien existe déjà par l’association du quartier.", "Merci, nous l’ajoutons."),
)
AT_HOME = {
    Part.PERSON: (Kind.AI_OFFICE, Kind.SOCIAL_AID, Kind.EMPLOYMENT_OFFICE, Kind.CII_OFFICE),
    Part.WORK: (Kind.EMPLOYMENT_OFFICE,),
    Part.TRAINING: (Kind.EMPLOYMENT_OFFICE, Kind.AI_OFFICE),
    Part.HEALTH: (Kind.AI_OFFICE, Kind.MEDICAL_SERVICE),
    Part.FINANCES: (Kind.SOCIAL_AID,),
    Part.SOCIAL: (Kind.SOCIAL_AID,),
    Part.RESOURCES: (Kind.SOCIAL_AID, Kind.AI_OFFICE, Kind.CII_OFFICE),
}
"""Who knows a part best."""


def furnish(random: Random, network: Network) -> None:
    """Open cases from the diagnosis on have parts; those beyond it have all that they need signed."""
    writer = _Writer(random)
    sees = _sees()
    houses: dict[UUID, list[Participant]] = {}
    for found in (
        Participant.objects.filter(left_at__isnull=True, case__state=CaseState.OPEN)
        .select_related("institution")
        .order_by("joined_at", "id")
    ):
        houses.setdefault(found.case_id, []).append(found)
    for case in Case.objects.filter(state=CaseState.OPEN).select_related("person").order_by("number"):
        stages = [stage.key for stage in current_programme(case.programme).stages]
        due = next((i for i, s in enumerate(stages) if "diagnos" in s or "assess" in s), 2)
        here = stages.index(case.stage) if case.stage in stages else 0
        if here >= due and random.random() < 0.9:
            writer.diagnose(case, houses.get(case.pk, []), sees, is_beyond=here > due)
    writer.keep()


def _sees() -> dict[tuple[UUID, UUID], int]:
    """What is disclosed now to each institution in each case."""
    masks: dict[tuple[UUID, UUID], int] = {}
    rows = Disclosure.objects.exclude(basis=Basis.PARTY).filter(
        case__state=CaseState.OPEN, valid_from__lte=now(), valid_until__gt=now()
    )
    for case_id, recipient_id, mask in rows.values_list("case_id", "recipient_id", "categories"):
        masks[case_id, recipient_id] = masks.get((case_id, recipient_id), 0) | mask
    return masks


class _Writer:
    """Collects the rows of all cases, and keeps them at once."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.rows: dict[type[Model], list[Model]] = {Section: [], Draft: [], Version: [], Difference: []}

    def keep(self) -> None:
        """Write everything."""
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)

    def diagnose(
        self, case: Case, houses: list[Participant], sees: dict[tuple[UUID, UUID], int], *, is_beyond: bool
    ) -> None:
        """Each part goes to an institution that may read it; the later the stage, the more are signed."""
        texts = TEXTS | TEXTS_DE if case.person.language == "de" else TEXTS
        for part in Part:
            able = [h for h in houses if sees.get((case.pk, h.institution_id), 0) & CATEGORY_OF[part]]
            if not able:
                continue
            at_home = [h for h in able if h.institution.kind in AT_HOME[part]]
            holder = self.random.choice(at_home or able)
            is_needed = part in (Part.PERSON, Part.WORK, Part.HEALTH) or self.random.random() < 0.6
            section = Section(case=case, part=part, holder_id=holder.institution_id, is_needed=is_needed)
            luck = self.random.random()
            if is_beyond or luck < 0.5:
                others = [h for h in able if h.institution_id != holder.institution_id]
                self._sign(section, holder, texts[part], others)
            elif luck < 0.75:
                section.state = SectionState.DRAFT
                self._draft(section, holder, texts[part])
            self.rows[Section].append(section)

    def _sign(self, section: Section, holder: Participant, texts: Texts, others: list[Participant]) -> None:
        ages = sorted(self.random.sample(range(6, 60), self.random.choice([1, 1, 1, 2])), reverse=True)
        for number, age in enumerate(ages, 1):
            at = now() - timedelta(days=age)
            section.number, section.signed_at = number, at
            said = texts if number == len(ages) else Texts(texts.known, texts.helps, "", texts.needed)
            self.rows[Version].append(
                Version(
                    number=number, audience="person", author_id=holder.referent_id, created_at=at,
                    **_written(section, holder, said),
                )
            )  # fmt: skip
        section.state, section.signed_by_id = SectionState.SIGNED, holder.institution_id
        self._draft(section, holder, texts)
        if others and self.random.random() < 0.18:
            self._differ(section, self.random.choice(others), holder)

    def _draft(self, section: Section, holder: Participant, texts: Texts) -> None:
        self.rows[Draft].append(
            Draft(
                audience="own",
                readers="person",
                author_id=holder.referent_id,
                **_written(section, holder, texts),
            )
        )

    def _differ(self, section: Section, who: Participant, holder: Participant) -> None:
        text, answer = self.random.choice(VIEWS)
        at = now() - timedelta(days=self.random.randint(1, 5))
        self.rows[Difference].append(
            Difference(
                case=section.case, section=section, owner_id=who.institution_id, author_id=who.referent_id,
                category=section.category, number=section.number, text=text, created_at=at, answer=answer,
                answered_by_id=holder.institution_id if answer else None, answered_at=at if answer else None,
                settled_at=now() if answer and self.random.random() < 0.5 else None,
            )
        )  # fmt: skip


def _written(section: Section, holder: Participant, texts: Texts) -> dict[str, object]:
    return {
        "case": section.case,
        "section": section,
        "owner_id": holder.institution_id,
        "category": section.category,
        **texts.by_prompt(),
    }
