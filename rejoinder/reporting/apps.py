"""Reports: what they keep beside the rows goes into backups."""

from django.apps import AppConfig


class Reporting(AppConfig):
    """Registers the files of days that are closed."""

    name = "rejoinder.reporting"

    def ready(self) -> None:
        from rejoinder.plumbing import backup

        backup.carry("history", r"\d{4}-\d{2}-\d{2}\.parquet")
