#!/usr/bin/env python3
"""Prints each stage of a build compared with its lower bound: the machine's time for only the bytes and products.

    Benchmarks/floors.py DATA [--quality quick|best] [--repeat N]

DATA is a folder or file that `marquee build --data` takes. The floors are measured here, in the same run:

- reading: `cat` of the data files, from the cache of the system;
- one plain writer: as many files of the same sizes as the site has, in as many folders, by write() alone;
- products: one large SGEMM of the same OpenBLAS on one thread, times the cores;
- fsync: one file of one page.

A stage's floor counts what its method cannot do without (README of the method in docs/design/costs.md).
"""

import argparse, ctypes, ctypes.util, json, os, resource, shutil, subprocess, sys, tempfile, time

here = os.path.dirname(os.path.abspath(__file__))
marquee = os.environ.get("MARQUEE", os.path.join(here, "..", ".build", "release", "marquee"))
cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def seconds(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


def files_under(path):
    if os.path.isfile(path):
        return [path]
    return [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]


def reading(paths):
    """Seconds that `cat` takes, the second time."""
    cat = lambda: subprocess.run(["cat", *paths], stdout=subprocess.DEVNULL, check=True)
    cat()
    return min(seconds(cat) for _ in range(3))


def writing(site, scratch):
    """Seconds to write files of the same sizes into the same folders, and how many there are."""
    sizes = [(os.path.relpath(file, site), os.path.getsize(file)) for file in files_under(site)]
    block = bytes(max([size for _, size in sizes] + [1]))

    def write():
        made = set()
        for name, size in sizes:
            folder = os.path.join(scratch, os.path.dirname(name))
            if folder not in made:
                os.makedirs(folder, exist_ok=True)
                made.add(folder)
            descriptor = os.open(os.path.join(scratch, name), os.O_WRONLY | os.O_CREAT, 0o644)
            os.write(descriptor, memoryview(block)[:size])
            os.close(descriptor)

    before = resource.getrusage(resource.RUSAGE_SELF)
    wall = seconds(write)
    after = resource.getrusage(resource.RUSAGE_SELF)
    return wall, after.ru_stime + after.ru_utime - before.ru_stime - before.ru_utime, len(sizes)


def flat_writing(size, path):
    block = bytes(1 << 20)

    def write():
        with open(path, "wb", buffering=0) as file:
            for _ in range(max(1, size >> 20)):
                file.write(block)

    return seconds(write)


def syncing(path):
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    times = []
    for index in range(5):
        os.pwrite(descriptor, bytes([index]) * 4096, 0)
        times.append(seconds(lambda: os.fsync(descriptor)))
    os.close(descriptor)
    return sorted(times)[2]


def product_rate():
    """Floating-point operations a second of one SGEMM on one thread; nil without OpenBLAS."""
    try:
        blas = ctypes.CDLL(ctypes.util.find_library("openblas") or "libopenblas.so.0")
    except OSError:
        return None
    blas.openblas_set_num_threads(1)
    n = 2048
    matrices = [(ctypes.c_float * (n * n))(*([0.5] * 1)) for _ in range(3)]
    best = float("inf")
    for _ in range(4):
        start = time.process_time()
        blas.cblas_sgemm(101, 111, 111, n, n, n, ctypes.c_float(1), matrices[0], n, matrices[1], n, ctypes.c_float(0),
                         matrices[2], n)
        best = min(best, time.process_time() - start)
    return 2 * n**3 / best


def settings():
    models = json.loads(subprocess.run([marquee, "models", "--json"], capture_output=True, check=True).stdout)["models"]
    return {model["name"]: {s["name"]: s["default"] for s in model.get("settings", [])} for model in models}


def operations(report, defaults):
    """Floating-point operations that fitting once, and scoring everybody once, cannot do without, for each model."""
    users, movies, ratings = (report["counts"][key] for key in ("users", "movies", "ratings"))
    fit, score = {}, {}
    for model in (entry["name"] for entry in report["models"]):
        own = defaults.get(model, {})
        factors = own.get("factors", own.get("rank", 64))
        sweeps = own.get("iterations", own.get("sweeps", own.get("epochs", 10)))
        if model in ("als", "ials"):
            # Per rating the upper half of an outer product, on both sides; per row a Cholesky factor.
            fit[model] = sweeps * (2 * ratings * factors * (factors + 1) + (users + movies) * factors**3 / 3)
            score[model] = 2 * users * movies * factors
        elif model == "ease":
            side = min(movies, users, 20_000)
            # The Gram matrix, entry by entry of each row, and the inverse of a symmetric matrix.
            fit[model] = ratings * ratings / max(1, users) + side**3
            score[model] = 2 * ratings * movies
        else:
            fit[model] = score[model] = 0
    return fit, score


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--quality", default="quick")
    options = parser.parse_args()
    data = os.path.abspath(options.data)
    with tempfile.TemporaryDirectory() as scratch:
        report_path = os.path.join(scratch, "report.json")
        os.mkdir(os.path.join(scratch, "site"))
        subprocess.run(
            [marquee, "build", "--clean", "--data", data, "--quality", options.quality, "--report", report_path,
             "--output", os.path.join(scratch, "site", "output")],
            cwd=os.path.join(scratch, "site"), check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        report = json.load(open(report_path))
        database = os.path.join(scratch, "site", ".marquee", "marquee.sqlite")
        sync = syncing(os.path.join(scratch, "sync"))
        read = reading(files_under(data))
        write_database = flat_writing(os.path.getsize(database), os.path.join(scratch, "flat"))
        pages, pages_cpu, page_count = writing(os.path.join(scratch, "site", "output"), os.path.join(scratch, "plain"))
        rate = product_rate()
        fit, score = operations(report, settings())
        counts = report["counts"]

    products = lambda counts: None if rate is None else sum(counts.values()) / (rate * cores)
    # From five million ratings on the second fit of a factorization begins where the first ended, with a third of its sweeps.
    fits = 4 / 3 if counts["ratings"] >= 5_000_000 else 2
    measured = min(1, 10_000 / max(1, counts["users"]))
    floors = {
        "ingest": (read + write_database + 2 * sync, "cat of the data, one write of the database, two fsyncs"),
        "train": (None if rate is None else fits * products(fit), "products of the fits of each model at the speed of SGEMM"),
        "evaluate": (None if rate is None else measured * products(score), "products of the scores of 10,000 users at the speed of SGEMM"),
        "precompute": (products(score), "products of the scores of everybody at the speed of SGEMM"),
        "render": (pages, f"a plain writer of the same {page_count} files on one thread ({pages_cpu:.2f} s of CPU)"),
    }
    print(f"{counts['users']:,} users, {counts['movies']:,} movies, {counts['ratings']:,} ratings, quality "
          f"{report['quality']}; {cores} cores, load {os.getloadavg()[0]:.1f}, "
          f"SGEMM {rate / 1e9 if rate else 0:.0f} GFLOP/s a core, fsync {1000 * sync:.1f} ms\n")
    print("| stage | seconds | CPU seconds | peak MB | items | bytes | floor, s | CPU seconds a core over floor | the floor is |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
    for stage in report["stages"]:
        floor, what = floors.get(stage["name"], (None, ""))
        ratio = f"{stage['cpu_seconds'] / cores / floor:.1f}" if floor else "–"
        print(f"| {stage['name']} | {stage['seconds']:.2f} | {stage['cpu_seconds']:.2f} | {stage['peak_mb']:.0f} | "
              f"{stage['items']:,} | {stage['bytes']:,} | {f'{floor:.3f}' if floor else '–'} | {ratio} | {what} |")


if __name__ == "__main__":
    sys.exit(main())
