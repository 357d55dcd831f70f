#!/bin/sh
# The browser tests drive Debian's Chromium. Where there is none, install it if we may.
set -eu
if [ -x /usr/bin/chromium ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "The browser tests need Chromium at /usr/bin/chromium: install it and run again." >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
fi
$as_root apt-get update -qq
$as_root apt-get install -y -qq chromium fonts-dejavu-core >/dev/null
