"""What an office publishes for those who would like to become providers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import Topic
from accord.purchasing.providers.forms import GuidanceForm
from accord.purchasing.providers.policies import manages_contracts
from accord.purchasing.providers.selectors import guidance_of, guidance_versions
from accord.purchasing.providers.services import publish_guidance
from accord.purchasing.providers.views.answering import refuse


@screen(manages_contracts, purpose="publish expectations", methods=("GET",))
def guidance(request: AccordRequest) -> HttpResponse:
    """What is published, topic by topic."""
    office = Institution.objects.get(pk=request.actor.institution_key)
    published = {found.topic: found for found in guidance_of(office)}
    topics = [{"topic": topic, "published": published.get(topic)} for topic in Topic]
    return render(request, "providers/guidance.html", {"topics": topics, "office": office})


@screen(manages_contracts, purpose="publish expectations")
def publish(request: AccordRequest, topic: str) -> HttpResponse:
    """Publish a new version; the earlier ones stay to be read."""
    if topic not in Topic.values:
        raise Http404
    versions = guidance_versions(request.actor.institution_key, topic)
    newest = versions[0] if versions else None
    form = GuidanceForm(
        request.POST or None,
        initial={"text": newest.text if newest else "", "base": newest.number if newest else 0},
    )
    back = reverse("providers:guidance")
    if request.method == "POST" and form.is_valid():
        try:
            publish_guidance(by=request.actor, topic=topic, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        except Stale as stale:
            return _conflict(request, form.cleaned_data["text"], stale.current, back)
        else:
            messages.success(request, _("Le texte est publié."))
            return HttpResponseRedirect(back)
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "back": back, "topic": Topic(topic), "versions": versions}
    return render(request, "providers/publish.html", context, status=status)


def _conflict(request: AccordRequest, mine: str, theirs: Any, back: str) -> HttpResponse:
    field = {"label": _("Texte"), "name": "text", "mine": mine, "theirs": theirs.text, "changed": True}
    context = {
        "fields": [field],
        "who": theirs.author.name if theirs.author else "",
        "at": theirs.published_at,
        "action": request.path,
        "version": None,
        "hidden": [("base", str(theirs.number))],
        "back": back,
    }
    return render(request, "web/conflict.html", context, status=409)
