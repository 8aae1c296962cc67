"""Renders an HTML page as a PNG with the installed browser."""

import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_SECONDS = 60
"""The browser's timeout; a page of this size takes one or two seconds."""
SCALE = 2
"""Pixels of the picture per CSS pixel, for screens with a high density."""


def capture(page: str, png: Path, width: int) -> None:
    """Render a page, `width` pixels wide and as high as its content, with the installed Chromium or Chrome.

    Raises RuntimeError if there is none or it produces no picture.
    """
    frame = f'<iframe width="{width}" style="border: 0" srcdoc="{html.escape(page)}"></iframe>'
    measure = "onload = () => { document.title = frames[0].document.documentElement.scrollHeight }"
    measured = _browser("--dump-dom", html=f"{frame}<script>{measure}</script>")
    height = re.search(r"<title>(\d+)</title>", measured)
    if not height:
        raise RuntimeError("the browser did not measure the page")
    # Otherwise, on a busy machine, the picture is taken before the lower part is painted.
    painted = ("--run-all-compositor-stages-before-draw", "--virtual-time-budget=2000")
    _browser(f"--screenshot={png.resolve()}", f"--window-size={width},{height[1]}", *painted, html=page)
    if not png.is_file():
        raise RuntimeError(f"the browser drew no {png}")


def _browser(*options: str, html: str) -> str:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if not path:
        raise RuntimeError(f"there is no browser to draw with: install one of {', '.join(BROWSERS)}")
    quiet = ("disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-sync")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        command = [
            path,
            *("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-component-update"),
            *(f"--{name}" for name in quiet),
            *(f"--user-data-dir={folder}/profile", f"--force-device-scale-factor={SCALE}"),
            *(*options, page.as_uri()),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=BROWSER_SECONDS, check=True)
    return done.stdout
