"""Data sets in and out: one module a format, each `sniff`, `read`, `write` around a staged `Dataset` (base)."""
