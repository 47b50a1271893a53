"""The cross-encoder: reads two passages side by side and says same, differs, conflict or unrelated.

A MiniLM fine-tuned by ``python -m training.train`` and exported to int8 ONNX. Its input is
``[CLS] before_a MARK holder_a text_a [SEP] before_b MARK holder_b text_b [SEP]``; the mark parts what a point leans
on from the point itself, the holder token says whose act it is in terms of the two passages, not of the two names.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from diptych.errors import ModelError

KINDS = ("same", "differs", "conflict", "unrelated")
DATA = Path(__file__).parent / "data"

_CLS, _SEP, _MARK = 101, 102, 1
_HOLDERS = {"first": 2, "second": 3, "both": 4, "third": 5, "": 6}
_TEXT_TOKENS, _BEFORE_TOKENS = 60, 18

Ids = npt.NDArray[np.int64]
PassageLike = tuple[str, str, str]


@dataclass(frozen=True)
class Encoded:
    """Token ids of one passage: what stands before it, the passage itself, and whose act it is (a, b, both, …)."""

    before: tuple[int, ...]
    text: tuple[int, ...]
    holder: str


def encode_passages(tokenizer: Any, passages: Sequence[PassageLike]) -> list[Encoded]:
    """Tokenise passages ``(text, before, holder)`` once, so that pairs are only put together from ids."""
    texts = tokenizer.encode_batch([p[0] for p in passages], add_special_tokens=False)
    befores = tokenizer.encode_batch([p[1] for p in passages], add_special_tokens=False)
    return [
        Encoded(tuple(b.ids[-_BEFORE_TOKENS:]), tuple(t.ids[:_TEXT_TOKENS]), p[2])
        for t, b, p in zip(texts, befores, passages, strict=True)
    ]


def _holder_id(holder: str, first: str) -> int:
    if holder in ("a", "b"):
        return _HOLDERS["first" if holder == first else "second"]
    return _HOLDERS.get(holder, _HOLDERS[""])


def pair_ids(one: Encoded, two: Encoded, first: str = "a") -> tuple[list[int], int]:
    """Return the ids of a pair and the length of its first segment; ``first`` is the side ``one`` comes from."""
    head = [_CLS, *one.before, _MARK, _holder_id(one.holder, first), *one.text, _SEP]
    tail = [*two.before, _MARK, _holder_id(two.holder, first), *two.text, _SEP]
    return head + tail, len(head)


def collate(rows: Sequence[tuple[list[int], int]]) -> tuple[Ids, Ids, Ids]:
    """Pad rows to one length: input ids, attention mask, and 1 from each row's second number on (its second part)."""
    width = max(len(ids) for ids, _ in rows)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for k, (row, head) in enumerate(rows):
        ids[k, : len(row)] = row
        mask[k, : len(row)] = 1
        types[k, head : len(row)] = 1
    return ids, mask, types


@dataclass(frozen=True)
class CrossEncoder:
    """The int8 model and its tokenizer, ready to score pairs of passages."""

    session: Any = field(repr=False)
    tokenizer: Any = field(repr=False)
    sha256: str
    batch: int = 16

    def score(
        self, a: Sequence[PassageLike], b: Sequence[PassageLike], pairs: Sequence[tuple[int, int]]
    ) -> npt.NDArray[np.float32]:
        """Return log-odds (same, differs, conflict, unrelated), one row for each ``(index in a, index in b)``.

        Pairs are run in batches of like length; the order of the answer is that of ``pairs``.
        """
        out = np.empty((len(pairs), len(KINDS)), dtype=np.float32)
        if not pairs:
            return out
        left, right = encode_passages(self.tokenizer, a), encode_passages(self.tokenizer, b)
        rows = [pair_ids(left[i], right[j]) for i, j in pairs]
        order = sorted(range(len(rows)), key=lambda k: len(rows[k][0]))
        for at in range(0, len(order), self.batch):
            part = order[at : at + self.batch]
            ids, mask, types = collate([rows[k] for k in part])
            out[part] = self.session.run(None, {"input_ids": ids, "attention_mask": mask, "token_type_ids": types})[0]
        return out


def load_cross_encoder(folder: Path | None = None, threads: int = 2) -> CrossEncoder:
    """Load the model that the package carries (or the one in ``folder``), checked against its recorded hash.

    Raises:
        ModelError: the weights are missing, or are not those that ``relation.json`` records.
    """
    folder = folder or DATA
    weights, found = checked(folder, "relation")
    return CrossEncoder(open_session(weights, threads), open_tokenizer(folder), found)


def checked(folder: Path, name: str) -> tuple[bytes, str]:
    """Return the weights ``name.onnx`` and their hash, once it is the one that ``name.json`` records.

    Raises:
        ModelError: they are missing, or are not the recorded ones.
    """
    weights, card = folder / f"{name}.onnx", folder / f"{name}.json"
    try:
        recorded = json.loads(card.read_text("utf-8"))["sha256"]
        body = weights.read_bytes()
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The model {name!r} in {folder} cannot be read ({error})", "Install diptych again") from error
    found = hashlib.sha256(body).hexdigest()
    if found != recorded:
        raise ModelError(f"The model {weights} is not the recorded one", "Install diptych again or train it again")
    return body, found


def open_session(weights: bytes, threads: int) -> Any:
    """Return an ONNX session over ``weights`` that uses no more than ``threads`` threads.

    Raises:
        ModelError: the runtime cannot read them.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises a type of its own for each of its codes
        raise ModelError(f"The model cannot be opened ({error.__class__.__name__})", "Install diptych again") from error


def open_tokenizer(folder: Path) -> Any:
    """Return the tokenizer that both models share.

    Raises:
        ModelError: it is missing or broken.
    """
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(folder / "relation-tokenizer.json"))
    except Exception as error:  # the library raises bare exceptions
        raise ModelError(f"The tokenizer in {folder} cannot be read", "Install diptych again") from error
