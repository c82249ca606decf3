"""What a user can do, without Qt and torch: the session as the one writer, jobs in lanes, assistance, documents."""

from __future__ import annotations
