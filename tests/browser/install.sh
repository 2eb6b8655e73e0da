#!/bin/sh
# Sees to a Chromium for the browser tests: installs Debian's where that is possible, says so loudly where it is not.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing chromium for the browser tests (once) ..."
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium >/dev/null; then
    exit 0
  fi
fi
echo "***********************************************************************************" >&2
echo "*** NO BROWSER: the web page will NOT be tested. Install chromium and run again. ***" >&2
echo "***********************************************************************************" >&2
[ -z "${CI:-}" ] # under CI this is a failure
