"""The one torch implementation of `VideoPredictor`: cross-frame self-attention over a bounded memory of frames."""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from refseg_annotator.bundle_files import CROSS_FRAME_FILE
from refseg_annotator.errors import DeviceError, ModelError
from refseg_annotator.inference.bundles import demand_cross_frame_part
from refseg_annotator.inference.mask_parts import strays, widest_gap
from refseg_annotator.inference.predictor import ModelInfo, Prediction
from refseg_annotator.inference.propagation_leap import REACH
from refseg_annotator.inference.propagation_memory import FrameMemory
from refseg_annotator.inference.torch_clip_study import ClipStudy, DecoderShelf
from refseg_annotator.inference.torch_predictor import choose_device, has_fast_bfloat16, running
from refseg_annotator.inference.video_predictor import always, unknown_referent
from refseg_annotator.nn.batch_norm_folding import fold_batch_norms
from refseg_annotator.nn.checkpoint import load_bundle
from refseg_annotator.nn.clip_adaptation import STUDY_STEPS
from refseg_annotator.nn.clip_bundle import CrossFramePart, load_cross_frame
from refseg_annotator.nn.clip_features import working_size
from refseg_annotator.nn.clip_likeness import Likeness, beside_the_best
from refseg_annotator.nn.cross_frame_self_attention import FrameKind
from refseg_annotator.nn.image_encoder import HybridViTEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from refseg_annotator.core.annotation import ReferentId
    from refseg_annotator.core.geometry import Size
    from refseg_annotator.core.mask import Mask
    from refseg_annotator.inference.torch_predictor import DeviceChoice
    from refseg_annotator.nn.checkpoint import BundleConfig
    from refseg_annotator.nn.clip_adaptation import ClipAdaptationConfig
    from refseg_annotator.nn.clip_decoder import ClipDecoder
    from refseg_annotator.nn.clip_network import Attention, PreparedFrame

_THRESHOLD: Final = 0.5
_PRESENCE_THRESHOLD: Final = 0.5
_EARLIER: Final = 3  # tracked frames kept beside the latest
_SPACING: Final = 4  # frames between two that are kept: neighbours tell the same
_SETTLED: Final = 8  # settled frames at hand, some six megabytes each
_REFUSED: Final = -8.0  # logit of what is no part of the mask


@dataclass(frozen=True, slots=True, eq=False)
class _Latest:
    """A referent on the frame where it was met last.

    Attributes:
        keys: (1, P, k).
        values: (1, P, v).
        probability: (1, 1, H/4, W/4).
    """

    frame: int
    keys: Tensor
    values: Tensor
    probability: Tensor


class _Source(NamedTuple):
    """A remembered frame as a read takes it."""

    frame: int
    kind: FrameKind
    keys: Tensor
    values: Tensor


class _Prepared(NamedTuple):
    """The frame read last; `whole` where no tokens of it were merged."""

    frame: int
    whole: bool
    read: PreparedFrame


class TorchVideoPredictor:
    """Runs a bundle's cross-frame part; memories of one predictor are used from one thread at a time."""

    def __init__(
        self,
        part: CrossFramePart,
        bundle: BundleConfig,
        device: torch.device,
        *,
        adaptation: ClipAdaptationConfig | None = None,
        every_frame: bool = False,
    ) -> None:
        self.device = device
        self.encoder = part.encoder.to(device)
        self.network = part.network.to(device)
        if device.type == "cpu":
            self.encoder = self.encoder.to(memory_format=torch.channels_last)
            self.network = self.network.to(memory_format=torch.channels_last)
        self.mixed = device.type == "cuda" or has_fast_bfloat16()
        if self.mixed:
            for module in (self.encoder, self.network):
                _halve_products(module, torch.bfloat16 if device.type == "cpu" else torch.float16)
        self.confidence = part.record.confidence
        self.longest_side = part.record.config.longest_side
        self.adaptation = part.record.adaptation if adaptation is None else adaptation
        self.merging = part.record.merging
        self.shelf = DecoderShelf()
        self._settled: OrderedDict[tuple[bytes, Size], PreparedFrame] = OrderedDict()
        # A graphics processor reads a frame in less time than flow takes.
        self.reach = REACH if device.type == "cpu" and not every_frame else 0
        self.info = ModelInfo(
            name=f"{bundle.name}-cfsa",
            version=bundle.version,
            device=str(device),
            licence=bundle.licence,
            summary="Follows masks through clips by cross-frame self-attention over a bounded memory.",
            parameters=part.record.parameters,
            threshold=_THRESHOLD,
            presence_threshold=_PRESENCE_THRESHOLD,
            max_words=bundle.max_words,
        )

    def begin(self, size: Size, *, thorough: bool = True, still_wanted: Callable[[], bool] = always) -> TorchClipMemory:
        """An empty memory for one sweep through a clip with frames of that size."""
        return TorchClipMemory(self, size, thorough=thorough, still_wanted=still_wanted)

    def prepare(self, image: NDArray[np.uint8], working: Size, apart: Tensor | None = None) -> PreparedFrame:
        """A picture uint8 (H, W, 3) as the network takes it, read at `working`.

        Args:
            apart: bool (h, w), the tokens that are read by themselves where others are merged; None = all.
        """
        shrinks = working.width < image.shape[1]
        resized = cv2.resize(
            image, (working.width, working.height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        )
        pixels = torch.from_numpy(resized).to(self.device).permute(2, 0, 1)[None].float()
        return self.network.prepare(self.encoder(pixels, self.merging, apart))

    def prepare_settled(self, image: NDArray[np.uint8], working: Size) -> PreparedFrame:
        """A settled picture, read whole; kept for a while, for the sweeps of both sides are shown it, and others."""
        key = (hashlib.blake2b(np.ascontiguousarray(image).data, digest_size=16).digest(), working)
        found = self._settled.pop(key, None)
        if found is None:
            found = self.prepare(image, working)
        self._settled[key] = found
        while len(self._settled) > _SETTLED:
            self._settled.popitem(last=False)
        return found

    def finish(self, decoder: ClipDecoder) -> ClipDecoder:
        """A decoder that was taught, as the network's own runs."""
        if self.device.type == "cpu":
            decoder = decoder.to(memory_format=torch.channels_last)
        if self.mixed:
            _halve_products(decoder, torch.bfloat16 if self.device.type == "cpu" else torch.float16)
        return decoder


class TorchClipMemory:
    """What one sweep knows: the settled frames that matter, a few tracked ones and the latest, for each referent.

    Keys of a frame are kept once, values for each referent. A read is made for each referent alone, of the same shape
    whoever else is asked for, so that no answer depends on the others to the last bit; what costs, the features and the
    weights of attention, is shared. Where far tokens are merged (`TokenMergingConfig`), a frame is read closely around
    all that are asked for: with others beside it a referent's surroundings may be read more closely, never less.
    """

    def __init__(
        self, owner: TorchVideoPredictor, size: Size, *, thorough: bool, still_wanted: Callable[[], bool]
    ) -> None:
        self._owner = owner
        self._size = size
        self._working = working_size(size, owner.longest_side)
        self._memory: FrameMemory[Tensor, Tensor] = FrameMemory(latest=_EARLIER)
        self._latest: dict[ReferentId, _Latest] = {}
        self._kept_at: dict[ReferentId, int] = {}
        self._settled_at: dict[ReferentId, int] = {}
        self._likeness: dict[ReferentId, Likeness] = {}
        self._gap: dict[ReferentId, float] = {}
        self._prepared: _Prepared | None = None
        self._study: ClipStudy | None = None
        if thorough and owner.adaptation.steps:
            self._study = ClipStudy(
                owner.network,
                owner.adaptation,
                lambda image, coverage: owner.prepare(image, self._working, self._apart(coverage)),
                owner.finish,
                self._working,
                self._longest,
                owner.shelf,
                still_wanted,
            )

    def remember(self, frame: int, image: NDArray[np.uint8], masks: Mapping[ReferentId, Mask]) -> None:
        """Learn settled masks."""
        if not masks:
            return
        with running(self._owner.device, mixed=self._owner.mixed):
            prepared = self._prepare(frame, image, None, settled=True)
            values = {}
            for referent, mask in masks.items():
                pixels = cv2.resize(
                    mask.to_array().astype(np.float32),
                    (self._working.width, self._working.height),
                    interpolation=cv2.INTER_LINEAR,
                )
                coverage = torch.from_numpy(pixels).to(self._owner.device)[None, None]
                values[referent] = self._owner.network.values(prepared, coverage)
                probability = F.interpolate(coverage, size=tuple(prepared.details.four.shape[2:]), mode="area")
                self._latest[referent] = _Latest(frame, prepared.keys, values[referent], probability)
                self._kept_at[referent] = self._settled_at[referent] = frame
                if self._owner.network.config.likeness:
                    self._likeness.setdefault(referent, Likeness()).settle(prepared.like, coverage)
                    self._gap[referent] = max(self._gap.get(referent, 0.0), widest_gap(pixels > _THRESHOLD))
            self._memory.put(frame, prepared.keys, values, settled=True)
        if self._study is not None:
            self._study.settle(frame, image, {referent: mask.to_array() for referent, mask in masks.items()})

    def track(
        self, frame: int, image: NDArray[np.uint8], referents: Sequence[ReferentId]
    ) -> Mapping[ReferentId, Prediction]:
        """Find referents on the next frame of the sweep."""
        for referent in referents:
            if referent not in self._latest:
                raise unknown_referent(referent)
        answers: dict[ReferentId, Prediction] = {}
        kept: dict[ReferentId, Tensor] = {}
        with running(self._owner.device, mixed=self._owner.mixed):
            prepared = self._prepare(frame, image, self._kept_apart(referents))
            attentions: dict[tuple[tuple[int, FrameKind], ...], Attention] = {}
            for referent in referents:
                sources = self._sources(referent)
                shared = tuple((source.frame, source.kind) for source in sources)
                if shared not in attentions:
                    attentions[shared] = self._owner.network.attend(
                        prepared,
                        [source.keys for source in sources],
                        [source.kind for source in sources],
                        longest=self._longest,
                    )
                answer, latest = self._read(frame, prepared, attentions[shared], sources, referent)
                answers[referent] = answer
                self._latest[referent] = latest
                if abs(frame - self._kept_at[referent]) >= _SPACING:
                    kept[referent] = latest.values
                    self._kept_at[referent] = frame
            if kept:
                self._memory.put(frame, prepared.keys, kept, settled=False)
        return answers

    @property
    def _longest(self) -> int:
        return max(self._working.width, self._working.height) // HybridViTEncoder.patch

    def _sources(self, referent: ReferentId) -> list[_Source]:
        """What is kept of a referent, the latest last."""
        latest = self._latest[referent]
        sources = [
            _Source(entry.frame, FrameKind.SETTLED if entry.settled else FrameKind.EARLIER, entry.picture, entry.part)
            for entry in self._memory.read(referent)
            if entry.frame != latest.frame
        ]
        return [*sources, _Source(latest.frame, FrameKind.LATEST, latest.keys, latest.values)]

    def _read(
        self,
        frame: int,
        prepared: PreparedFrame,
        attention: Attention,
        sources: Sequence[_Source],
        referent: ReferentId,
    ) -> tuple[Prediction, _Latest]:
        """One referent's answer, and what is kept of it."""
        network, likeness = self._owner.network, self._likeness.get(referent)
        maps = None if likeness is None else likeness.maps(prepared.like)
        found = network.decode(
            prepared,
            attention,
            [source.values for source in sources],
            self._latest[referent].probability,
            maps,
            None if self._study is None else self._study.decoder_of(referent, frame),
        )
        logits = found.mask.float()
        if maps is not None:
            logits = self._in_one_place(logits, maps, referent)
        coverage = logits.sigmoid()
        presence = float(found.presence[0])
        score = self._owner.confidence.logit(float(found.quality[0]), abs(frame - self._settled_at[referent]))
        large = F.interpolate(logits, size=self._size.shape, mode="bilinear", align_corners=False)
        probability = large[0, 0].sigmoid().cpu().numpy()
        if not (math.isfinite(presence) and math.isfinite(score) and np.isfinite(probability).all()):
            raise ModelError(
                f"The model {self._owner.info.name!r} gave no numbers on {self._owner.device}; choose the device 'cpu'."
            )
        answer = Prediction(probability, presence=_sigmoid(presence), score=_sigmoid(score))
        if answer.presence < _PRESENCE_THRESHOLD:
            coverage = torch.zeros_like(coverage)
        if likeness is not None:
            likeness.follow(prepared.like, coverage)
        return answer, _Latest(frame, prepared.keys, network.values(prepared, coverage), coverage)

    def _in_one_place(self, logits: Tensor, maps: Tensor, referent: ReferentId) -> Tensor:
        """The mask's logits (1, 1, H/4, W/4) without parts that are too far from the main one."""
        grid = maps.shape[2:]
        covered = float(self._latest[referent].probability.mean()) * grid[0] * grid[1]
        like = beside_the_best(maps[0, -1], covered)  # of what is settled alone: a mistake cannot have taught it
        fine = F.interpolate(like[None, None], size=tuple(logits.shape[2:]), mode="bilinear", align_corners=False)
        refused = strays(logits[0, 0].cpu().numpy() > 0, fine[0, 0].cpu().numpy(), self._gap[referent])
        if refused is None:
            return logits
        return logits.masked_fill(torch.from_numpy(refused).to(logits.device)[None, None], _REFUSED)

    def _kept_apart(self, referents: Sequence[ReferentId]) -> Tensor | None:
        """Where the frame is read token by token: on and around the referents' latest masks."""
        if not referents:
            return None
        return self._apart(torch.cat([self._latest[referent].probability for referent in referents]))

    def _apart(self, masks: Tensor) -> Tensor | None:
        """The same for probabilities (n, 1, H, W) of any resolution."""
        if not self._owner.merging.rounds:
            return None
        patch = HybridViTEncoder.patch
        grid = (self._working.height // patch, self._working.width // patch)
        return self._owner.merging.kept_apart(masks.amax(0, keepdim=True), grid)

    def _prepare(
        self, frame: int, image: NDArray[np.uint8], apart: Tensor | None, *, settled: bool = False
    ) -> PreparedFrame:
        """The frame as the network keeps it; the last one is at hand.

        What is settled is remembered for long and therefore read whole (`apart` is None).
        """
        known = self._prepared
        if known is None or known.frame != frame or (apart is None and not known.whole):
            owner = self._owner
            read = (
                owner.prepare_settled(image, self._working) if settled else owner.prepare(image, self._working, apart)
            )
            known = _Prepared(frame, apart is None, read)
            self._prepared = known
        return known.read


def _halve_products(module: nn.Module, half: torch.dtype) -> None:
    """Weights of products in half precision for good: autocast would bring them there anew for every frame."""
    for part in module.modules():
        if isinstance(part, nn.Linear | nn.Conv2d):
            part.to(half)


def _chosen(adaptation: ClipAdaptationConfig, study: bool | None) -> ClipAdaptationConfig:
    if study is None or study == bool(adaptation.steps):
        return adaptation
    return replace(adaptation, steps=STUDY_STEPS if study else 0)


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def load_video_predictor(
    bundle: Path,
    device: DeviceChoice = "auto",
    *,
    study: bool | None = None,
    adaptation: ClipAdaptationConfig | None = None,
    every_frame: bool = False,
) -> TorchVideoPredictor:
    """Reads the bundle in folder `bundle` and puts what carries masks through clips on the device.

    Args:
        study: whether referents are studied before they are followed; None = as the bundle says.
        adaptation: how they are, instead of the bundle's way.
        every_frame: whether each frame is read, also one that flow could fill (`inference.propagation_leap`).

    Raises:
        ModelError: the bundle carries no cross-frame part (`inference.bundles.has_cross_frame_part` tells beforehand,
            without torch); the flow predictor needs none.
        BundleError: the bundle cannot be used.
        DeviceError: the device cannot be used.
    """
    demand_cross_frame_part(bundle)
    chosen = choose_device(device)
    loaded = load_bundle(bundle)
    part = load_cross_frame(bundle / CROSS_FRAME_FILE, loaded.network.image_encoder)
    # Nobody else has this network: what reads phrases by the same bundle loads its own, in other precision.
    part.encoder.drop_the_rest()
    fold_batch_norms(part.encoder)  # before its products are halved
    try:
        return TorchVideoPredictor(
            part,
            loaded.config,
            chosen,
            adaptation=_chosen(adaptation or part.record.adaptation, study),
            every_frame=every_frame,
        )
    except RuntimeError as cause:
        if chosen.type != "cuda":
            raise
        raise DeviceError(f"The model does not fit the device {chosen} ({cause}); choose 'cpu'.") from cause
