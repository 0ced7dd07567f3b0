"""Kinds of values that attributes and texts hold: each tells what it expects when a value is not of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

Test = Callable[[str], bool]

_DOUBLE = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DAY = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"T(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_DURATION = r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
_SLIP_LINE = (
    r"01[0-9]{11}>[0-9]{16}\+ [0-9]{9}>|042>[0-9]{16}\+ [0-9]{9}>"
    r"|01[0-9]{11}>[0-9]{27}\+ [0-9]{9}>|042>[0-9]{27}\+ [0-9]{9}>"
)

PATTERNS = {
    "gln": (r"[0-9]{13}", "13 digits"),
    "zsr": (r"[A-Z][0-9]{6}", "a letter and 6 digits"),
    "nif": (r"[0-9]{1,7}", "1 to 7 digits"),
    "ssn45": (
        r"[0-9]{4,10}|[1-9][0-9]{10}|756[0-9]{10}|438[0-9]{10}",
        "13 digits that begin with 756 or 438",
    ),
    "ssn50": (r"[0-9]{4,10}|756[0-9]{10}|438[0-9]{10}", "13 digits that begin with 756 or 438"),
    "ivcase": (
        r"[0-9]{14}|[0-9]{10}|[0-9]{9}|[0-9]{6}",
        "14 digits (or 6: the office and 280), without dots",
    ),
    "tariff": (r"[0-9A-Z]{3}", "3 digits or capital letters"),
    "iban": (r"(?:LI|CH)[0-9]{7}[0-9A-Z]{12}", "an IBAN of Switzerland or Liechtenstein, without spaces"),
    "guid": (r"[A-Fa-f0-9]{32}", "32 hexadecimal digits"),
    "currency": (r"CHF", "CHF"),
    "printcentre": (r"2005555555003", "2005555555003"),
    "norecipient": (r"2006666666008", "2006666666008"),
    "country": (r"[A-Z]{2}", "2 capital letters"),
    "email70": (r"(?=.{1,70}\Z).+@.+", "an e-mail address of at most 70 characters"),
    "email80": (r"(?=.{1,80}\Z).+@.+", "an e-mail address of at most 80 characters"),
    "mime": (r"application/pdf|image/jpeg|image/png", "application/pdf, image/jpeg or image/png"),
    "filename": (r"[A-Za-z0-9._-]{1,250}\.[A-Za-z0-9_-]{3,4}", "letters, digits, . _ - and an extension"),
    "qrref45": (r"[0-9]{27}|RF[0-9]{2}[0-9A-Z]{1,21}", "27 digits, or RF and its number"),
    "qrref": (r"[0-9]{27}", "27 digits"),
    "rf": (r"RF[0-9]{2}[0-9A-Za-z]{1,21}", "RF and its number"),
    "esr9ref": (
        r"[0-9] (?:[0-9]{5} ){2}[0-9]{5}|[0-9]{2} (?:[0-9]{5} ){4}[0-9]{5}",
        "16 or 27 digits in groups",
    ),
    "esr9part": (r"01-[1-9][0-9]{0,5}-[0-9]", "01-…-…"),
    "esr9line": (_SLIP_LINE, "the coding line of the slip"),
    "postaccount": (r"[0-9]{2}-[0-9]{1,6}-[0-9]", "a postal account"),
    "esrredref": (r"[0-9A-Z]{10}", "10 digits or capital letters"),
    "esrredline1": (r"[0-9]{27}\+ 07[0-9]{7}>|[0-9]{9}>", "the coding line of the slip"),
    "esrredline2": (r"[0-9]{9}>", "the coding line of the slip"),
}
COLLAPSED = {
    "double": (_DOUBLE, "a number"),
    "bool": (r"true|false|0|1", "true or false"),
    "duration": (_DURATION, "a duration such as P30D"),
    "base64": (r"[A-Za-z0-9+/= \t\r\n]*", "a document in base64"),
}
RANGES = {
    "record": (1, 999_999_999),
    "session": (1, 999_999),
    "ushort": (0, 65_535),
    "uint": (0, 4_294_967_295),
    "ulong": (0, 18_446_744_073_709_551_615),
    "long": (-9_223_372_036_854_775_808, 9_223_372_036_854_775_807),
    "positive": (1, 10**18),
    "stamp45": (1_420_066_800, 1_924_902_000),
    "stamp50": (1_420_066_800, 2_890_245_600),
}
NUMBERS = {
    "rate": (lambda number: 0 <= number <= 100, "a rate between 0 and 100"),
    "factor": (lambda number: number > 0, "a factor above 0"),
    "factor0": (lambda number: number >= 0, "a factor of 0 or more"),
}
CANTONS = (
    "AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TI|TG|UR|VD|VS|ZG|ZH|LI|A|D|F|I"  # with abroad
)
_WHOLE = re.compile(r"[+-]?[0-9]{1,20}")


@cache
def kind(name: str) -> tuple[Test, str]:
    """The test of a kind of value, and the words for what it expects.

    `s35` is a text of 1 to 35 characters, `a|b` one of these words; the others are in the tables above.
    """
    if name == "canton":
        name = CANTONS
    if "|" in name:
        words = frozenset(name.split("|"))
        return (lambda value: value.strip() in words), ", ".join(name.split("|"))
    if name in PATTERNS:
        pattern, words_of = PATTERNS[name]
        return _matches(pattern), words_of
    if name in COLLAPSED:
        pattern, words_of = COLLAPSED[name]
        return _matches_collapsed(pattern), words_of
    if name in RANGES:
        low, high = RANGES[name]
        return (lambda value: _is_whole(value, low, high)), f"a whole number from {low} to {high}"
    if name in NUMBERS:
        holds, words_of = NUMBERS[name]
        return (lambda value: _is_number(value, holds)), words_of
    if name in ("date", "dateTime"):
        return _is_date(name), "a date such as 2026-01-31" if name == "date" else "2026-01-31T00:00:00"
    low, high = _lengths(name)
    return (lambda value: low <= len(value) <= high), f"{low} to {high} characters"


def _lengths(name: str) -> tuple[int, int]:
    """`s35` is 1 to 35 characters, `t350` may be empty."""
    return (0 if name[0] == "t" else 1), int(name[1:])


def _matches(pattern: str) -> Test:
    match = re.compile(pattern).fullmatch
    return lambda value: match(value) is not None


def _matches_collapsed(pattern: str) -> Test:
    match = re.compile(pattern).fullmatch
    return lambda value: match(value.strip()) is not None


def _is_whole(value: str, low: int, high: int) -> bool:
    return _WHOLE.fullmatch(value.strip()) is not None and low <= int(value) <= high


def _is_number(value: str, holds: Callable[[float], bool]) -> bool:
    return re.fullmatch(_DOUBLE, value.strip()) is not None and holds(float(value))


def _is_date(name: str) -> Test:
    match = re.compile(_DAY + (_TIME if name == "dateTime" else "") + _ZONE).fullmatch

    def holds(value: str) -> bool:
        found = match(value.strip())
        if found is None:
            return False
        try:
            date.fromisoformat(found[1])
        except ValueError:
            return False
        return True

    return holds
