"""Questions to the referents of the demo, with their answers: situations, never persons."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from accord.casework.advice.models import Answer, Question
from accord.casework.advice.policies import ANSWERING_ROLES
from accord.casework.referrals.models import Referral
from accord.cli.world.network import CIRCLES, Network
from accord.foundation.accounts.models import User
from accord.kernel.clock import SWISS_TIME, now
from accord.network.institutions.models import Institution, Membership
from accord.network.programmes.selectors import circle_of, current_programme

ASKED = (
    (
        "Annoncer avant la fin du délai-cadre ?",
        "Une personne arrive au bout de ses indemnités dans deux mois et n’a pas encore d’AI. "
        "Faut-il annoncer maintenant ou attendre la décision ?",
        "Annoncez maintenant : l’assessment peut se tenir avant la décision, et personne ne reste "
        "sans suivi.",
    ),
    (
        "Stage refusé par l’employeur",
        "L’employeur refuse un stage tant que la couverture accident n’est pas claire. Qui la prend "
        "en charge ?",
        "Pendant une mesure de l’assurance-chômage, l’assurance-accidents des chômeurs couvre. "
        "Joignez l’attestation.",
    ),
    (
        "Deux conseillers pour un même but",
        "Deux institutions cherchent chacune un emploi adapté. Laquelle garde la main ?",
        "Celle qui conduit le plan ; l’autre transmet ses contacts et s’arrête. Une annonce le fixe "
        "par écrit.",
    ),
    (
        "Formation à temps partiel",
        "Une formation de dix-huit mois à mi-temps est-elle compatible avec l’aide sociale ?",
        "Oui, si elle raccourcit la durée de l’aide. Demandez l’avis avant l’inscription.",
    ),
    (
        "Capacité de travail contestée",
        "Les avis sur la capacité de travail divergent. Un assessment commun aide-t-il ?",
        "Oui, c’est la situation typique : les avis seront posés côte à côte.",
    ),
    (
        "Quand informer la personne ?",
        "Faut-il informer la personne avant de demander conseil ?",
        "Pas pour un conseil sans nom. Pour une annonce, oui, et avec son autorisation.",
    ),
)
ASKED_IN_GERMAN = (
    (
        "Anmeldung vor Ende der Rahmenfrist?",
        "Die Taggelder enden in zwei Monaten, ein IV-Entscheid fehlt. Jetzt melden oder abwarten?",
        "Jetzt melden: Das Assessment kann vor dem Entscheid stattfinden.",
    ),
    (
        "Einsatz bei einem Betrieb",
        "Der Betrieb möchte vor dem Einsatz wissen, wer die Unfallversicherung trägt.",
        "Während der Massnahme die Unfallversicherung der Arbeitslosen. Bestätigung beilegen.",
    ),
)
PER_PROGRAMME = 60


def furnish(random: Random, network: Network) -> None:
    """Questions over two years, most answered within days, some that became announcements, a few that wait."""
    referrals = list(Referral.objects.filter(state="accepted").select_related("sender")[:400])
    questions: list[Question] = []
    answers: list[Answer] = []
    for slug in CIRCLES:
        houses = [seat.institution for seat in circle_of(slug)]
        answering = _answering(houses)
        for serial in range(PER_PROGRAMME):
            asker = random.choice(houses)
            advisers = [pair for pair in answering if pair[0] != asker]
            question, answer = _one(random, network, slug, serial, asker, random.choice(advisers))
            if answer and random.random() < 0.35:
                _link(question, referrals)
            questions.append(question)
            answers += [answer] if answer else []
    Question.objects.bulk_create(questions)
    Answer.objects.bulk_create(answers)


def _answering(houses: list[Institution]) -> list[tuple[Institution, User]]:
    holding = Membership.objects.filter(role__in=ANSWERING_ROLES, until__isnull=True, institution__in=houses)
    return [(m.institution, m.user) for m in holding.select_related("institution", "user").order_by("id")]


def _one(
    random: Random,
    network: Network,
    slug: str,
    serial: int,
    asker: Institution,
    adviser: tuple[Institution, User],
) -> tuple[Question, Answer | None]:
    waits = serial < 4
    asked_at = now() - timedelta(days=random.randint(1, 9) if waits else random.randint(12, 700), hours=3)
    subject, text, advice = random.choice(ASKED_IN_GERMAN if asker.language == "de" else ASKED)
    answered_at = (
        None if waits else asked_at + timedelta(days=min(9, round(random.expovariate(0.4))), hours=2)
    )
    closed = not waits and random.random() < 0.8
    days = current_programme(slug).parameters["advice_answer_days"]
    question = Question(
        programme=slug,
        asked_by=asker,
        asker=random.choice(network.staff[asker.slug]) if network.staff.get(asker.slug) else None,
        addressee=adviser[0] if random.random() < 0.5 else None,
        subject=subject,
        text=text,
        state="asked" if waits else "closed" if closed else "answered",
        asked_at=asked_at,
        due_on=asked_at.astimezone(SWISS_TIME).date() + timedelta(days=days),
        answered_at=answered_at,
        closed_at=answered_at + timedelta(days=2) if closed and answered_at else None,
        updated_at=answered_at or asked_at,
        was_helpful=random.random() < 0.85 if closed else None,
    )
    return question, _answer(question, adviser, advice, answered_at)


def _answer(
    question: Question, adviser: tuple[Institution, User], text: str, at: datetime | None
) -> Answer | None:
    if at is None:
        return None
    return Answer(question=question, institution=adviser[0], author=adviser[1], text=text, at=at)


def _link(question: Question, referrals: list[Referral]) -> None:
    """The announcement that came of it, if the asker sent one afterwards."""
    for place, referral in enumerate(referrals):
        if referral.sender_id == question.asked_by_id and referral.created_at > question.asked_at:
            question.referral = referrals.pop(place)
            return
