"""The page of the local Slack in a real Chromium, for the one test that needs it and for the README's pictures."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as seen
from selenium.webdriver.support.ui import WebDriverWait

SECONDS_TO_SEE = 15
MOST_BYTES = 200_000
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # as root in a container there is none to be had; only our own page is opened
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--lang=en-GB",
)


def missing() -> str:
    """Return what is not installed to drive a browser; empty where all is there."""
    return ", ".join(name for name in ("chromium", "chromedriver") if shutil.which(name) is None)


class Browser:
    """A window with the page of the local Slack."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def has_size(self, width: int, height: int) -> None:
        """Make the page exactly `width` by `height` pixels."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def shoots(self, file: Path) -> None:
        """Write a picture of the page, small enough for a repository."""
        assert self.driver.save_screenshot(str(file))
        assert file.stat().st_size < MOST_BYTES, file

    def opens(self, url: str) -> None:
        """Open the page and wait until it shows the workspace."""
        self.driver.get(url)
        self.sees(".composer-input")

    def types(self, css: str, text: str) -> None:
        """Replace what a field holds by `text`."""
        field = self.sees(css)
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text)

    def sends(self, text: str) -> None:
        """Write `text` into the composer and send it."""
        self.types(".main .composer-input", text)
        self.sees(".main .composer-input").send_keys(Keys.ENTER)

    def presses(self, words: str) -> None:
        """Press the last button with these words."""
        xpath = f'(//button[normalize-space(.)="{words}"])[last()]'
        self._wait().until(seen.element_to_be_clickable((By.XPATH, xpath))).click()

    def sees(self, css: str, words: str = "") -> WebElement:
        """Wait for an element that shows `words`; return the first."""

        def found(driver: webdriver.Chrome) -> WebElement | None:
            held = [e for e in driver.find_elements(By.CSS_SELECTOR, css) if words in e.text]
            return held[0] if held else None

        return self._wait().until(found, f"no {css} with {words!r}")

    def _wait(self) -> WebDriverWait:
        return WebDriverWait(self.driver, SECONDS_TO_SEE, poll_frequency=0.05)


@contextmanager
def opened_browser(profile: Path) -> Iterator[Browser]:
    """Start Chromium with an empty `profile`."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"), log_output=subprocess.DEVNULL)
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield Browser(driver)
    finally:
        driver.quit()
