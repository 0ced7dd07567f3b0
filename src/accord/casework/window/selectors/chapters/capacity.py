"""What she can do at work, and for how long she could not."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accord.casework.capacity.models import FunctionalSummary, IncapacityPeriod
from accord.casework.capacity.rules import WorkCapacity
from accord.casework.capacity.selectors import periods_of, summary_of
from accord.casework.cases.models import Case
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.kernel.actors import Actor

ALL = 100


def capacity(actor: Actor, case: Case) -> Chapter:
    """The functional summary that holds, then the periods of each source, the latest first."""
    summary = summary_of(actor, case)
    periods = sorted(periods_of(actor, case), key=lambda one: one.since, reverse=True)
    items = (*([_summary(summary)] if summary else []), *(_period(one) for one in periods))
    sentence = (
        _("Ici est écrit ce que vous pouvez faire au travail. Aucune maladie n’est nommée.")
        if items
        else _("Rien n’est encore écrit ici sur ce que vous pouvez faire au travail.")
    )
    return Chapter("capacity", _("Ma capacité de travail"), (sentence,), items)


def _summary(summary: FunctionalSummary) -> Item:
    return Item(_("Ce que vous pouvez faire"), tuple(_can(summary)), summary.created_at)


def _can(summary: FunctionalSummary) -> Iterable[str]:
    yield _("Écrit par %(institution)s") % {"institution": summary.owner.name}
    if summary.usual:
        yield _activity(_("Dans votre métier habituel"), summary.usual)
    if summary.adapted:
        yield _activity(_("Dans un travail adapté à votre santé"), summary.adapted)
    for word, limit in summary.limits:
        words = {"word": word, "text": limit.effect}
        yield (
            _("À respecter, pour longtemps : %(word)s. %(text)s")
            if limit.is_lasting
            else _("À respecter pour le moment : %(word)s. %(text)s")
        ) % words
    if summary.expectations:
        yield _("Ce qui est attendu : %(text)s") % {"text": summary.expectations}
    if summary.conditions:
        yield _("À cette condition : %(text)s") % {"text": summary.conditions}


def _activity(word: str, found: WorkCapacity) -> str:
    if found.time == 0:
        return _("%(word)s : pas de travail possible depuis le %(day)s.") % {
            "word": word,
            "day": f"{found.since:%d.%m.%Y}",
        }
    return _(
        "%(word)s : %(time)s %% du temps, et pendant ce temps %(performance)s %% du travail, depuis le %(day)s."
    ) % {
        "word": word,
        "time": found.time,
        "performance": found.performance,
        "day": f"{found.since:%d.%m.%Y}",
    }


def _period(period: IncapacityPeriod) -> Item:
    words = {
        "since": f"{period.since:%d.%m.%Y}",
        "until": f"{period.until:%d.%m.%Y}" if period.until else "",
    }
    title = _("Du %(since)s au %(until)s") if words["until"] else _("Depuis le %(since)s")
    return Item(
        title % words,
        (_rate(period.rate), _("D’après : %(source)s") % {"source": period.source}),
    )


def _rate(rate: int) -> str:
    if rate == ALL:
        return _("Vous ne pouvez pas travailler.")
    if rate == 0:
        return _("Vous pouvez travailler sans limite.")
    return _("Vous pouvez travailler à %(rate)s %%.") % {"rate": ALL - rate}
