"""The project file: one SQLite database with a transaction an edit, a lock for its one writer, and migrations."""

from __future__ import annotations
