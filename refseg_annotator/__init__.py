"""RefSeg Annotator: phrases in, masks out, referring segmentation datasets at the end."""

from __future__ import annotations

__version__ = "0.1.0"
