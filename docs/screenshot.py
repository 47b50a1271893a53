"""Draw docs/screenshot.png: the HTML view of the shipped pair, as a browser shows it (needs chromium).

usage: python -m docs.screenshot
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from diptych.pipeline import Engine
from diptych.report import render

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = "1200,1560"


def main() -> int:
    """Compare the samples, draw the page, write the picture; 1 where no browser is installed."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"none of {', '.join(BROWSERS)} is installed", file=sys.stderr)
        return 1
    samples = ROOT / "samples" / "sarvenia-tolmara"
    comparison = Engine.start("compare").compare(str(samples / "account-a.txt"), str(samples / "account-b.txt"))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "diptych.html"
        page.write_text(str(render(comparison, "html")), "utf-8")
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--hide-scrollbars",
            f"--user-data-dir={folder}/profile",
            f"--window-size={SIZE}",
            f"--screenshot={ROOT / 'docs' / 'screenshot.png'}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    print("docs/screenshot.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
