"""Phrases written by hand for photos of refphotos' val split: how a model reads what people really type.

    python -m tests.benchmarks.hand_phrases --data DIR/refphotos [--model NAME] [--json FILE]

The validation phrases are composed by rule; these 91 were written by looking at the photos, when cmsa-lite was at
0.2.0. What it failed at (names of garments, an absent thing beside one that is there) was then taught to 0.3.0 by other
phrases: for later models they are a check and no proof. They are few: a difference of five points is chance. The
photos lie in the data set, not here.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from refseg_annotator.cli.loading import load_named_predictor
from refseg_annotator.core.mask import Mask
from refseg_annotator.core.metrics import region_similarity
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.predictor import binarize
from refseg_annotator.media import open_medium

PHRASES = Path(__file__).with_suffix(".json")


def main() -> int:
    """Ask every phrase; print each answer and the means."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.hand_phrases", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of refphotos")
    parser.add_argument("--model", help="a model's name or folder")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    split = read_refer(options.data, "val")
    images = {image.path.name: image for image in split.images.values()}
    predictor = load_named_predictor(options.model, None)
    overlaps: list[float] = []
    found: list[bool] = []
    refused: list[bool] = []
    for name, rows in json.loads(PHRASES.read_text(encoding="utf-8")).items():
        features = predictor.encode(open_medium(images[name].path).read(0))
        for row in rows:
            prediction = predictor.predict(features, predictor.tokenize(row["phrase"]))
            here = prediction.presence >= predictor.info.presence_threshold
            if not row["ann_ids"]:
                refused.append(not here)
                print(f"{'not here' if not here else 'HERE':>8}  {name}  {row['phrase']}")
                continue
            truth = Mask.empty(images[name].size)
            for number in row["ann_ids"]:
                truth = truth.union(split.annotations[number].mask())
            # As at evaluation: the mask counts whatever presence says, which is measured beside it.
            overlap = region_similarity(binarize(prediction, predictor.info).to_array(), truth.to_array())
            overlaps.append(overlap)
            found.append(here)
            print(f"{overlap:8.2f}  {name}  {row['phrase']}{'' if here else '  (told: not here)'}")
    figures = {
        "model": predictor.info.label,
        "phrases": len(overlaps),
        "mIoU": round(float(np.mean(overlaps)), 3),
        "P@0.5": round(float(np.mean(np.array(overlaps) > 0.5)), 3),
        "T_acc": round(float(np.mean(found)), 3),
        "no_target": len(refused),
        "N_acc": round(float(np.mean(refused)), 3),
    }
    print(json.dumps(figures))
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
