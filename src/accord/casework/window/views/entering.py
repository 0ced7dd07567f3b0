"""Come in, go out; language and size of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accord.casework.window.enums import TextSize
from accord.casework.window.forms import SignInForm
from accord.casework.window.models import Letter
from accord.casework.window.rules import IDLE_SECONDS
from accord.casework.window.selectors.sessions import CASE, LANGUAGE, LETTER, SIZE, size_of
from accord.casework.window.services import enter, note_leaving
from accord.casework.window.views.shell import page, window_screen
from accord.kernel.actors import NOBODY
from accord.kernel.database import acting_as
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import anyone


@screen(anyone, purpose="enter the window", public=True)
def sign_in(request: AccordRequest) -> HttpResponse:
    """The letter's number, one of its codes, and the birth date; every failure has the same answer."""
    if request.method != "POST" and request.actor.is_insured:
        return HttpResponseRedirect(reverse("window:today"))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with acting_as(NOBODY):
            letter = enter(address=address_of(request), **form.cleaned_data)
            if letter is not None:
                open_session(request, letter)
                return HttpResponseRedirect(reverse("window:today"))
        form.add_error(None, refusal())
    status = 422 if form.is_bound else 200
    return page(request, "window/sign_in.html", {"form": form}, status=status)


def refusal() -> str:
    """What every failure says; it holds all that may be wrong, and what to do."""
    return _(
        "Cela n’a pas marché. Vérifiez le numéro, le code et la date de naissance. Un code sert une seule"
        " fois. Après cinq essais, la lettre est bloquée. Si cela ne va pas, appelez le numéro écrit sur"
        " la lettre : vous en recevrez une nouvelle."
    )


def address_of(request: AccordRequest) -> str:
    """From where somebody tries: behind our proxy, the address that the proxy added last."""
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")[-1].strip()
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


def open_session(request: AccordRequest, letter: Letter) -> None:
    """A fresh session of her own; a colleague's session in the same browser ends."""
    size = size_of(request.session)
    logout(request)
    request.session[CASE], request.session[LETTER] = str(letter.case_id), str(letter.pk)
    chosen = request.COOKIES.get("accord_language", "")
    request.session[LANGUAGE] = chosen if translation.check_for_language(chosen) else letter.language
    request.session[SIZE] = size
    request.session.set_expiry(IDLE_SECONDS)


@window_screen(purpose="leave the window", methods=("POST",))
def leave(request: AccordRequest) -> HttpResponse:
    """Close the window; nothing stays in the browser."""
    note_leaving(by=request.actor)
    with acting_as(NOBODY):
        request.session.flush()
    messages.success(request, _("Vous êtes sortie. Vous pouvez fermer cette page."))
    return HttpResponseRedirect(reverse("window:sign-in"))


@screen(anyone, purpose="choose language", methods=("POST",), public=True)
def choose_language(request: AccordRequest) -> HttpResponse:
    """The language of the pages, as long as she is here."""
    wanted = request.POST.get("language", "")
    if not translation.check_for_language(wanted) or wanted not in dict(settings.LANGUAGES):
        raise Http404
    if request.actor.is_insured:
        request.session[LANGUAGE] = wanted
    response = HttpResponseRedirect(_where_she_was(request))
    response.set_cookie("accord_language", wanted, max_age=31_536_000, samesite="Lax", httponly=True)
    return response


@screen(anyone, purpose="choose theme", methods=("POST",), public=True)
def choose_size(request: AccordRequest) -> HttpResponse:
    """One step larger or smaller."""
    step = 1 if request.POST.get("step") == "+" else -1
    request.session[SIZE] = min(
        max(size_of(request.session) + step, min(TextSize.values)), max(TextSize.values)
    )
    return HttpResponseRedirect(_where_she_was(request))


def _where_she_was(request: AccordRequest) -> str:
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return reverse("window:sign-in")
