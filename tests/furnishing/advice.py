"""Questions in the worlds and scenes of the whole house."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.casework.advice.models import Answer, Question
from accord.casework.advice.policies import gives_advice, visible_to
from accord.casework.advice.services import ask_question
from accord.casework.cases.models import Case
from accord.kernel.clock import now, today
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.network.programmes.models import ProgrammeMember
from scenarios import colleague

WALLS = {
    Question: visible_to,
    Answer: lambda actor: Q(question__in=Question.objects.filter(visible_to(actor))),
}
OWNED = {"question_id"}
CLIENTS = {
    gives_advice: lambda scene: colleague(scene.ours.institution, Role.REFERENT).browser(),
}
NOT_A_PAGE = {"advice:statistics_csv"}
BY = {"advice:statistics": "demo02@accord.example"}
PICTURES = {"advice": "/conseils/?liste=posees"}


def furnish_world(world: Any, case: Case) -> None:
    """Questions to one institution, and to any referent of a circle; one institution has a referent."""
    slug = f"advice-{case.pk.hex[-12:]}"
    seated = world.dice.sample(world.institutions, 3)
    for house in seated:
        ProgrammeMember.objects.create(programme_slug=slug, institution=house, role="member")
    if not Membership.objects.filter(institution=seated[0], role=Role.REFERENT).exists():
        colleague(seated[0], Role.REFERENT)
    for addressee in (None, world.anyone()):
        question = Question.objects.create(
            programme=slug,
            asked_by=world.dice.choice(seated[1:]),
            addressee=addressee,
            subject="x",
            text="x",
            due_on=today(),
            state="answered",
            answered_at=now(),
        )
        Answer.objects.create(question=question, institution=seated[0], text="x")


def furnish_scene(scene: Any) -> dict[str, object]:
    """Our institution asked something of its circle."""
    ProgrammeMember.objects.get_or_create(
        programme_slug="cii-geneve",
        institution=scene.ours.institution,
        until=None,
        defaults={"role": "member"},
    )
    question = ask_question(
        by=scene.ours.actor, programme_slug="cii-geneve", subject="Délai de carence", text="Que faire avant ?"
    )
    return {"question_id": question.pk}


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """A question of the caseworker's institution from which no announcement came yet."""
    return {
        "question_id": site.value(
            "select id from advice_question where asked_by_id = %s and referral_id is null"
            " order by asked_at desc limit 1",
            house,
        )
    }
