#!/usr/bin/env bash
# PostgreSQL for the store's tests: use what is installed, install it where that can be done, say so where it cannot.
# The tests start a server of their own from these programs, in a temporary folder, and stop it.
set -uo pipefail

programs() { ls -d /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb 2>/dev/null | head -1 || true; command -v initdb || true; }

if [ -n "${DIPTYCH_TEST_POSTGRESQL:-}" ]; then
  echo "PostgreSQL: the server that DIPTYCH_TEST_POSTGRESQL names"
elif [ -n "$(programs)" ]; then
  echo "PostgreSQL: $(programs | head -1 | xargs dirname)"
elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "PostgreSQL: installing it (about a minute)"
  export DEBIAN_FRONTEND=noninteractive
  if { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null 2>&1; then
    echo "PostgreSQL: $(programs | head -1 | xargs dirname)"
  else
    echo "PostgreSQL: it could not be installed; the store is tested on SQLite alone"
  fi
else
  echo "PostgreSQL: not installed, and only root can install it; the store is tested on SQLite alone"
fi
