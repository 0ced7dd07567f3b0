"""The page about oneself; signing in and the second factor are allauth's screens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accord.foundation.accounts import selectors
from accord.foundation.accounts.forms import ProfileForm
from accord.foundation.accounts.policies import signed_in
from accord.foundation.accounts.services import PROFILE, change_profile
from accord.kernel.http import AccordRequest, screen


@screen(signed_in, purpose="own profile")
def profile(request: AccordRequest) -> HttpResponse:
    """See and change one's name, language, appearance and telephone; the way to the second factor."""
    user = selectors.myself(request.actor)
    form = ProfileForm(request.POST or None, initial={name: getattr(user, name) for name in PROFILE})
    if request.method == "POST" and form.is_valid():
        changed = change_profile(by=request.actor, values=form.cleaned_data)
        with translation.override(changed.language):
            messages.success(request, _("Votre profil est enregistré."))
        return redirect("accounts:profile")
    context = {"form": form, "person": user, "factors": selectors.second_factors(request.actor)}
    return render(request, "accounts/profile.html", context)
