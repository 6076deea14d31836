"""The desk for programs: `/api/v1`, the same functions as the pages, as JSON."""
