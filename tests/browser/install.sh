#!/bin/sh
# Sees to a Chromium for the browser tests: installs Debian's where that is possible, says so loudly where it is not.
set -eu

has_browser() {
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then return 0; fi
  done
  return 1
}

if has_browser; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing chromium for the browser tests (once) ..."
  # One source that is out of order fails the update of all; chromium may be had all the same.
  apt-get update -qq || echo "Not all package lists could be updated; going on with those that are here." >&2
  # What apt-get asks would be seen by nobody: without an input it fails instead of waiting for an answer.
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=120 chromium \
    >/dev/null </dev/null || true
  if has_browser; then exit 0; fi
fi
echo "***********************************************************************************" >&2
echo "*** NO BROWSER: the web page will NOT be tested. Install chromium and run again. ***" >&2
echo "***********************************************************************************" >&2
[ -z "${CI:-}" ] # under CI this is a failure
