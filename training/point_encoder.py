"""Fine-tuning of MiniLM so that points telling of one item lie close: proposes cells to the cross-encoder."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from diptych.compare.align import Passage
from diptych.models.cross_encoder import Encoded, encode_passages
from diptych.models.encoder_points import collate_points
from training.cross_encoder import base_folder, base_tokenizer
from training.gold import Item, Pair


@dataclass(frozen=True)
class PointRecipe:
    """How the point encoder is trained."""

    epochs: int = 8
    pairs_a_step: int = 4
    items_a_step: int = 24
    rate: float = 8e-5
    weight_joined: float = 4.0
    drop_before: float = 0.2
    drop_holder: float = 0.3
    seed: int = 11


class PointNet(nn.Module):
    """MiniLM, mean over the tokens of the point itself, length one; similarity is scaled to log-odds."""

    def __init__(self) -> None:
        super().__init__()
        from transformers import AutoModel

        self.body = AutoModel.from_pretrained(base_folder(), add_pooling_layer=False, attn_implementation="sdpa")
        self.scale = nn.Parameter(torch.tensor(2.3))
        self.bias = nn.Parameter(torch.tensor(-5.0))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor, pool_mask: torch.Tensor) -> torch.Tensor:
        """Return one row of length one for each point."""
        hidden = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = pool_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return nn.functional.normalize(mean.float(), dim=1)


def _thin(encoded: Encoded, draw: random.Random, recipe: PointRecipe) -> Encoded:
    before = () if draw.random() < recipe.drop_before else encoded.before
    return Encoded(before, encoded.text, "" if draw.random() < recipe.drop_holder else encoded.holder)


def _vectors(model: PointNet, points: Sequence[Encoded]) -> torch.Tensor:
    ids, mask, pool = (torch.from_numpy(x) for x in collate_points(points))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out: torch.Tensor = model(ids, mask, pool)
    return out.float()


def fine_tune(
    pairs: Sequence[Pair],
    items: Sequence[Item],
    recipe: PointRecipe,
    say: Any = print,
    start: dict[str, torch.Tensor] | None = None,
) -> PointNet:
    """Fine-tune on whole tables, every cell a question: joined or not; ``start`` holds weights to go on from."""
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)
    tokenizer = base_tokenizer()
    ready = [
        (encode_passages(tokenizer, p.passages_a), encode_passages(tokenizer, p.passages_b), p.kinds) for p in pairs
    ]
    ones, twos = (encode_passages(tokenizer, [getattr(i, s) for i in items]) for s in "ab")
    model = PointNet()
    if start is not None:
        model.load_state_dict(start)
    model.train()
    steps = -(-len(ready) // recipe.pairs_a_step)
    total = steps * recipe.epochs
    slow = [p for n, p in model.named_parameters() if n.startswith("body")]
    optimiser = torch.optim.AdamW(
        [{"params": slow, "lr": recipe.rate}, {"params": [model.scale, model.bias], "lr": 0.01}],
        weight_decay=0.01,
        fused=True,
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / (0.1 * total), max(0.0, (total - s) / (0.9 * total)))
    )
    began = time.monotonic()
    for epoch in range(recipe.epochs):
        draw.shuffle(ready)
        loss_sum = 0.0
        for at in range(0, len(ready), recipe.pairs_a_step):
            step = ready[at : at + recipe.pairs_a_step]
            loose = draw.sample(range(len(items)), min(len(items), recipe.items_a_step))
            flat = [_thin(e, draw, recipe) for a, b, _ in step for e in (*a, *b)]
            flat += [_thin(e, draw, recipe) for k in loose for e in (ones[k], twos[k])]
            # Points of like length together, so that little is spent on padding.
            order = sorted(range(len(flat)), key=lambda k: len(flat[k].text) + len(flat[k].before))
            parts = [order[k : k + 32] for k in range(0, len(order), 32)]
            rows = torch.cat([_vectors(model, [flat[k] for k in part]) for part in parts])
            back = torch.empty(len(flat), dtype=torch.long)
            back[torch.tensor([k for part in parts for k in part])] = torch.arange(len(flat))
            rows = rows[back]
            odds, wanted, at_row = [], [], 0
            for a, b, kinds in step:
                left = rows[at_row : at_row + len(a)]
                right = rows[at_row + len(a) : at_row + len(a) + len(b)]
                at_row += len(a) + len(b)
                target = torch.zeros(len(a), len(b))
                for cell in kinds:
                    target[cell] = 1.0
                odds.append((left @ right.T).flatten())
                wanted.append(target.flatten())
            for n, k in enumerate(loose):
                odds.append((rows[at_row + 2 * n] * rows[at_row + 2 * n + 1]).sum().reshape(1))
                wanted.append(torch.tensor([float(items[k].kind != "unrelated")]))
            flat_odds = torch.cat(odds) * model.scale.exp() + model.bias
            target = torch.cat(wanted)
            weight = 1 + (recipe.weight_joined - 1) * target
            losses = nn.functional.binary_cross_entropy_with_logits(flat_odds, target, weight, reduction="sum")
            loss = losses / (target.sum() + 8)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad(set_to_none=True)
            loss_sum += float(loss.detach())
        say(f"points epoch {epoch + 1}/{recipe.epochs}: loss {loss_sum / steps:.4f}, {time.monotonic() - began:.0f} s")
    model.eval()
    return model


def encode(model: PointNet, passages: Sequence[Passage]) -> np.ndarray:
    """Return vectors as :class:`diptych.models.encoder_points.PointEncoder` does."""
    encoded = encode_passages(base_tokenizer(), passages)
    with torch.no_grad():
        out: np.ndarray = np.concatenate(
            [_vectors(model, encoded[k : k + 64]).numpy() for k in range(0, len(encoded), 64)]
        )
    return out
