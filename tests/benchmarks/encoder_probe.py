"""What image encoders know of classes: a linear probe on the things of refphotos, the means of features under masks.

    python -m tests.benchmarks.encoder_probe --data refphotos [--source coco] [--photos 280] cmsa-lite cmsa-base

Each bundle's encoder reads the photos of `train`; a softmax regression learns the category of every annotation from the
mean of the two deeper levels under its mask and is asked those of `val`. Categories with fewer than three examples are
left out. A bundle may be followed by `:start`, which takes the pretrained weights instead (needs the extra `train`).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import torch

from refseg_annotator.core.geometry import Size
from refseg_annotator.formats.refer import read_refer
from refseg_annotator.inference.bundles import find_bundle
from refseg_annotator.media import open_medium
from refseg_annotator.nn.checkpoint import load_bundle
from refseg_annotator.nn.letterbox import Letterbox, best_canvas
from refseg_annotator.training.photos import source_of

_LEAST = 0.003  # of the photo that a thing must cover
_DECAYS = (1e-3, 1e-2, 1e-1)


@torch.inference_mode()
def look(name: str, data: Path, split_name: str, source: str, most: int) -> tuple[torch.Tensor, list[str]]:
    """Features (n, c) and categories of the things on at most `most` photos of a source."""
    bundle = load_bundle(find_bundle(name.removesuffix(":start")).path)
    encoder = bundle.network.image_encoder.eval()
    if name.endswith(":start"):
        from refseg_annotator.training.start_weights import start_image_encoder

        start_image_encoder(encoder)
    split = read_refer(data, split_name)
    things = defaultdict(list)
    for annotation in split.annotations.values():
        if source_of(split.images[annotation.image_id].path) == source:
            things[annotation.image_id].append(annotation)
    rows, categories = [], []
    for image_id in list(things)[:most]:
        photo = open_medium(split.images[image_id].path).read(0)
        size = Size(photo.shape[1], photo.shape[0])
        letterbox = Letterbox.fit(size, best_canvas(size, bundle.config.model.canvas_sizes))
        maps = encoder(torch.from_numpy(letterbox.apply(photo)).permute(2, 0, 1)[None].float())
        deep = torch.cat([maps.levels[1][0], maps.levels[2][0]]).float()
        for annotation in things[image_id]:
            mask = annotation.mask().to_array()
            if mask.mean() < _LEAST:
                continue
            grid = (deep.shape[2], deep.shape[1])
            share = torch.from_numpy(cv2.resize(letterbox.apply_mask(mask), grid, interpolation=cv2.INTER_AREA))
            rows.append((deep * share).sum((1, 2)) / share.sum().clamp_min(1e-6))
            categories.append(str(annotation.category))
    return torch.stack(rows), categories


def probe(name: str, data: Path, source: str, most: int) -> dict[str, object]:
    """Share of the validation's things whose category a linear probe tells, at the best of three decays."""
    (seen, taught), (asked, truth) = (look(name, data, split, source, most) for split in ("train", "val"))
    known = [category for category, count in Counter(taught).items() if count >= 3]
    place = {category: number for number, category in enumerate(known)}
    kept, tried = ([row for row, category in enumerate(each) if category in place] for each in (taught, truth))
    mean, deviation = seen[kept].mean(0), seen[kept].std(0) + 1e-5
    inputs, questions = (seen[kept] - mean) / deviation, (asked[tried] - mean) / deviation
    wanted, right = (
        torch.tensor([place[each[row]] for row in rows]) for each, rows in ((taught, kept), (truth, tried))
    )
    best = 0.0
    for decay in _DECAYS:
        torch.manual_seed(0)
        probe = torch.nn.Linear(inputs.shape[1], len(known))
        torch.nn.init.zeros_(probe.weight)
        optimizer = torch.optim.Adam(probe.parameters(), lr=3e-3)
        for _ in range(300):
            loss = torch.nn.functional.cross_entropy(probe(inputs), wanted) + decay * probe.weight.square().sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        best = max(best, float((probe(questions).argmax(1) == right).float().mean()))
    return {
        "encoder": name,
        "categories": len(known),
        "taught": len(kept),
        "asked": len(tried),
        "right": round(best, 3),
    }


def main() -> int:
    """One line of JSON an encoder."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.encoder_probe",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("bundles", nargs="+", metavar="BUNDLE")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of refphotos")
    parser.add_argument("--source", default="coco", help="first word of the photos' names (default: coco)")
    parser.add_argument("--photos", type=int, default=280, metavar="N", help="photos of train to learn from")
    options = parser.parse_args()
    for name in options.bundles:
        print(json.dumps(probe(name, options.data, options.source, options.photos)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
