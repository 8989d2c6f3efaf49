"""What the web server's worker processes load."""

import os

from flask import Flask

from . import create_app
from .bound import die_with


def application() -> Flask:
    """The app of one worker process, which ends when the web server's main process was killed."""
    die_with(os.getppid())
    return create_app()
