"""The capacity for work: what the person can do, and her incapacity by source."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accord.casework.capacity.models import FunctionalSummary
from accord.casework.capacity.panels import summary_words
from accord.casework.capacity.selectors import periods_of, summary_of
from accord.casework.cases.enums import Category
from accord.casework.cases.panels import why_hidden
from accord.web.case_file.chapters.shape import Chapter, days, told
from accord.web.case_panels.folder import Folder
from accord.web.templatetags.interface.writing import day


def capacity(folder: Folder) -> Chapter:
    """The functional summary that holds, then the periods of each source."""
    summary = summary_of(folder.actor, folder.case)
    return Chapter(
        "capacite",
        _("La capacité de travail"),
        facts=told(*_facts(summary)) if summary else (),
        columns=(_("D’après"), _("Incapacité"), _("Depuis le"), _("Jusqu’au"), _("Cause")),
        rows=tuple(
            (
                one.source,
                _("%(rate)s %%") % {"rate": one.rate},
                *days(one.since, one.until),
                str(one.get_cause_display()),
            )
            for one in periods_of(folder.actor, folder.case)
        ),
        hidden=why_hidden(folder.sight, Category.CAPACITY, folder.programme),
    )


def _facts(summary: FunctionalSummary) -> Iterable[tuple[str, str]]:
    words = summary_words(summary)
    yield _("Résumé publié par"), f"{summary.owner.name}, {day(summary.created_at)}"
    for activity in words["activities"]:
        found = activity["capacity"]
        share = {"time": found.time, "performance": found.performance, "day": day(found.since)}
        yield (
            activity["word"],
            _("%(time)s %% du temps, rendement %(performance)s %%, dès le %(day)s") % share,
        )
    yield _("Limitations"), "\n".join(f"{word} : {limit.effect}" for word, limit in summary.limits)
    yield _("Attentes"), summary.expectations
    yield _("Aptitude"), str(words["fitness"])
    yield _("Conditions"), summary.conditions
