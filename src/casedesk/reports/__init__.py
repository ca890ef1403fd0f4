"""What happened: figures that can be trusted, each with its definition, its n and the rows behind it (behaviour 8)."""

from casedesk.reports.running import Reports
from casedesk.reports.values import Chart, Figure, Line, Report, Request, Rows

__all__ = ["Chart", "Figure", "Line", "Report", "Reports", "Request", "Rows"]
