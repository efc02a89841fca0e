"""Rating models compared with their peers at ML-1M size: one Gibbs sweep (myFM), SVD++, SVD and item neighbours (Surprise), ALS (cmfrec).

    Benchmarks/peers/run.sh stars
    RUNS=5 JOBS=1 PARTS=gibbs,svd Benchmarks/peers/run.sh stars

RUNS   repetitions, in turns; medians are printed; 3
JOBS   threads of marquee; all cores. The peers fit on one thread, as they come
PARTS  gibbs svdpp svd neighbours als; all of them
DATA   a folder with ratings.csv (userId,movieId,rating,timestamp); a synthetic million

Seconds are those of the fit alone (and of the predictions, for neighbours), the same nine tenths of the ratings for both.
"""

import contextlib
import importlib.util
import json
import os
import statistics
import subprocess
import tempfile
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from figures import record

MARQUEE = os.environ.get("MARQUEE", ".build/release/marquee")
RUNS = int(os.environ.get("RUNS", "3"))
JOBS = os.environ.get("JOBS", str(os.cpu_count()))
PARTS = os.environ.get("PARTS", "gibbs,svdpp,svd,neighbours,als").split(",")
RANK = 32
SWEEPS = (4, 12)


class Data:
    """The ratings with dense ids, a tenth of them held out."""

    def __init__(self, folder, scratch):
        table = np.genfromtxt(os.path.join(folder, "ratings.csv"), delimiter=",", skip_header=1, usecols=(0, 1, 2, 3))
        self.users = np.unique(table[:, 0], return_inverse=True)[1]
        self.movies = np.unique(table[:, 1], return_inverse=True)[1]
        self.values = table[:, 2]
        self.is_test = np.random.default_rng(1).random(len(table)) < 0.1
        self.paths = {}
        for name, rows in (("base", ~self.is_test), ("test", self.is_test)):
            self.paths[name] = os.path.join(scratch, f"{name}.csv")
            columns = (self.users[rows] + 1, self.movies[rows] + 1, self.values[rows])
            with open(self.paths[name], "w") as file:
                file.write("user,movie,rating\n")
                file.writelines(f"{u},{m},{r}\n" for u, m, r in zip(*columns))

    def part(self, test):
        rows = self.is_test if test else ~self.is_test
        return self.users[rows], self.movies[rows], self.values[rows]


def marquee(data, model, **settings):
    """Seconds to fit and to predict, and the RMSE."""
    command = [MARQUEE, "evaluate", "--data", data.paths["base"], "--test", data.paths["test"], "--models", model,
               "--jobs", JOBS, "--no-intervals", "--json"]
    if settings:
        command += ["--settings", ",".join(f"{model}.{name}={value}" for name, value in settings.items())]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result = json.loads(answer)["models"][0]
    return result["fit_seconds"], result["predict_seconds"], result["metrics"]["rmse"]


def rmse(predicted, values):
    return float(np.sqrt(np.mean((np.clip(predicted, values.min(), values.max()) - values) ** 2)))


def timed(work):
    start = time.monotonic()
    result = work()
    return time.monotonic() - start, result


def gibbs(data):
    """Seconds for one sweep of a normal head with implicit blocks of users and movies, rank 32."""
    import myfm
    from myfm import RelationBlock
    from scipy import sparse

    users, movies, values = data.part(False)
    n, m = data.users.max() + 1, data.movies.max() + 1
    seen = sparse.csr_matrix((np.ones(len(users)), (users, movies)), (n, m))

    def block(bag):
        bag = sparse.csr_matrix(bag)
        bag = sparse.diags(1 / np.sqrt(np.maximum(1, np.diff(bag.indptr)))) @ bag
        return sparse.hstack([sparse.identity(bag.shape[0]), bag]).tocsr()

    blocks = [RelationBlock(users, block(seen)), RelationBlock(movies, block(seen.T))]

    def peer(sweeps):
        model = myfm.MyFMRegressor(rank=RANK, random_seed=1)
        # Its progress bar is nobody's business here.
        with open(os.devnull, "w") as nowhere, contextlib.redirect_stderr(nowhere):
            return timed(lambda: model.fit(None, values, X_rel=blocks, n_iter=sweeps, n_kept_samples=1))[0]

    def ours(sweeps):
        # Sixteen sweeps more are kept in either case.
        settings = {"factors": RANK, "samples": sweeps + 16, "burn-in": sweeps, "kept": 16, "side": 0, "dates": 0, "probit": 0}
        return marquee(data, "bayesian", **settings)[0]

    def sweep(fit):
        few, many = (fit(count) for count in SWEEPS)
        return (many - few) / (SWEEPS[1] - SWEEPS[0]), None

    return "Gibbs sweep, implicit blocks, rank 32", "myFM", lambda: sweep(ours), lambda: sweep(peer)


def surprise(data, title, name, model, ours, predicts=False, **options):
    import pandas
    import surprise

    users, movies, values = data.part(False)
    reader = surprise.Reader(rating_scale=(values.min(), values.max()))
    frame = pandas.DataFrame({"user": users, "movie": movies, "rating": values})
    training = surprise.Dataset.load_from_df(frame, reader).build_full_trainset()
    tested = list(zip(*data.part(True)))

    def peer():
        algorithm = getattr(surprise, name)(**options)
        seconds, _ = timed(lambda: algorithm.fit(training))
        predicting, predictions = timed(lambda: algorithm.test(tested))
        return seconds + (predicting if predicts else 0), rmse(np.array([p.est for p in predictions]), data.part(True)[2])

    def own():
        fit, predicting, error = marquee(data, model, **ours)
        return fit + (predicting if predicts else 0), error

    return title, f"Surprise {name}", own, peer


def als(data):
    import pandas
    from cmfrec import CMF

    users, movies, values = data.part(False)
    frame = pandas.DataFrame({"UserId": users, "ItemId": movies, "Rating": values})

    def peer():
        model = CMF(k=40, method="als", add_implicit_features=True, verbose=False, nthreads=1)
        seconds, _ = timed(lambda: model.fit(frame))
        tested = data.part(True)
        predicted = np.nan_to_num(model.predict(tested[0], tested[1]), nan=values.mean())
        return seconds, rmse(predicted, tested[2])

    def own():
        fit, _, error = marquee(data, "als")
        return fit, error

    return "quick stars model, fit", "cmfrec with implicit features", own, peer


COMPARISONS = {
    "gibbs": ("myfm", gibbs),
    "svdpp": ("surprise", lambda d: surprise(d, "SVD++ fit", "SVDpp", "svdpp", {}, random_state=1)),
    "svd": ("surprise", lambda d: surprise(d, "SVD fit", "SVD", "sgd", {}, random_state=1)),
    "neighbours": ("surprise", lambda d: surprise(
        d, "item neighbours, fit and predict", "KNNBaseline", "item-neighbours", {}, predicts=True, verbose=False,
        sim_options={"name": "pearson_baseline", "user_based": False})),
    "als": ("cmfrec", als),
}


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.environ.get("DATA")
        if not folder:
            folder = os.path.join(scratch, "million")
            subprocess.run([MARQUEE, "synthesize", folder, "--users", "6040", "--movies", "3706", "--ratings", "1000000",
                            "--seed", "1"], check=True, capture_output=True)
        data = Data(folder, scratch)
        print(f"{len(data.values)} ratings, a tenth held out; medians of {RUNS} interleaved runs; marquee on {JOBS} threads, peers on one\n")
        print("| work | marquee, s | peer | s | ratio | RMSE, marquee | RMSE, peer |")
        print("|---|--:|---|--:|--:|--:|--:|")
        for part in PARTS:
            module, comparison = COMPARISONS[part]
            if importlib.util.find_spec(module) is None:
                print(f"| {part} | | {module} is not installed | | | | |")
                continue
            title, peer_name, ours, peer = comparison(data)
            rows = [(ours(), peer()) for _ in range(RUNS)]
            own_seconds, peer_seconds = (statistics.median(row[side][0] for row in rows) for side in (0, 1))
            record(f"{part}-seconds", own_seconds, peer_seconds, peer_name, "seconds",
                   marquee_rmse=rows[-1][0][1], peer_rmse=rows[-1][1][1])
            errors = [f"{row:.4f}" if row is not None else "" for row in (rows[-1][0][1], rows[-1][1][1])]
            print(f"| {title} | {own_seconds:.3f} | {peer_name} | {peer_seconds:.3f} | {peer_seconds / own_seconds:.1f} "
                  f"| {errors[0]} | {errors[1]} |", flush=True)


main()
