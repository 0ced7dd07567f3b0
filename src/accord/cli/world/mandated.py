"""What providers of the demo send in about their mandates: days, reports, documents, each with its receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random

from accord.cli.world.network import Network
from accord.cli.world.papers import write_paper
from accord.kernel.clock import SWISS_TIME, now, today
from accord.network.institutions.models import Institution
from accord.purchasing.measures.enums import Channel, MandateState, Presence, ReportState
from accord.purchasing.measures.models import Attendance, Delivery, Interruption, Mandate, Report
from accord.purchasing.measures.rules import receipt_number, reports_due

REPORT = (
    (
        "Présence régulière ; le rythme a été augmenté deux fois.",
        "La demi-journée est tenue, un stage est en vue.",
        "Poursuivre jusqu’au terme prévu.",
    ),
    (
        "Regelmässig anwesend; das Pensum wurde zweimal erhöht.",
        "Der halbe Tag gelingt, ein Praktikum ist in Sicht.",
        "Bis zum vorgesehenen Ende weiterfahren.",
    ),
)  # fmt: skip
PAST = (
    ReportState.ACCEPTED, ReportState.SENT, ReportState.ACCEPTED, ReportState.AWAITED, ReportState.ACCEPTED,
    ReportState.ASKED_BACK, ReportState.SENT,
)  # fmt: skip
"""What became of reports whose day is over, one after the other; the awaited one is late."""
LATE = (-3, -1, 4, 0, -2, 1, -5)
"""Days between the day of a report and its sending."""


@dataclass(slots=True)
class Returned:
    """What came back, in the order in which it is written."""

    attendance: list[Attendance] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)


class Follower:
    """Writes for each mandate what its provider sends in."""

    def __init__(self, random: Random) -> None:
        self.random, self.rows, self.receipts = random, Returned(), 0
        self.fates = cycle(zip(PAST, LATE, strict=True))

    def attend(self, mandate: Mandate, rests: list[Interruption]) -> None:
        """Four days a week, up to yesterday; one where hours are counted, none while the measure rests."""
        day, last = mandate.since, min(mandate.until, today() - timedelta(days=1))
        while day <= last:
            is_resting = any(rest.since <= day and (not rest.until or day <= rest.until) for rest in rests)
            if day.weekday() < (1 if mandate.hours_per_month else 4) and not is_resting:
                self.rows.attendance.append(self._day(mandate, day))
            day += timedelta(days=1)

    def _day(self, mandate: Mandate, day: date) -> Attendance:
        is_there = self.random.random() > 0.08
        presence = Presence.PRESENT if is_there else self.random.choice([Presence.SICK, Presence.EXCUSED])
        hours = Decimal(2 if mandate.hours_per_month else 4) if is_there else Decimal(0)
        return Attendance(mandate=mandate, day=day, presence=presence, hours=hours)

    def report(self, mandate: Mandate, is_german: bool) -> None:
        """The reports of a mandate, each as far as its day has come."""
        if mandate.state == MandateState.CANCELLED:
            return
        for due in reports_due(mandate.since, mandate.until, interim_percent=50, final_days_before=14):
            report = Report(mandate=mandate, kind=due.kind, due_on=due.on)
            self.rows.reports.append(report)
            if due.on >= today():
                continue
            if mandate.state == MandateState.STOPPED and due.kind == "final":
                report.state = ReportState.WAIVED
                continue
            report.state, late = next(self.fates)
            if report.state != ReportState.AWAITED:
                report.course, report.progress, report.outlook = REPORT[is_german]
                sent = datetime.combine(due.on + timedelta(days=late), time(15, 10), SWISS_TIME)
                report.sent_at = min(now(), sent)
                self._receive(mandate, report)
            if report.state == ReportState.ASKED_BACK:
                report.question = "Combien d’heures par jour tient-elle maintenant ?"

    def _receive(self, mandate: Mandate, report: Report) -> None:
        self._hand_in(
            Channel.REPORTS,
            mandate.provider.institution,
            mandate.owner,
            str(report.get_kind_display()),
            mandate=mandate,
            report=report,
            at=report.sent_at,
            handled_at=now() if report.state == ReportState.ACCEPTED else None,
        )

    def _hand_in(
        self, channel: Channel, house: Institution, office: Institution, title: str, **more: object
    ) -> None:
        self.receipts += 1
        number = receipt_number(today().year, self.receipts)
        self.rows.deliveries.append(
            Delivery(number=number, channel=channel, institution=house, office=office, title=title, **more)
        )

    def hand_in_papers(self, network: Network, mandates: list[Mandate]) -> None:
        """By the two other channels: something about a person, and something for contract management."""
        for slug in ("oai-ge", "oai-vs"):
            office = network.houses[slug]
            of_office = [one for one in mandates if one.owner == office and one.state == MandateState.RUNNING]
            for mandate in of_office[:1]:
                house, at = mandate.provider.institution, now() - timedelta(days=2)
                paper = write_paper(house, "Attestation de stage")
                self._hand_in(
                    Channel.DOCUMENTS, house, office, "Attestation de stage",
                    mandate=mandate, document=paper, at=at,
                )  # fmt: skip
                self._hand_in(
                    Channel.CONTRACTS, house, office, "Offre : un atelier de plus",
                    document=paper, at=at - timedelta(days=4),
                )  # fmt: skip

    def save(self) -> None:
        """Write all of it."""
        Attendance.objects.bulk_create(self.rows.attendance)
        Report.objects.bulk_create(self.rows.reports)
        Delivery.objects.bulk_create(self.rows.deliveries)
