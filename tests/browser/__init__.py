"""The web page in a real browser: Playwright drives Chromium against a server on loopback."""
