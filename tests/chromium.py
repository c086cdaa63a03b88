"""Debian's Chromium, kept from talking to anyone but the page under test."""

import shutil

EXECUTABLE = shutil.which("chromium")
WHY_ABSENT = "no program named chromium is on the path"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
