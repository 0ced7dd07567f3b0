"""Invoices checked per second and core, beside the bare `xmllint --schema` of the same files in the same run."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from lxml import etree

from accord.kernel.clock import SWISS_TIME
from accord.purchasing.invoices.rules import check_file
from accord.purchasing.invoices.rules.schemas import REQUEST, installed, schema_of
from accord.purchasing.invoices.rules.writing import Address, Draft, DraftLine, write_invoice

TARGET = 0.35
"""Of the bare validator's rate: safe reading, official schema, typed and business checks together."""
FILES = 400
LINES = 90
"""About 29 kB a file, as in the table of the targets."""
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rates:
    """Files per second on one core; `bare` is libxml2 alone when xmllint is not on this machine."""

    ours: float
    bare: float
    bare_name: str
    kilobytes: float
    with_schema: bool

    @property
    def ratio(self) -> float:
        """Ours over the bare validator's."""
        return self.ours / self.bare if self.bare else 0.0

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.ratio >= TARGET

    def __str__(self) -> str:
        return (
            f"Invoices checked per second and core: {self.ours:,.0f} of {self.kilobytes:.0f} kB; "
            f"{self.bare_name}: {self.bare:,.0f}; ratio {self.ratio:.2f} (target ≥ {TARGET})"
        )


def measure_invoices(schemas: Path) -> Rates | str:
    """The rates, or the sentence that says why nothing can be compared."""
    if ("request", "5.0") not in installed(schemas):
        return (
            "The official schemas are not installed (accord schemas install DIR): invoices were not measured."
        )
    with tempfile.TemporaryDirectory() as folder:
        paths = _write(Path(folder))
        schema = installed(schemas)[REQUEST, "5.0"]
        bare_name, bare = _bare(schema, paths, schemas)
        ours = _best(lambda: _check(paths, schemas))
        size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
        return Rates(len(paths) / ours, len(paths) / bare, bare_name, size, True)


def _write(folder: Path) -> list[Path]:
    first = date(2026, 3, 1)
    line = DraftLine(
        "905.310.5", "Accompagnement individuel en entreprise", Decimal("1.5"), Decimal(150), first
    )
    draft = Draft(
        version="5.0",
        request_id="B",
        requested=datetime(2026, 8, 3, 9, tzinfo=SWISS_TIME),
        provider=Address("Atelier du Rhône", "Rue des Artisans 12", "1227", "Carouge", "7601000000057"),
        office=Address("Office AI Genève", "Rue des Gares 12", "1201", "Genève", "7601000000064"),
        insured=Address("Favre", "Rue du Lac 3", "1207", "Genève", given_name="Camille"),
        gender="female",
        birth=date(1988, 4, 12),
        ssn="7563026070592",
        decision="32520261000896",
        iban="CH9300762011623852957",
        lines=[replace(line, begin=first + timedelta(days=day)) for day in range(LINES)],
        canton="GE",
    )
    paths = []
    for number in range(FILES):
        path = folder / f"{number:05}.xml"
        path.write_bytes(write_invoice(replace(draft, request_id=f"B{number}")))
        paths.append(path)
    return paths


def _check(paths: list[Path], schemas: Path) -> None:
    for path in paths:
        assert check_file(path, schemas=schemas).is_accepted


def _bare(schema: Path, paths: list[Path], schemas: Path) -> tuple[str, float]:
    """xmllint on all files at once; without it, the same library called bare in this process."""
    xmllint = shutil.which("xmllint")
    if xmllint:
        command = [xmllint, "--noout", "--nonet", "--schema", str(schema), *map(str, paths)]
        return "xmllint --schema", _best(
            lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        )
    compiled = schema_of(schemas, REQUEST, "5.0")
    assert compiled is not None
    return "libxml2 bare in this process (xmllint is not here)", _best(lambda: _validate(compiled, paths))


def _validate(compiled: etree.XMLSchema, paths: list[Path]) -> None:
    for path in paths:
        assert compiled.validate(etree.fromstring(path.read_bytes()))


def _best(act: Callable[[], object]) -> float:
    """Seconds of one core, ours or a child's, in the quickest of some rounds: what others do here costs us nothing."""
    took = []
    for _round in range(ROUNDS):
        begun = _worked()
        act()
        took.append(_worked() - begun)
    return min(took)


def _worked() -> float:
    """Seconds of processor time of this process and of the children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    from accord.config import environment

    print(measure_invoices(environment.schema_dir()))
