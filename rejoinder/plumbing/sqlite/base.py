"""The database backend Django loads: SQLite whose transactions begin in turn."""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from rejoinder.plumbing.turn import Turn


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection; it stands in the row from BEGIN to the end of its transaction."""

    _turn: Turn | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        if not self.is_in_memory_db():
            name = Path(self.settings_dict["NAME"])
            self._turn = Turn(name.with_name(name.name + "-turn"))
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if self._turn:
            self._turn.take()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in the stubs
        except BaseException:
            self._give()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in the stubs
        finally:
            self._give()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in the stubs
        finally:
            if self._turn:
                self._turn.close()
                self._turn = None

    def _give(self) -> None:
        if self._turn:
            self._turn.give()
