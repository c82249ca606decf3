"""The model card: what a bundle is, what it was trained on, what it scored and what it does not know."""

from __future__ import annotations

from refseg_annotator.nn.checkpoint import BundleConfig
from refseg_annotator.nn.registry import ModelConfig


def card_of(config: BundleConfig) -> str:
    """The card in Markdown, out of what the bundle's configuration records."""
    recipe, model = config.training.get("recipe", {}), config.model
    data = ", ".join(f"{source['path']}:{source['split']}" for source in recipe.get("data", ())) or "not recorded"
    lines = [
        f"# {config.name} {config.version}",
        "",
        config.summary,
        "",
        f"- Licence of the weights: {config.licence}",
        (
            f"- Network: {model.image_encoder} encoder at {_canvases(model)} pixels, CMSA on three levels "
            f"(`fusion = {model.fusion}`), `{model.level_fusion}` fusion, {config.parameters / 1e6:.1f} M parameters"
        ),
        f"- Vocabulary: {model.vocabulary_size} words, of which {model.trained_words} carry trained corrections",
        (
            f"- Trained on: {data}; {recipe.get('steps', '?')} steps of {recipe.get('batch', '?')} photos with "
            f"{recipe.get('sampling', {}).get('phrases', '?')} phrases each"
        ),
        f"- Commit: {config.training.get('commit') or 'not recorded'}",
        (
            f"- Thresholds: pixel {config.threshold:.2f}, presence {config.presence_threshold:.3f} "
            "(calibrated on validation data)"
        ),
    ]
    if "presence_ece" in config.calibration:
        error = config.calibration["presence_ece"]
        lines.append(f"- Calibration error of presence (ECE, each half by a scale fitted to the other): {error:.3f}")
    steps = [name for name in ("mirror", "edges") if getattr(config.steps, name)]
    if config.steps.second_look:
        steps.append(f"a second look at {config.steps.second_look:g} of the size")
    if config.steps.best_level:
        steps.append("each mask cut where the most overlap is to be expected, faint parts left out")
    if config.steps.compare:
        steps.append("things of a kind compared where a phrase names one by its size")
    if config.steps.plain:
        steps.append("a phrase with words that training never met read once more without them")
    if config.steps.named_colours:
        steps.append("what hardly has the colour that the phrase gives it held to be there the less")
    lines.append(f"- Beyond one pass of the network: {', '.join(steps) or 'nothing'}")
    lines += [f"- {note}" for note in recipe.get("notes", ())]
    if config.scores:
        lines += ["", f"## Scores ({config.scores.get('split')}, {config.scores.get('date')})", ""]
        names = ("oIoU", "mIoU", "P@0.5", "P@0.7", "P@0.9", "N_acc", "T_acc", "gIoU")
        lines += [f"| {' | '.join(names)} |", "|" + " --- |" * len(names)]
        lines.append("| " + " | ".join(_shown(config.scores.get(name)) for name in names) + " |")
        for title, key in (("kind", "by_kind"), ("source", "by_source")):
            lines += ["", f"| {title} | sentences | mIoU | P@0.5 |", "| --- | --- | --- | --- |"]
            for name, row in config.scores.get(key, {}).items():
                lines.append(f"| {name} | {row['samples']} | {_shown(row['mIoU'])} | {_shown(row['P@0.5'])} |")
    return "\n".join(lines) + "\n"


def _canvases(model: ModelConfig) -> str:
    """The sizes of picture the encoder sees."""
    return ", ".join(f"{size.width} x {size.height}" for size in model.canvas_sizes)


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "-"
