"""Explorer: pictures of every screen, and how long a reader waits, with a server of its own.

    python tools/explorer.py pictures [FOLDER]    screenshots: desktop and phone, light and dark
    python tools/explorer.py times                first paint, and from a lever to its answer

Both need Debian's chromium (or CHROMIUM) and playwright, and print what they measured.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FOLDER = Path(__file__).parents[1] / "docs" / "pictures" / "explorer"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 300_000  # ms: kernels may have to be compiled
SIZES = {"desktop": (1280, 900, 2600), "phone": (390, 780, 2600)}  # width, height, at most so high
MOST_BYTES = 300_000
# Of a life that is played: bills that there is no money for are left, and nothing else is done.
CHOICES = "000.000.000.00.000.000.000.000.000.000.0000.000.0000.000."  # 14 months ...
CHOICES_ALL = f"{CHOICES}0000.000.000.00.000.000.000.00.000.000."  # ... and all 24
# Screen -> state in the address, what must be there.
SCREENS = {
    "guess": ("guess?scheme=national&guess=62", "#guess"),
    "answer": ("guess?scheme=national&guess=62&shown=1", "#figure-anatomy svg"),
    "society": ("society?scheme=national&by=silent&month=14", "canvas"),
    "life": ("life?scheme=suining&where=sanctioned", ".lives .month"),
    "file": ("life?scheme=suining&where=false+entry&as=laboratory", ".paper.laboratory table"),
    "register": ("life?scheme=court-list&list=1", ".listed"),
    "rules": ("rules?scheme=suining&x.false_records=5", ".four [data-seconds]"),
    "compare": ("compare?of=scheme:court-list,scheme:sesame", ".one figure"),
    "live": (f"live?scheme=national&person=9572977&c={CHOICES}", ".offers"),
    "lived": (f"live?scheme=national&person=9572977&c={CHOICES_ALL}", ".beside"),
}
PART = {"file": "section.file", "register": "section.register"}  # of a long page


@contextlib.contextmanager
def explorer(runs: Path) -> Iterator[str]:
    """A running explorer; its address."""
    command = [sys.executable, "-m", "demerit", "explore", "--no-browser", "--runs", str(runs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if found := next((word for word in line.split() if "?token=" in word), None):
                    yield found
                    break
        finally:
            process.terminate()


def opened(browser: Browser, address: str, size: tuple[int, ...], dark: bool) -> Page:
    """A page that has been let in."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce",
        color_scheme="dark" if dark else "light",
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    return page


def pictures(browser: Browser, address: str, folder: Path) -> None:
    """Write FOLDER/SCREEN-SIZE-THEME.png."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = urlsplit(address)
    for size, (width, height, most) in SIZES.items():
        for dark in (False, True):
            page = opened(browser, address, (width, height), dark)
            for screen, (state, there) in SCREENS.items():
                page.goto("about:blank")
                page.goto(f"{parts.scheme}://{parts.netloc}/#{state}")
                page.locator(there).first.wait_for()
                page.wait_for_timeout(700)
                path = folder / f"{screen}-{size}-{'dark' if dark else 'light'}.png"
                take(page, screen, path, width, most)
                print(f"{path.name:30} {path.stat().st_size / 1000:5.0f} kB", flush=True)
            page.context.close()


def take(page: Page, screen: str, path: Path, width: int, most: int) -> None:
    """Take the picture, cut below until it is small enough."""
    top = 0.0
    if screen in PART:
        top = (
            page.locator(PART[screen]).evaluate("e => e.getBoundingClientRect().top + scrollY") - 24
        )
    whole = page.evaluate("document.documentElement.scrollHeight")
    height = min(most, whole - top)
    while True:
        clip = {"x": 0, "y": top, "width": width, "height": height}
        page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]
        if path.stat().st_size <= MOST_BYTES:
            return
        height *= 0.85


def times(browser: Browser, address: str) -> None:
    """Print the first paint of each screen, and the wait from a lever to its answer."""
    parts = urlsplit(address)
    page = opened(browser, address, SIZES["desktop"], False)
    for screen, (state, there) in SCREENS.items():
        page.goto("about:blank")
        page.goto(f"{parts.scheme}://{parts.netloc}/#{state}")
        page.locator("main h1").wait_for()
        paints: list[dict[str, Any]] = page.evaluate(
            "performance.getEntriesByType('paint').map(p => ({name: p.name, at: p.startTime}))"
        )
        first = next(p["at"] for p in paints if p["name"] == "first-contentful-paint")
        page.locator(there).first.wait_for()
        whole = page.evaluate("performance.now()")
        print(
            f"{screen:10} first paint {first:5.0f} ms, all there {whole / 1000:6.1f} s", flush=True
        )
    page.goto(f"{parts.scheme}://{parts.netloc}/#rules?scheme=suining")
    page.locator(".four [data-seconds]").wait_for()
    for press in ("ArrowRight", "ArrowRight", "ArrowRight"):
        page.locator('[id="lever-false_records"]').focus()
        page.keyboard.press(press)
        page.locator(".four[aria-busy=true]").wait_for()
        done = page.locator(".four [data-seconds]")
        done.wait_for()
        print(
            f"lever to answer, 100,000 people x 60 months: {done.get_attribute('data-seconds')} s"
        )


def main() -> None:
    """Do what the command line asks."""
    if len(sys.argv) < 2 or sys.argv[1] not in ("pictures", "times"):
        sys.exit(__doc__)
    with (
        tempfile.TemporaryDirectory() as runs,
        explorer(Path(runs)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        if sys.argv[1] == "times":
            times(browser, address)
        else:
            pictures(browser, address, Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER)
        browser.close()


if __name__ == "__main__":
    main()
