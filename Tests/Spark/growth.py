#!/usr/bin/env python3
"""Memory and speed of marquee shard for more and more made-up members, beside marquee build.

    growth.py [--members 10000,100000]
"""

import argparse
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import cluster

FILMS = 2000


def peak(process):
    """MB that a process had at most, so far."""
    with open(f"/proc/{process}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024


def processor(process):
    """Seconds of processor of a process, so far."""
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


def ratings(user):
    """The ratings of a made-up member: 30 films, the popular ones more often."""
    rng = random.Random(user)
    films = sorted({min(FILMS - 1, int(FILMS * rng.random() ** 2)) for _ in range(30)})
    return [(film, rng.randint(1, 10) / 2, 1_000_000_000 + user) for film in films]


def frames(members, shards):
    """The members' frames, sorted as tasks send them."""
    order = sorted(range(1, members + 1), key=lambda user: (zlib.crc32(str(user).encode()) % shards, str(user)))
    for start in range(0, members, 2000):
        users, films, stars, times, names = [], [], [], [], []
        for number, user in enumerate(order[start:start + 2000], start):
            for film, star, moment in ratings(user):
                users.append(number)
                films.append(film)
                stars.append(star)
                times.append(moment)
            names.append(str(user).encode())
        n, m = len(users), len(names)
        yield (struct.pack(f"<Q{n}q{n}i{n}f{n}II", n, *users, *films, *stars, *times, m) +
               struct.pack(f"<{m}I", *map(len, names)) + b"".join(names))
    yield struct.pack("<Q", 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", default="10000,100000")
    counts = [int(word) for word in parser.parse_args().members.split(",")]
    folder = tempfile.mkdtemp(prefix="marquee-spark-")
    data = f"{folder}/data"
    first = counts[0]
    with open(cluster.write(f"{data}/ratings.csv", "userId,movieId,rating,timestamp\n"), "a") as file:
        for user in range(1, first + 1):
            for film, star, moment in ratings(user):
                file.write(f"{user},{film + 1},{star},{moment}\n")
    cluster.write(f"{data}/movies.csv", "movieId,title,genres\n" + "".join(
        f"{film + 1},Film {film} ({1930 + film % 90}),{'Drama' if film % 3 else 'Comedy|War'}\n" for film in range(FILMS)))
    site = f"{folder}/alone"
    cluster.write(f"{site}/content/site.yaml", cluster.SITE + "models: [biases, als, ials]\n")
    report = f"{folder}/report.json"
    cluster.marquee("build", "--site", site, "--data", data, "--output", f"{site}/output", "--jobs", "1", "--report", report)
    print(open(report).read()[:4000])
    peaks, rates = [], []
    for count in counts:
        apart = cluster.write(f"{folder}/apart.json", f'{{"folder": "a", "members": {count}}}')
        cluster.marquee("build", "--site", site, "--data", data, "--output", f"{folder}/site-{count}", "--apart", apart)
        shards = max(1, (count + 96) // 192)
        all_frames = frames(count, shards)
        child = subprocess.Popen([cluster.PROGRAM, "shard", "--site", site], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        files = []

        def read():
            while True:
                head = child.stdout.read(12)
                if len(head) < 12:
                    return
                user, length = struct.unpack("<qI", head)
                child.stdout.read(length)
                if user < 0:
                    files.append(user)

        reader = threading.Thread(target=read)
        reader.start()
        before = processor(child.pid)
        for frame in all_frames:
            last = (peak(child.pid), processor(child.pid))
            child.stdin.write(frame)
            child.stdin.flush()
        reader.join()
        child.stdin.close()
        code = child.wait()
        peaks.append(last[0])
        rates.append(count / max(0.01, last[1] - before))
        print(f"{count} members: exit {code}, {len(files)} of {shards} files, peak {last[0]:.0f} MB, {rates[-1]:.0f} members a "
              f"second of processor", flush=True)
        if code or len(files) != shards:
            return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0 if max(peaks) < 1.3 * min(peaks) + 20 else 1


if __name__ == "__main__":
    sys.exit(main())
