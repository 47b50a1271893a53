"""Export of a fine-tuned cross-encoder to int8 ONNX, with its hash and its tokenizer. Needs torch and onnx."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch

from training.cross_encoder import Relater, base_folder


def export(model: Relater, folder: Path, notes: dict[str, object]) -> Path:
    """Write ``relation.onnx`` (int8 weights), its tokenizer and ``relation.json`` with hash and notes to ``folder``."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    ids = torch.randint(1000, 2000, (2, 24))
    inputs = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    names = ["input_ids", "attention_mask", "token_type_ids"]
    with tempfile.TemporaryDirectory() as scratch:
        whole, packed = Path(scratch) / "whole.onnx", Path(scratch) / "packed.onnx"
        torch.onnx.export(
            model,
            inputs,
            str(whole),
            input_names=names,
            output_names=["odds"],
            dynamic_axes={**{n: {0: "batch", 1: "length"} for n in names}, "odds": {0: "batch"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            str(whole), str(packed), weight_type=QuantType.QInt8, per_channel=True, extra_options={"MatMulConstBOnly": True}
        )
        shutil.copyfile(packed, folder / "relation.onnx")
    shutil.copyfile(base_folder() / "tokenizer.json", folder / "relation-tokenizer.json")
    _plain_tokenizer(folder / "relation-tokenizer.json")
    digest = hashlib.sha256((folder / "relation.onnx").read_bytes()).hexdigest()
    (folder / "relation.json").write_text(
        json.dumps({"sha256": digest, "base": "all-MiniLM-L6-v2 (Apache-2.0)", **notes}, indent=1) + "\n", "utf-8"
    )
    return folder / "relation.onnx"


def _plain_tokenizer(path: Path) -> None:
    """Switch padding and truncation off: pairs are put together and cut by their own rule."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(path), pretty=False)
