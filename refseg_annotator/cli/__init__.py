"""The command line: one module a noun, each layer imported by the verb that needs it."""

from __future__ import annotations

from refseg_annotator.cli.entry import app, main

__all__ = ["app", "main"]
