"""The token marker: how texts are parted for it, and what it says. All states and officials are invented."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from diptych.errors import ModelError
from diptych.models.cross_encoder import DATA
from diptych.models.token_marker import LONGEST, PIECES, TOGETHER, in_stretches, load_token_marker, piece_ids

TEXT = "President Tarel affirmed the alliance and urged Veldania to withdraw. They will meet again in the spring."


def test_stretches_are_whole_sentences_in_order() -> None:
    starts = list(range(600))
    sentences = [0, 100, 150, 190]
    found = list(in_stretches(starts, sentences))
    assert [k for stretch in found for k in stretch] == starts
    # 100 and 50 pieces go together, 40 more do not; what is longer than a reading is parted.
    assert [(stretch[0], len(stretch)) for stretch in found] == [(0, 150), (150, 40), (190, LONGEST), (440, 160)]
    assert len(found[0]) <= TOGETHER


def test_rare_pieces_are_unknown() -> None:
    assert piece_ids([5, PIECES, PIECES - 1], [0, 1, 2]) == [101, 5, 100, PIECES - 1, 102]


def test_a_new_act_of_telling_is_marked() -> None:
    starts, odds = load_token_marker().mark(TEXT, [0, TEXT.index("They")])
    begins = dict(zip(starts.tolist(), odds[:, 0].tolist(), strict=True))
    assert begins[TEXT.index("urged")] > 0
    assert begins[TEXT.index("They")] > 0
    assert begins[TEXT.index("alliance")] < -2
    assert begins[TEXT.index("withdraw")] < -2


def test_what_stands_far_away_changes_little() -> None:
    marker = load_token_marker()
    filler = "It rained, " * 80 + "it rained.\n\n"
    alone = marker.mark(TEXT, [0, TEXT.index("They")])[1]
    starts, odds = marker.mark(filler + TEXT, [0, len(filler), len(filler) + TEXT.index("They")])
    assert odds.shape == (len(starts), 12)
    assert np.abs(odds[-len(alone) :, 0] - alone[:, 0]).mean() < 0.5


def test_no_text_is_no_mark() -> None:
    starts, odds = load_token_marker().mark("", [])
    assert starts.shape == (0,)
    assert odds.shape == (0, 12)
    assert odds.dtype == np.float32


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    shutil.copy(DATA / "marker.json", tmp_path)
    with pytest.raises(ModelError, match="cannot be read"):
        load_token_marker(tmp_path)
