"""List models compared with implicit and NumPy: seconds per iteration of implicit ALS, the top 10 of all users, fit of EASE, with nDCG@10 on
held-out ratings.

    RATINGS=20000000 Benchmarks/peers/run.sh lists      (1,000,000 where nothing is said)
    MOVIES=10000 PARTS=ease Benchmarks/peers/run.sh lists

PARTS  als ease; both of them. EASE is left out beyond 10,000 movies.

Both sides get the same files: 95 % of synthesized ratings to learn from, 5 % to find. An iteration is the difference between 6
and 2 of them over 4, so that reading and set-up do not count. Two threads each; the BLAS of implicit on one, as it advises, that of
NumPy on two. Memory is the peak of a process, for NumPy less what the data took before.
The top 10 leave out what is known; ours are those of the users with something to find, nearly all, folded in from their ratings.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"
from figures import record

try:
    import implicit
    import numpy as np
    import scipy.sparse as sparse
    from threadpoolctl import threadpool_limits
except ImportError as error:
    print(f"lists: {error.name} is not installed; run Benchmarks/peers/setup.sh")
    sys.exit(0)

marquee = os.environ["MARQUEE"]
ratings = int(os.environ.get("RATINGS", 1_000_000))
repeats = int(os.environ.get("REPEATS", 3))
users, movies = (138_493, 26_744) if ratings >= 10_000_000 else (ratings // 140, 4_000)
movies = int(os.environ.get("MOVIES", movies))
parts = os.environ.get("PARTS", "als,ease").split(",")
threads, factors, k = 2, 64, 10


def ndcg(scores, seen, held_out):
    """Mean nDCG@10 over users, movies of the training part left out."""
    discounts = 1 / np.log2(np.arange(2, k + 2))
    gains = []
    for user in range(scores.shape[0]):
        relevant = held_out[user].indices
        if len(relevant) == 0:
            continue
        row = scores[user].copy()
        row[seen[user].indices] = -np.inf
        best = np.argpartition(-row, k)[:k]
        best = best[np.argsort(-row[best])]
        gains.append((np.isin(best, relevant) * discounts).sum() / discounts[: min(k, len(relevant))].sum())
    return float(np.mean(gains))


def own(folder, model, **settings):
    words = ",".join(f"{model}.{name}={value}" for name, value in settings.items())
    answer = subprocess.run(
        [marquee, "evaluate", "--data", f"{folder}/train.csv", "--test", f"{folder}/test.csv", "--models", model,
         "--settings", words, "--jobs", str(threads), "--json"],
        capture_output=True, text=True, check=True).stdout
    figures = json.loads(answer)["models"][0]
    return figures["fit_seconds"], figures["metrics"]["ndcg@10"], figures["predict_seconds"], figures["peak_mb"]


def closed_form(train, sample, test):
    """EASE as its paper has it, in a process of its own: seconds, nDCG@10 and MB of memory."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with threadpool_limits(threads):
            start = time.perf_counter()
            gram = (train.T @ train).toarray()
            gram[np.diag_indices_from(gram)] += 300
            inverse = np.linalg.inv(gram)
            weights = inverse / -np.diag(inverse)
            weights[np.diag_indices_from(weights)] = 0
            seconds = time.perf_counter() - start
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        os.write(writer, json.dumps([seconds, ndcg(train[sample] @ weights, train[sample], test[sample]), memory]).encode())
        os._exit(0)
    os.wait()
    return json.loads(os.read(reader, 1000))


def report(name, work, peer, peer_seconds, peer_quality, own_seconds, own_quality):
    theirs, ours = statistics.median(peer_seconds), statistics.median(own_seconds)
    print(f"{work}: {peer} {theirs:.3f} s (nDCG@10 {peer_quality:.4f}), marquee {ours:.3f} s ({own_quality:.4f}), "
          f"{theirs / ours:.2f} times as fast", flush=True)
    record(name, ours, theirs, peer, "seconds", marquee_ndcg=own_quality, peer_ndcg=peer_quality)


with tempfile.TemporaryDirectory() as folder:
    subprocess.run(
        [marquee, "synthesize", f"{folder}/data", "--users", str(users), "--movies", str(movies), "--ratings", str(ratings)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    table = np.loadtxt(f"{folder}/data/ratings.csv", delimiter=",", skiprows=1, usecols=(0, 1, 2), dtype=np.float32)
    is_test = np.random.default_rng(1).random(len(table)) < 0.05
    for name, rows in (("train", table[~is_test]), ("test", table[is_test])):
        np.savetxt(f"{folder}/{name}.csv", rows, delimiter=",", header="userId,movieId,rating", comments="", fmt=("%d", "%d", "%.1f"))
    _, user = np.unique(table[:, 0], return_inverse=True)
    _, movie = np.unique(table[:, 1], return_inverse=True)
    shape = (user.max() + 1, movie.max() + 1)
    ones = np.ones(len(table), np.float32)
    matrix = lambda mask: sparse.csr_matrix((ones[mask], (user[mask], movie[mask])), shape)
    train, test = matrix(~is_test), matrix(is_test)
    sample = np.random.default_rng(2).choice(shape[0], min(2000, shape[0]), replace=False)
    print(f"{len(table):,} ratings, {shape[0]:,} users, {shape[1]:,} movies, {factors} factors, {threads} threads")

    likes = {"positive-from": 0, "dislike-gap": 0}
    theirs, ours, quality = [], [], [0.0, 0.0]
    their_lists, our_lists = [], []
    for _ in range(repeats if "als" in parts else 0):
        seconds = {}
        for iterations in (2, 6):
            model = implicit.als.AlternatingLeastSquares(
                factors=factors, regularization=0.05, alpha=10, iterations=iterations, num_threads=threads, random_state=1)
            start = time.perf_counter()
            model.fit(train, show_progress=False)
            seconds[iterations] = time.perf_counter() - start
        theirs.append((seconds[6] - seconds[2]) / 4)
        quality[0] = ndcg(model.user_factors[sample] @ model.item_factors.T, train[sample], test[sample])
        start = time.perf_counter()
        model.recommend(np.arange(shape[0]), train, N=k, filter_already_liked_items=True)
        their_lists.append(time.perf_counter() - start)
        first = own(folder, "ials", sweeps=2, **likes)[0]
        last, quality[1], lists, _ = own(folder, "ials", sweeps=6, **likes)
        ours.append((last - first) / 4)
        our_lists.append(lists)
    if theirs:
        report("ials-iteration", "implicit ALS, an iteration", "implicit", theirs, quality[0], ours, quality[1])
        report("top-lists", f"the top {k} of {shape[0]:,} users", "implicit", their_lists, quality[0], our_lists, quality[1])

    if shape[1] <= 10_000 and "ease" in parts:
        theirs, ours, memory = [], [], [[], []]
        plain = {"user-scaling": 0, "popularity-regularization": 0, "lambda": 300, **likes}
        for _ in range(repeats):
            seconds, quality[0], used = closed_form(train, sample, test)
            theirs.append(seconds)
            memory[0].append(used)
            seconds, quality[1], _, used = own(folder, "ease", **plain)
            ours.append(seconds)
            memory[1].append(used)
        report("ease-fit", "EASE, fit", "NumPy", theirs, quality[0], ours, quality[1])
        record("ease-memory", statistics.median(memory[1]), statistics.median(memory[0]), "NumPy", "MB")
        print("MB: NumPy {:.0f} beside the data, marquee {:.0f} in all".format(*map(statistics.median, memory)))
