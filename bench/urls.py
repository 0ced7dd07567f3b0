"""The addresses of the house, and the shell: an empty signed-in page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import signed_in


@screen(signed_in, purpose="bench", methods=("GET",))
def shell(request: AccordRequest) -> HttpResponse:
    """Session, user, actor, menus and frame, and nothing inside."""
    return render(request, "base.html")


urlpatterns = [path("bench/shell/", shell), path("", include("accord.config.urls"))]
handler400 = "accord.web.errors.bad_request"
handler403 = "accord.web.errors.forbidden"
handler404 = "accord.web.errors.not_found"
handler500 = "accord.web.errors.server_error"
