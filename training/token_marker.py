"""Fine-tuning of the token marker: ``python -m training.token_marker`` (about ten minutes on two free cores).

Learns from the annotated pairs of invented states where a point begins and which act its words belong to. The fifth of
the pairs that the other fine-tuned models do not see (:func:`training.gold.held_out`) is left out here too. Needs the
training extra. After it, ``python -m eval.train_points`` and ``python -m training.train --fit-only`` are due.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from torch import nn

from diptych.models.cross_encoder import DATA as WEIGHTS
from diptych.models.parser import load_parser
from diptych.models.token_marker import PIECES, in_stretches, piece_ids
from diptych.records import Act, Point
from diptych.syntax import sentences
from training import export, gold
from training.cross_encoder import base_folder, base_tokenizer

ACTS = get_args(Act)
INPUTS = ("input_ids", "attention_mask")
_WORD = re.compile(r"\w+(?:[’'.\-]\w+)*")
_JOINTS = frozenset({"and", "but", "or", "as", "well", "while"})


@dataclass(frozen=True)
class MarkerRecipe:
    """How the marker is trained; the figures in the model card belong to these values."""

    layers: int = 3
    epochs: int = 8
    batch: int = 8
    rate: float = 1.5e-4
    head_rate: float = 1e-3
    #: Points that a stretch holds on average: evens out the two losses.
    points_a_stretch: float = 6.0
    seed: int = 5


@dataclass(frozen=True)
class Stretch:
    """What one reading of the model sees, and what it should say of each piece."""

    ids: list[int]
    begins: list[float]
    acts: list[int]


class MarkerNet(nn.Module):
    """The first layers of MiniLM and one linear layer: log-odds of a beginning, then of each act and of none."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        from transformers import AutoModel

        self.body = AutoModel.from_pretrained(base_folder(), add_pooling_layer=False, attn_implementation="sdpa")
        self.body.encoder.layer = self.body.encoder.layer[:layers]
        words = self.body.embeddings.word_embeddings
        self.body.embeddings.word_embeddings = nn.Embedding.from_pretrained(words.weight[:PIECES].clone(), freeze=True)
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(self.body.config.hidden_size, 2 + len(ACTS))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return one row of log-odds for each piece."""
        hidden = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        odds: torch.Tensor = self.out(self.drop(hidden))
        return odds


def beginnings(text: str, points: Sequence[Point], starts: Sequence[int]) -> frozenset[int]:
    """The characters at which points begin: at the sentence where nothing in it is told before, else past "and"."""
    words = [m.span() for m in _WORD.finditer(text)]
    owner = [-1] * len(words)
    for number, point in enumerate(sorted(points, key=lambda p: p.start)):
        for k, (start, end) in enumerate(words):
            if start < point.end and end > point.start and owner[k] < 0:
                owner[k] = number
    sentence = np.searchsorted(np.asarray(starts), [start for start, _ in words], side="right")
    found, last = set(), -1
    for k in (k for k in range(len(words)) if owner[k] >= 0):
        if last < 0 or owner[k] != owner[last]:
            at = k
            if last >= 0 and sentence[last] == sentence[k]:
                while text[slice(*words[at])].lower() in _JOINTS and at + 1 < len(words) and owner[at + 1] == owner[k]:
                    at += 1
            else:
                while at > 0 and sentence[at - 1] == sentence[k]:
                    at -= 1
            found.add(words[at][0])
        last = k
    return frozenset(found)


def stretches(text: str, points: Sequence[Point], tokenizer: Any, parser: Any) -> list[Stretch]:
    """Cut one annotated side into what the model reads."""
    starts = [span.start_char for span in sentences(parser(text))]
    encoded = tokenizer.encode(text, add_special_tokens=False)
    pieces = [start for start, _ in encoded.offsets]
    begins = beginnings(text, points, starts)
    acts = [next((ACTS.index(p.act) for p in points if p.start <= at < p.end), len(ACTS)) for at in pieces]
    return [
        Stretch(piece_ids(encoded.ids, part), [float(pieces[k] in begins) for k in part], [acts[k] for k in part])
        for part in in_stretches(pieces, starts)
    ]


def pad(rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Pad rows of ids to one length: ids and attention mask."""
    ids = torch.zeros(len(rows), max(len(row) for row in rows), dtype=torch.long)
    mask = torch.zeros_like(ids)
    for k, row in enumerate(rows):
        ids[k, : len(row)] = torch.tensor(row)
        mask[k, : len(row)] = 1
    return ids, mask


def _loss(model: MarkerNet, part: Sequence[Stretch], recipe: MarkerRecipe) -> torch.Tensor:
    ids, mask = pad([s.ids for s in part])
    begins, acts = torch.zeros(ids.shape), torch.zeros(ids.shape, dtype=torch.long)
    counted = torch.zeros(ids.shape, dtype=torch.bool)
    for k, stretch in enumerate(part):
        end = len(stretch.ids) - 1
        begins[k, 1:end] = torch.tensor(stretch.begins)
        acts[k, 1:end] = torch.tensor(stretch.acts)
        counted[k, 1:end] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        odds = model(ids, mask)
    odds = odds.float()[counted]
    cut = nn.functional.binary_cross_entropy_with_logits(odds[:, 0], begins[counted], reduction="sum")
    return cut / (len(part) * recipe.points_a_stretch) + nn.functional.cross_entropy(odds[:, 1:], acts[counted])


def fine_tune(data: Sequence[Stretch], recipe: MarkerRecipe, say: Any = print) -> MarkerNet:
    """Fine-tune on annotated stretches."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    model = MarkerNet(recipe.layers)
    slow = [p for name, p in model.named_parameters() if name.startswith("body") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": recipe.rate}, {"params": model.out.parameters(), "lr": recipe.head_rate}],
        weight_decay=0.01,
    )
    total = -(-len(data) // recipe.batch) * recipe.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.1 * total), max(0.0, (total - s) / (0.9 * total)))
    )
    model.train()
    for epoch in range(recipe.epochs):
        # Stretches of like length together, but not always the same ones.
        order = sorted(range(len(data)), key=lambda k: len(data[k].ids) + draw.random() * 30)
        parts = [order[k : k + recipe.batch] for k in range(0, len(order), recipe.batch)]
        draw.shuffle(parts)
        loss_sum = 0.0
        for part in parts:
            loss = _loss(model, [data[k] for k in part], recipe)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            loss_sum += float(loss.detach())
        say(f"marker epoch {epoch + 1}/{recipe.epochs}: loss {loss_sum / len(parts):.4f}")
    model.eval()
    return model


def main() -> None:
    """Train, export, and write the weights to the package's data folder."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--to", type=Path, default=WEIGHTS, help="folder that is written to")
    folder = arguments.parse_args().to
    pairs = gold.invented()
    unseen = gold.held_out(pairs)
    tokenizer, parser = base_tokenizer(), load_parser()
    seen = [p for p in pairs if p.id not in unseen]
    data = [s for p in seen for t, q in ((p.text_a, p.a), (p.text_b, p.b)) for s in stretches(t, q, tokenizer, parser)]
    model = fine_tune(data, MarkerRecipe())
    notes = {"trained_by": "python -m training.token_marker", "pairs": len(seen), "stretches": len(data)}
    export.export(model, INPUTS, folder, "marker", notes, by_token=True)


if __name__ == "__main__":
    main()
