"""Pictures: render the report of a run in headless Chromium, on a desk, on a telephone, on paper.

    python tools/pictures.py RUN OUT [--name NAME] [--parts findings tiers anatomy ...]

RUN is a run's folder (or one of its pages).  Into OUT go NAME-desktop.png (1280 wide),
NAME-phone.png (390 wide) and NAME-print.png (page 1 to 4 of the PDF, side by side); with --parts,
one picture for each part of the page named by its id instead.  Each picture is cut to a readable
height and its colours reduced until it has at most 300 kB.

Needs playwright and pillow, Chromium (CHROMIUM, else /usr/bin/chromium) and pdftoppm (Debian's
poppler-utils).  The browser gets no network: a page that asked for one would fail.
"""

import argparse
import io
import os
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOST_BYTES = 300_000
PATIENCE = 180_000  # a busy machine takes long to draw a page [ms]
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
# Colours and size of a picture, tried in turn until it fits.
TRIALS = ((256, 1.0), (128, 1.0), (64, 1.0), (32, 0.85), (32, 0.7), (32, 0.5))
TALLEST = {"desktop": 5200, "phone": 6400}  # of a whole page [pixel]


def main() -> None:
    """Read the command line, make the pictures, say what was written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", default="report")
    parser.add_argument("--parts", nargs="*", default=[], help="ids of parts of the page")
    parser.add_argument("--tallest", type=int, help="of a whole page, in pixels")
    parser.add_argument("--screen", choices=SCREENS, nargs="*", default=list(SCREENS))
    asked = parser.parse_args()
    page = asked.run / "report.html" if asked.run.is_dir() else asked.run
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for screen in asked.screen:
            opened = open_page(browser, page, screen)
            stem = f"{asked.name}-{screen}"
            if asked.parts:
                parts(opened, asked.parts, asked.out, stem)
            else:
                picture = Image.open(io.BytesIO(opened.screenshot(full_page=True)))
                height = min(picture.height, asked.tallest or TALLEST[screen])
                write(picture.crop((0, 0, picture.width, height)), asked.out / f"{stem}.png")
        if not asked.parts:
            write(paper(browser, page), asked.out / f"{asked.name}-print.png")
        browser.close()


def open_page(browser: Browser, path: Path, screen: str) -> Page:
    """The report on a screen of this size, all charts drawn."""
    width, height = SCREENS[screen]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(PATIENCE)
    page.context.set_offline(True)
    page.goto(path.resolve().as_uri())
    page.wait_for_selector("html[data-charts=drawn]")
    return page


def parts(page: Page, ids: list[str], out: Path, stem: str) -> None:
    """One picture for each part of the page."""
    for name in ids:
        place = page.locator(f"#{name}")
        target = place if place.evaluate("e => e.tagName") == "FIGURE" else place.locator("..")
        write(Image.open(io.BytesIO(target.screenshot())), out / f"{stem}-{name}.png")


def paper(browser: Browser, path: Path, pages: int = 4) -> Image.Image:
    """The first pages of the PDF that printing gives, side by side."""
    page = open_page(browser, path, "desktop")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        page.pdf(path=str(pdf), format="A4", prefer_css_page_size=True)
        command = ["pdftoppm", "-r", "60", "-l", str(pages), "-png", str(pdf), f"{folder}/p"]
        subprocess.run(command, check=True)
        sheets = [Image.open(p).convert("RGB") for p in sorted(Path(folder).glob("p*.png"))]
    gap = 12
    width = sum(s.width for s in sheets) + gap * (len(sheets) + 1)
    whole = Image.new("RGB", (width, max(s.height for s in sheets) + 2 * gap), "#8a8a8a")
    left = gap
    for sheet in sheets:
        whole.paste(sheet, (left, gap))
        left += sheet.width + gap
    return whole


def write(picture: Image.Image, path: Path) -> None:
    """Save with fewer colours, then smaller, until it fits; say its size."""
    picture = picture.convert("RGB")
    for colours, shrink in TRIALS:
        size = (round(picture.width * shrink), round(picture.height * shrink))
        small = picture if shrink == 1 else picture.resize(size, Image.Resampling.LANCZOS)
        few = small.quantize(colours, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            print(f"{path}: {few.width} x {few.height}, {path.stat().st_size:,} bytes")
            return
    raise SystemExit(f"{path} does not fit {MOST_BYTES:,} bytes: cut it with --parts")


if __name__ == "__main__":
    main()
