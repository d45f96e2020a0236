# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-listing.py BARISTA: time and peak memory of `check` and of `kcat -L` on one practice Dekaf
with 100,000 topics. The check does more: it asks the registry too, and reads and decodes samples."""

import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

TOPICS = 100000
RUNS = 7


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="barista-bench-") as folder, subprocess.Popen(
            [program, "practice", "--json", "--arrivals", "0", "--topics", str(TOPICS)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as server:
        try:
            compare(program, json.loads(server.stdout.readline()), pathlib.Path(folder))
        finally:
            server.send_signal(signal.SIGTERM)
    return server.returncode


def compare(program, ready, folder):
    rows = {"check": [program, "check", ready["profile"]],
            "check --json": [program, "check", ready["profile"], "--json"],
            "check, registry off": [program, "check", without_registry(ready, folder)]}
    if shutil.which("kcat"):
        settings = kcat_settings(ready, folder)
        rows["kcat -L"] = ["kcat", "-F", settings, "-L", "-m", "60"]
        rows["kcat -L -J"] = ["kcat", "-F", settings, "-L", "-J", "-m", "60"]
    print(f"{TOPICS} topics on one practice Dekaf, median of {RUNS} runs that take turns\n\n"
          f"{'':22}{'seconds':>9}{'CPU s':>9}{'peak MiB':>10}{'printed KiB':>13}")
    measured = {name: [] for name in rows}
    for _ in range(RUNS):  # in turns, so that what else the computer does is shared
        for name, command in rows.items():
            measured[name].append(run(command, ready["token"], folder / "output"))
    for name, runs in measured.items():
        seconds, cpu, peak, printed = map(statistics.median, zip(*runs))
        print(f"{name:22}{seconds:9.2f}{cpu:9.2f}{peak:10.1f}{printed:13.0f}")


def without_registry(ready, folder):
    with open(ready["profile"], encoding="utf-8") as file:
        profile = json.load(file)
    path = folder / "profile.json"
    path.write_text(json.dumps({**profile, "registry": {"enabled": False}}), encoding="utf-8")
    return path


def kcat_settings(ready, folder):
    path = folder / "kcat.conf"
    path.touch(0o600)
    path.write_text(f"bootstrap.servers={ready['bootstrap_servers']}\nsecurity.protocol=SASL_SSL\n"
                    f"sasl.mechanism=PLAIN\nsasl.username={ready['username']}\n"
                    f"sasl.password={ready['token']}\nssl.ca.location={ready['ca_file']}\n",
                    encoding="utf-8")
    return path


def run(command, token, output):
    """Seconds, seconds of the processors, MiB at most, KiB printed."""
    with open(output, "wb") as file:
        began = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file,
                                   stderr=subprocess.DEVNULL,
                                   env={**os.environ, "BARISTA_TOKEN": token})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
            output.stat().st_size / 1024)


sys.exit(main())
