"""Read the lines of a grammar into shapes, and hold an element against its shape.

A line is `Shape @attribute:kind! @attribute:kind = child:Shape child:Shape? (this:Shape other:Shape)! …`:
`!` after an attribute demands it; a child may be followed by `?`, `*` or `+`; a choice by `!` (one) or `+`.
`name=kind` on the right of a line gives the kind of the element's own text; `*` accepts anything inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from accord.purchasing.invoices.rules.findings import Finding, finding
from accord.purchasing.invoices.rules.grammar.values import Test, kind
from accord.purchasing.invoices.rules.reading import NAMESPACE, XSI

CONTINUED = "\n  "
"""A line that begins with two spaces goes on with the one before."""
_OWN = f"{{{NAMESPACE}}}"
_XSI = f"{{{XSI}}}"
FOREIGN = {
    "{http://www.w3.org/2001/04/xmlenc#}EncryptedData": "EncryptedData",
    "{http://www.w3.org/2000/09/xmldsig#}Signature": "Signature",
}
_PARTS = re.compile(r"\(([^)]*)\)([!+?]?)|(\S+)")


@dataclass(slots=True)
class Shape:
    """What an element may hold."""

    name: str
    attributes: dict[str, tuple[Test, str]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    children: dict[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    order: re.Pattern[str] = re.compile("")
    text: tuple[Test, str] | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """The shapes of one version."""

    shapes: Mapping[str, Shape]

    @classmethod
    def of(cls, lines: str) -> Grammar:
        """Compile the lines."""
        shapes = (_shape(line) for line in lines.replace(CONTINUED, " ").splitlines() if line.strip())
        return cls({shape.name: shape for shape in shapes})

    def check(self, root: etree._Element) -> list[Finding]:
        """Hold the whole invoice against its grammar."""
        found: list[Finding] = []
        waiting = [(root, self.shapes["request"], "request")]
        while waiting:
            element, shape, path = waiting.pop()
            if shape.is_open:
                continue
            _check_attributes(element, shape, path, found)
            names = []
            for child in element:
                name = _local(child)
                names.append(name)
                following = shape.children.get(name)
                if following is None:
                    found.append(
                        finding("shape.unknown_element", child.sourceline or 0, f"{path}/{name}", name=name)
                    )
                else:
                    waiting.append((child, self.shapes[following], f"{path}/{name}"))
            _check_content(element, shape, path, names, found)
        return sorted(found, key=lambda one: one.line)


def _local(element: etree._Element) -> str:
    tag = str(element.tag)
    if tag.startswith(_OWN):
        return tag[len(_OWN) :]
    return FOREIGN.get(tag, tag)


def _check_attributes(element: etree._Element, shape: Shape, path: str, found: list[Finding]) -> None:
    known = shape.attributes
    given = dict(element.items())
    line = element.sourceline or 0
    for name, value in given.items():
        expected = known.get(name)
        if expected is None:
            if not name.startswith(_XSI):
                found.append(finding("shape.unknown_attribute", line, f"{path}/@{name}", name=name))
        elif not expected[0](value):
            found.append(finding("shape.value", line, f"{path}/@{name}", value=value, expected=expected[1]))
    for name in shape.required:
        if name not in given:
            found.append(finding("shape.missing_attribute", line, f"{path}/@{name}", name=name))


def _check_content(
    element: etree._Element, shape: Shape, path: str, names: list[str], found: list[Finding]
) -> None:
    line = element.sourceline or 0
    if shape.text is not None:
        if not shape.text[0](element.text or ""):
            found.append(finding("shape.value", line, path, value=element.text or "", expected=shape.text[1]))
    elif _has_text(element):
        found.append(finding("shape.text", line, path))
    if shape.order.fullmatch("".join(f"{name} " for name in names)):
        return
    missing = [name for name in shape.needed if not any(one in names for one in name.split("|"))]
    for name in missing:
        found.append(finding("shape.missing_element", line, f"{path}/{name}", name=name.replace("|", " / ")))
    if not missing and all(name in shape.children for name in names):
        found.append(finding("shape.order", line, path, expected=" ".join(shape.children)))


def _has_text(element: etree._Element) -> bool:
    return bool(element.text and element.text.strip()) or any(
        child.tail and child.tail.strip() for child in element
    )


def _shape(line: str) -> Shape:
    """One line of the grammar."""
    left, _, right = (part.strip() for part in line.partition(" ="))
    name, *attributes = left.split()
    shape = Shape(name)
    for attribute in attributes:
        label, _, of = attribute.lstrip("@").rstrip("!").partition(":")
        shape.attributes[label] = kind(of)
    shape.required = frozenset(one[1:].split(":")[0] for one in attributes if one.endswith("!"))
    if right == "*":
        shape.is_open = True
    elif right.startswith("text:"):
        shape.text = kind(right[5:])
    else:
        particles = list(_particles(right))
        shape.children = {child: of for particle in particles for child, of in particle.members}
        shape.needed = tuple(particle.names for particle in particles if particle.is_needed)
        shape.order = re.compile("".join(particle.pattern for particle in particles))
    return shape


@dataclass(frozen=True, slots=True)
class Particle:
    """A child, or a choice of children, with how often it may come."""

    members: tuple[tuple[str, str], ...]
    times: str

    @property
    def names(self) -> str:
        """The names, joined."""
        return "|".join(name for name, _shape in self.members)

    @property
    def is_needed(self) -> bool:
        """Whether it must come at least once."""
        return self.times in ("", "+")

    @property
    def pattern(self) -> str:
        """The expression over the names of the children, each followed by a space."""
        return f"(?:{'|'.join(f'{re.escape(name)} ' for name, _shape in self.members)}){self.times}"


def _particles(right: str) -> Iterator[Particle]:
    for choice, times, single in _PARTS.findall(right):
        if choice:
            yield Particle(tuple(_member(one) for one in choice.split()), times.replace("!", ""))
        else:
            yield Particle((_member(single.rstrip("?*+")),), single[-1] if single[-1] in "?*+" else "")


def _member(word: str) -> tuple[str, str]:
    name, _, shape = word.partition(":")
    return name, shape or name
