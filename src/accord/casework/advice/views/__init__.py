"""Screens of advice."""

from accord.casework.advice.views.answering import addition, answer, closure
from accord.casework.advice.views.asking import announcement, ask
from accord.casework.advice.views.reading import question_list, show
from accord.casework.advice.views.statistics import statistics_csv, statistics_page

__all__ = [
    "addition",
    "announcement",
    "answer",
    "ask",
    "closure",
    "question_list",
    "show",
    "statistics_csv",
    "statistics_page",
]
