"""She reads her plan and signs it; or she says that she does not agree."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.services import read_case
from accord.casework.plans.panels import Words
from accord.casework.plans.selectors import Offered, offered_to
from accord.casework.plans.services import PlanChanged, sign_as_person
from accord.casework.plans.views.agreeing import read_from
from accord.casework.window.selectors import own_case
from accord.casework.window.selectors.chapters.plan import plan_chapter, waits_for_her
from accord.casework.window.views.shell import page, window_screen
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest
from accord.network.programmes.selectors import programme_for


@window_screen(purpose="sign the plan")
def sign_plan(request: AccordRequest) -> HttpResponse:
    """The whole plan, and her signature under exactly what she read; what changed meanwhile is shown."""
    case = own_case(request.actor)
    changes: list[tuple[str, str]] | None = None
    if request.method == "POST":
        try:
            _sign(request)
        except PlanChanged as changed:
            changes = changed.changes
        except Refused as refused:
            messages.error(request, refused.sentence)
            return _to_plan()
        else:
            messages.success(request, _("Merci. Votre signature est notée. Les institutions la voient."))
            return _to_plan()
    offered = offered_to(request.actor, case)
    if offered is None or not waits_for_her(case, offered.tree):
        return _to_plan()
    read_case(by=request.actor, case=case, what="plan")
    return _page(request, case, offered, changes)


def _to_plan() -> HttpResponse:
    return HttpResponseRedirect(reverse("window:plan"))


def _sign(request: AccordRequest) -> None:
    sign_as_person(
        by=request.actor,
        fingerprint=request.POST.get("fingerprint", ""),
        read=read_from(request.POST.get("read", "")),
    )


def _page(
    request: AccordRequest, case: Case, offered: Offered, changes: list[tuple[str, str]] | None
) -> HttpResponse:
    words = Words(
        offered.sheet, programme_for(case.programme, case.programme_version), get_language() or "fr"
    )
    context: dict[str, Any] = {
        "chapter": plan_chapter(case, offered.tree),
        "fingerprint": offered.fingerprint,
        "read": json.dumps(dict(offered.read)),
        "has_changed": changes is not None,
        "changes": words.read_since(changes or []),
    }
    status = 200 if changes is None else 409
    return page(request, "window/plan_sign.html", context, here="plan", status=status)
