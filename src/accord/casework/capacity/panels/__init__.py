"""The capacity for work on the case page: its picture, its table, and what the doctor's conclusions allow."""

from accord.casework.capacity.panels.chart import Chart, chart_of
from accord.casework.capacity.panels.showing import capacity_panel, incapacity_told, summary_words

__all__ = ["Chart", "capacity_panel", "chart_of", "incapacity_told", "summary_words"]
