"""A referent's own decoder: what it learns and leaves alone, that it is the same each time and may be broken off."""

from __future__ import annotations

import copy

import pytest
import torch

from refseg_annotator.nn.clip_adaptation import ClipAdaptationConfig, View, adapted_decoder
from refseg_annotator.nn.clip_decoder import ClipDecoded
from refseg_annotator.nn.clip_likeness import Likeness
from refseg_annotator.nn.clip_network import ClipNetwork
from refseg_annotator.nn.cross_frame_self_attention import FrameKind
from tests.nn.clip_parts import clip_network, features

SHORT = ClipAdaptationConfig(steps=40, views=2, lessons=3, learning_rate=1e-2, share=1.0)


@torch.no_grad()
def views(network: ClipNetwork) -> list[View]:
    """Three frames of one look, the referent in the middle of each."""
    mask = torch.zeros(1, 1, 70, 112)
    mask[:, :, 20:50, 30:80] = 1
    return [View(network.prepare(features(seed=seed)), mask) for seed in (1, 2, 3)]


@torch.no_grad()
def answered(network: ClipNetwork, seen: list[View], decoder: torch.nn.Module | None) -> ClipDecoded:
    likeness = Likeness()
    likeness.settle(seen[0].frame.like, seen[0].coverage)
    attention = network.attend(
        seen[2].frame, [view.frame.keys for view in seen[:2]], [FrameKind.SETTLED, FrameKind.LATEST], longest=8
    )
    values = [network.values(view.frame, view.coverage) for view in seen[:2]]
    previous = torch.nn.functional.interpolate(
        seen[1].coverage, size=tuple(seen[2].frame.details.four.shape[2:]), mode="area"
    )
    return network.decode(seen[2].frame, attention, values, previous, likeness.maps(seen[2].frame.like), decoder)


def missed(network: ClipNetwork, seen: list[View], decoder: torch.nn.Module | None) -> float:
    answer = answered(network, seen, decoder)
    target = torch.nn.functional.interpolate(seen[2].coverage, size=tuple(answer.mask.shape[2:]), mode="area")
    return float(torch.nn.functional.binary_cross_entropy_with_logits(answer.mask, target))


def test_the_outline_is_learnt() -> None:
    network = clip_network()
    seen = views(network)
    decoder = adapted_decoder(network, seen, SHORT, longest=8)
    assert missed(network, seen, decoder) < 0.8 * missed(network, seen, None)


def test_the_network_stays_as_it_was_and_only_the_finer_half_differs() -> None:
    network = clip_network()
    before = copy.deepcopy(network.state_dict())
    decoder = adapted_decoder(network, views(network), SHORT, longest=8)
    assert decoder is not None
    assert all(torch.equal(before[name], tensor) for name, tensor in network.state_dict().items())
    assert all(parameter.requires_grad for parameter in network.parameters())
    changed = {
        name.split(".")[0]
        for name, tensor in decoder.state_dict().items()
        if not torch.equal(tensor, network.decoder.state_dict()[name])
    }
    assert "mask" in changed
    assert changed <= {
        "to_eight",
        "mask_eight",
        "block_eight",
        "to_four",
        "mask_four",
        "first_four",
        "second_four",
        "mask",
    }
    assert not any(parameter.requires_grad for parameter in decoder.parameters())


def test_the_weights_go_part_of_the_way() -> None:
    network = clip_network()
    whole, half, none = (
        adapted_decoder(
            network,
            views(network),
            ClipAdaptationConfig(steps=4, views=2, lessons=2, learning_rate=5e-3, share=share),
            longest=8,
        )
        for share in (1.0, 0.5, 0.0)
    )
    assert whole is not None and half is not None and none is not None  # noqa: PT018
    start, end, between = none.mask.weight, whole.mask.weight, half.mask.weight
    assert torch.equal(start, network.decoder.mask.weight)
    assert not torch.equal(start, end)
    assert torch.allclose(between, (start + end) / 2, atol=1e-7)


def test_the_same_views_teach_the_same_whatever_mode_it_is_asked_in() -> None:
    network = clip_network()
    seen = views(network)
    plain = adapted_decoder(network, seen, SHORT, longest=8)
    with torch.inference_mode():
        again = adapted_decoder(network, seen, SHORT, longest=8)
    assert plain is not None
    assert again is not None
    assert all(torch.equal(tensor, again.state_dict()[name]) for name, tensor in plain.state_dict().items())


def test_under_mixed_precision_every_step_sees_the_weights_of_the_last() -> None:
    """Autocast keeps its casts of weights until it is left: trained under it, the mask would run away."""
    network = clip_network()
    seen = views(network)
    with torch.autocast("cpu", torch.bfloat16):
        decoder = adapted_decoder(network, seen, SHORT, longest=8)
    assert missed(network, seen, decoder) < 0.8 * missed(network, seen, None)


def test_it_can_be_broken_off() -> None:
    network = clip_network()
    asked = []

    def twice() -> bool:
        asked.append(None)
        return len(asked) <= 2

    assert adapted_decoder(network, views(network), SHORT, longest=8, still_wanted=twice) is None
    assert len(asked) == 3


@pytest.mark.parametrize(
    "given",
    [{"steps": 10**9}, {"views": -1}, {"learning_rate": float("nan")}, {"share": 2.0}, {"steps": 1, "lessons": 0}],
)
def test_what_no_study_can_be_is_refused(given: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"not in 0\.\.|teach nothing"):
        ClipAdaptationConfig(**given)  # type: ignore[arg-type]
