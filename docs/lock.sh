#!/usr/bin/env bash
# Pin every dependency with the hashes of all its files, for Python 3.11 to 3.13 (needs uv).
set -euo pipefail
cd "$(dirname "$0")/.."
pin() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
  --custom-compile-command "make lock" "$@"; }
printf 'hatchling\neditables\n' > build-tools.in
trap 'rm -f build-tools.in' EXIT
pin pyproject.toml build-tools.in --output-file requirements.lock
pin pyproject.toml build-tools.in --extra dev --constraint requirements.lock --output-file requirements-dev.lock
