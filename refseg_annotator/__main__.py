"""`python -m refseg_annotator` is `refseg-annotator`."""

from __future__ import annotations

from refseg_annotator.cli import main

if __name__ == "__main__":
    main()
