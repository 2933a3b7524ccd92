"""Django's SQLite backend, set up to keep a government record and to let writers in one after another."""

from typing import Any

from django.db.backends.sqlite3.base import DatabaseWrapper as DjangoDatabaseWrapper

from raprong.core.databases.sqlite3.write_lock import WriteLock

BUSY_TIMEOUT_SECONDS = 20
LOCK_FILE_SUFFIX = ".write-lock"


class DatabaseWrapper(DjangoDatabaseWrapper):
    """SQLite in WAL mode; what was answered survives a power loss; transactions wait in a queue.

    A transaction begins as a writer (BEGIN IMMEDIATE): one that began as a reader and then writes is refused by SQLite
    when another wrote in between. SQLite lets waiting writers poll, and the unlucky starve; a lock on a file beside the
    database lets the kernel queue them instead. Its holder's death frees it.
    """

    write_lock: WriteLock | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params.setdefault("timeout", BUSY_TIMEOUT_SECONDS)
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if not self.is_in_memory_db():
            self.write_lock = WriteLock(f"{self.settings_dict['NAME']}{LOCK_FILE_SUFFIX}")
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if self.write_lock:
            self.write_lock.take()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._let_others_write()
            raise

    def _commit(self) -> None:
        super()._commit()
        # After a commit that failed Django rolls back, and only that frees the lock.
        self._let_others_write()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._let_others_write()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self.write_lock:
                self.write_lock.close()
                self.write_lock = None

    def _let_others_write(self) -> None:
        if self.write_lock:
            self.write_lock.release()
