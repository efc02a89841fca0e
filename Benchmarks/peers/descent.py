"""Stochastic gradient descent compared with LIBMF: seconds of an epoch with 64 factors, and the RMSE of held-out ratings after as many.

    RATINGS=20000000 Benchmarks/peers/run.sh descent      (1,000,000 where nothing is said)

Both learn from the same 95 % of synthesized ratings, on two threads. An epoch is the difference between 12 and 4 of them over 8, so
that reading and set-up do not count. LIBMF's settings are those of its own demo (lambda 0.05, rate 0.1), ours those of a short run, chosen
on another made-up set of that size (seed 5), as the defaults are for 40 epochs. LIBMF's error is what it prints itself, as the predictions
of its Python module are of another order of rows.
"""
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

try:
    import numpy as np
    from libmf import mf
except ImportError as error:
    print(f"descent: {error.name} is not installed; run Benchmarks/peers/setup.sh")
    sys.exit(0)

from figures import record

marquee = os.environ["MARQUEE"]
ratings = int(os.environ.get("RATINGS", 1_000_000))
repeats = int(os.environ.get("REPEATS", 3))
users, movies = (138_493, 26_744) if ratings >= 10_000_000 else (ratings // 140, 4_000)
threads, factors = 2, 64
few, many = 4, 12


short_run = "sgd.regularization=1.6,sgd.learning-rate=0.05,sgd.decay=0.7"


def own(folder, epochs):
    answer = subprocess.run(
        [marquee, "evaluate", "--data", f"{folder}/train.csv", "--test", f"{folder}/test.csv", "--models", "sgd", "--no-intervals",
         "--settings", f"sgd.factors={factors},sgd.epochs={epochs},sgd.tolerance=0,{short_run}", "--jobs", str(threads), "--json"],
        capture_output=True, text=True, check=True).stdout
    figures = json.loads(answer)["models"][0]
    return figures["fit_seconds"], figures["metrics"]["rmse"]


with tempfile.TemporaryDirectory() as folder:
    subprocess.run(
        [marquee, "synthesize", f"{folder}/data", "--users", str(users), "--movies", str(movies), "--ratings", str(ratings)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    table = np.loadtxt(f"{folder}/data/ratings.csv", delimiter=",", skiprows=1, usecols=(0, 1, 2), dtype=np.float32)
    is_test = np.random.default_rng(1).random(len(table)) < 0.05
    for name, rows in (("train", table[~is_test]), ("test", table[is_test])):
        np.savetxt(f"{folder}/{name}.csv", rows, delimiter=",", header="userId,movieId,rating", comments="", fmt=("%d", "%d", "%.1f"))
    for column in (0, 1):
        table[:, column] = np.unique(table[:, column], return_inverse=True)[1]
    train, test = np.ascontiguousarray(table[~is_test]), np.ascontiguousarray(table[is_test])

    def model(epochs, quiet=True):
        return mf.MF(k=factors, nr_threads=threads, nr_iters=epochs, lambda_p2=0.05, lambda_q2=0.05, lambda_p1=0.0, lambda_q1=0.0,
                     eta=0.1, quiet=quiet)

    def peer(epochs):
        learner = model(epochs)
        start = time.perf_counter()
        learner.fit(train)
        return time.perf_counter() - start

    def printed_error():
        """The held-out RMSE behind the last epoch, from the table that the library prints."""
        path = f"{folder}/printed"
        if os.fork() == 0:
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), 1)
            model(many, quiet=False).mf_train_test(train, test)
            ctypes.CDLL(None).fflush(None)
            os._exit(0)
        os.wait()
        return float(open(path).read().split("\n")[many].split()[2])

    # First of all: a fork does not bring along the threads that OpenMP has begun.
    their_error = printed_error()
    theirs, ours = [], []
    for _ in range(repeats):
        theirs.append((peer(many) - peer(few)) / (many - few))
        long, error = own(folder, many)
        ours.append((long - own(folder, few)[0]) / (many - few))
    seconds = [statistics.median(rows) for rows in (theirs, ours)]
    print(f"{len(table):,} ratings, {factors} factors, {threads} threads, medians of {repeats} interleaved runs")
    print(f"an epoch: LIBMF {seconds[0]:.3f} s (RMSE {their_error:.4f} after {many}), marquee {seconds[1]:.3f} s "
          f"({error:.4f}), {seconds[0] / seconds[1]:.2f} times as fast")
    record("descent-epoch", seconds[1], seconds[0], "LIBMF", "seconds", marquee_rmse=error, peer_rmse=their_error)
