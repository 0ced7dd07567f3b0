"""The figures as tables and pictures."""

from accord.casework.durations.panels.charts import Drawing, bars, columns, stacks
from accord.casework.durations.panels.further import further_tables, show_further
from accord.casework.durations.panels.tables import (
    HIDDEN,
    Hidden,
    Table,
    Value,
    distribution_table,
    houses_table,
    outcomes_by_period,
    outcomes_table,
    periods_table,
    running_table,
    stages_table,
    waiting_table,
)

__all__ = [
    "HIDDEN",
    "Drawing",
    "Hidden",
    "Table",
    "Value",
    "bars",
    "columns",
    "distribution_table",
    "further_tables",
    "houses_table",
    "outcomes_by_period",
    "outcomes_table",
    "periods_table",
    "running_table",
    "show_further",
    "stacks",
    "stages_table",
    "waiting_table",
]
