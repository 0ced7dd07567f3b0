"""Screens of the durations."""

from accord.casework.durations.views.exporting import csv_export, excel_export
from accord.casework.durations.views.reading import calculation, durations, programme_list

__all__ = ["calculation", "csv_export", "durations", "excel_export", "programme_list"]
