"""On whose behalf one acts, in which language, and a sign of life for whoever watches over the server."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accord.foundation.accounts.models import User
from accord.kernel.http import AccordRequest, act_for, screen
from accord.network.institutions.policies import anyone, signed_in


@screen(signed_in, purpose="switch institution", methods=("POST",))
def acting_for(request: AccordRequest) -> HttpResponse:
    """Act on behalf of another of one's institutions; an institution that is not one's own is a 404."""
    if not act_for(request, request.POST.get("institution", "")):
        raise Http404
    return HttpResponseRedirect(reverse("web:home"))


@screen(anyone, purpose="choose language", methods=("POST",), public=True)
def language(request: AccordRequest) -> HttpResponse:
    """Choose the language of the pages; kept with the account when one is signed in."""
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        raise Http404
    if request.actor.user_id is not None:
        User.objects.filter(pk=request.actor.user_key).update(language=wanted)
    response = HttpResponseRedirect(_where_she_was(request))
    response.set_cookie("accord_language", wanted, max_age=31_536_000, samesite="Lax", httponly=True)
    return response


def _where_she_was(request: AccordRequest) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return reverse("web:home")


@screen(signed_in, purpose="choose theme", methods=("POST",))
def theme(request: AccordRequest) -> HttpResponse:
    """Choose light or dark pages, or what the device prefers; kept with the account."""
    wanted = request.POST.get("theme", "")
    if wanted not in ("auto", "light", "dark"):
        raise Http404
    User.objects.filter(pk=request.actor.user_key).update(theme=wanted)
    return HttpResponseRedirect(_where_she_was(request))


@screen(anyone, purpose="health", methods=("GET",), public=True)
def alive(request: AccordRequest) -> HttpResponse:
    """The server answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("alive\n", content_type="text/plain")
