"""What the web server's worker processes load."""

import gc
import os

from flask import Flask

from . import create_app
from .bound import die_with


def application() -> Flask:
    """The app of one worker process, which ends when the web server's main process was killed."""
    die_with(os.getppid())
    app = create_app()
    # Documents are many objects without cycles: looking through them as often as Python does took a sixth of
    # a batch's time. What was loaded so far stays for good and is not looked through at all.
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    return app
