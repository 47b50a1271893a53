"""The table of words by which an account names those who met."""

from __future__ import annotations

from pathlib import Path

import pytest

from diptych.errors import KnowledgeError
from diptych.knowledge import account_words as table
from diptych.knowledge.account_words import account_words


def test_roles_hold_their_words() -> None:
    words = account_words()
    assert "leader" in words.party
    assert "meeting" in words.event
    assert {"inform", "invite"} <= words.addressed
    assert words.title.index("prime minister") < words.title.index("minister")


def test_an_unknown_role_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.csv").write_text("# Source: test\nfile,rows\naccount_words.csv,1\n", "utf-8")
    (tmp_path / table.FILE).write_text("# Source: test\nrole,word\nguest,visitor\n", "utf-8")
    monkeypatch.setattr(table, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match="'guest' is no role"):
        account_words.__wrapped__()
