"""Dates as they are typed; see docs/explanation/look.md."""

DATE_FORMAT = "d.m.Y"
SHORT_DATE_FORMAT = "d.m.Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "d.m.Y, H:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y", "%d/%m/%y", "%Y-%m-%d", "%d %m %Y", "%d%m%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H.%M", "%Hh%M", "%H:%M:%S"]
