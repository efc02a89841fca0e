#!/usr/bin/env python3
"""What a clean build costs, target by target: `build-time.py [swift build arguments...]` (default: --product marquee).

The checkout is built into a folder of its own that is removed afterwards; packages are fetched before the clock starts.
Every compiler's processor time is read from /proc while it runs (Linux), so that a busy machine changes the seconds and not
the processor seconds. With `--beside ARGUMENTS` (a quoted string) a second build is measured in the same run.
"""

import argparse
import collections
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time

TICK = os.sysconf("SC_CLK_TCK")


def target_of(command):
    """The module or target that a compiler's command line is about."""
    for index, word in enumerate(command):
        if word == "-module-name" and index + 1 < len(command):
            return command[index + 1]
    for word in command:
        if found := re.search(r"/([^/]+)\.build/", word):
            return found[1]
    return "linking" if any("LinkFileList" in word or word.endswith(".lnk") for word in command) else "other"


class Sampler(threading.Thread):
    """Reads the processor time of every process below this one, until it is stopped."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seconds = {}
        self.names = {}
        self.ended = threading.Event()

    def run(self):
        while not self.ended.wait(0.1):
            self.sample()

    def sample(self):
        parents, times = {}, {}
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                with open(f"/proc/{entry}/stat") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry)] = int(fields[1])
            times[int(entry)] = ((int(fields[11]) + int(fields[12])) / TICK, fields[19])
        for process, (seconds, started) in times.items():
            above = process
            while above in parents and above != os.getpid():
                above = parents[above]
            if above != os.getpid() or process == os.getpid():
                continue
            key = (process, started)
            if key not in self.names or self.names[key] == "other":
                try:
                    with open(f"/proc/{process}/cmdline") as file:
                        self.names[key] = target_of(file.read().split("\0"))
                except OSError:
                    continue
            self.seconds[key] = seconds

    def by_target(self):
        totals = collections.Counter()
        for key, seconds in self.seconds.items():
            totals[self.names[key]] += seconds
        return totals


def build(checkout, arguments):
    """Makes a clean build and returns the seconds, the CPU seconds and those of each target."""
    scratch = tempfile.mkdtemp(prefix="build-time-")
    try:
        command = ["swift", "build", "-c", "release", "--package-path", checkout, "--scratch-path", scratch]
        subprocess.run(
            ["swift", "package", "--package-path", checkout, "--scratch-path", scratch, "resolve"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sampler = Sampler()
        before = os.times()
        started = time.monotonic()
        sampler.start()
        done = subprocess.run(command + arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        seconds = time.monotonic() - started
        sampler.ended.set()
        sampler.join()
        after = os.times()
        if done.returncode:
            sys.exit(done.stdout[-4000:])
        processor = after.children_user + after.children_system - before.children_user - before.children_system
        return seconds, processor, sampler.by_target()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def show(arguments, seconds, processor, targets, count):
    print(f"swift build -c release {shlex.join(arguments)}: {seconds:.0f} s, {processor:.0f} s of processor")
    for name, value in targets.most_common(count):
        print(f"  {value:7.1f} s  {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkout", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
    parser.add_argument("--beside", help="arguments of a second build, measured in the same run")
    parser.add_argument("--targets", type=int, default=40, help="how many targets are listed")
    options, arguments = parser.parse_known_args()
    arguments = arguments or ["--product", "marquee"]
    first = build(options.checkout, arguments)
    show(arguments, *first, options.targets)
    if options.beside:
        other = shlex.split(options.beside)
        second = build(options.checkout, other)
        show(other, *second, options.targets)
        print(f"first beside second: {first[0] / second[0]:.2f} of the seconds, {first[1] / second[1]:.2f} of the processor's")


main()
