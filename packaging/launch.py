"""Where the frozen program starts."""

from __future__ import annotations

import multiprocessing

from refseg_annotator.cli import main

if __name__ == "__main__":
    # A frozen program that starts a worker starts itself again: this line makes that copy work and not open a window.
    multiprocessing.freeze_support()
    main()
