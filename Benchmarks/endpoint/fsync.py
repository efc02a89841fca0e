#!/usr/bin/env python3
"""How many times a second a small write reaches the disk: fsync.py FOLDER"""
import os, sys, time
path = os.path.join(sys.argv[1], "fsync.probe")
file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
count, start = 0, time.monotonic()
while time.monotonic() - start < 2:
    os.pwrite(file, b"x" * 4096, count % 256 * 4096)
    os.fdatasync(file)
    count += 1
print(f"{count / (time.monotonic() - start):.0f} fdatasync/s")
os.unlink(path)
