"""Export of the fine-tuned models to int8 ONNX, with their hashes and their tokenizer. Needs torch and onnx."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn

from training.cross_encoder import base_folder

RELATION = ("input_ids", "attention_mask", "token_type_ids")
POINTS = ("input_ids", "attention_mask", "pool_mask")


def export(
    model: nn.Module,
    inputs: Sequence[str],
    folder: Path,
    name: str,
    notes: dict[str, object],
    by_token: bool = False,
) -> Path:
    """Write ``name.onnx`` (int8 weights) and ``name.json`` (its hash and ``notes``) to ``folder``.

    ``by_token``: the model answers with one row for each token, not for each input.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    ids = torch.randint(1000, 2000, (2, 24))
    values = (ids, *(torch.ones_like(ids) for _ in inputs[1:]))
    with tempfile.TemporaryDirectory() as scratch:
        whole, packed = Path(scratch) / "whole.onnx", Path(scratch) / "packed.onnx"
        torch.onnx.export(
            model,
            values,
            str(whole),
            input_names=list(inputs),
            output_names=["out"],
            dynamic_axes={
                **{n: {0: "batch", 1: "length"} for n in inputs},
                "out": {0: "batch", 1: "length"} if by_token else {0: "batch"},
            },
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            str(whole),
            str(packed),
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
        shutil.copyfile(packed, folder / f"{name}.onnx")
    write_tokenizer(folder)
    digest = hashlib.sha256((folder / f"{name}.onnx").read_bytes()).hexdigest()
    card = {"sha256": digest, "base": "all-MiniLM-L6-v2", "licence": "Apache-2.0", **notes}
    (folder / f"{name}.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    return folder / f"{name}.onnx"


def write_tokenizer(folder: Path) -> None:
    """Write MiniLM's tokenizer with padding and truncation off: points are put together and cut by their own rule."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(folder / "relation-tokenizer.json"), pretty=False)
