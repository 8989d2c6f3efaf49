"""Run a command that dies with its parent: `python bound.py PARENT SIGNAL ACCOUNT COMMAND...`.

Runs as a script with no packages, so that it starts in milliseconds. ACCOUNT may be empty; else the command
runs as that system account.
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with(parent: int, *, by: int = signal.SIGKILL) -> None:
    """Ask the kernel to send this process the signal `by` when `parent` ends. Only Linux can."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(by))
    if os.getppid() != parent:
        sys.exit("The parent process is gone.")


def main(parent: str, death_signal: str, account: str, *command: str) -> None:
    if account:
        entry = pwd.getpwnam(account)
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)
    die_with(int(parent), by=int(death_signal))
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(*sys.argv[1:])
