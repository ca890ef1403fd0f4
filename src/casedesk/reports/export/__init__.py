"""Reports for other programs and for people without casedesk: CSV, JSON, SVG and one HTML page (X10)."""
