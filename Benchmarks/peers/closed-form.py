"""EASE as in its paper compared with ours on real ratings: nDCG@10 over the full catalogue, a random quarter of each user's ratings held
out, every held-out film relevant, the same splits for both.

    DATA=~/data/ml-100k Benchmarks/peers/run.sh closed-form      (seeds 1, 2 and 3; SEEDS="42" for another)

DATA   folder of MovieLens 100k; shared/data/ml-100k beside the repository where nothing is said
MODELS ours, separated by commas; ease,list-blend
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from figures import record

try:
    import numpy as np
except ImportError as error:
    print(f"closed-form: {error.name} is not installed; run Benchmarks/peers/setup.sh")
    sys.exit(0)

here = os.path.dirname(os.path.abspath(__file__))
marquee = os.environ["MARQUEE"]
data = os.environ.get("DATA", os.path.join(here, "../../../shared/data/ml-100k"))
models = os.environ.get("MODELS", "ease,list-blend")
k, ridge = 10, 300
# The closed form knows no dates, and ratings left out at random are found by who rated what in the same hour.
dateless = ",".join(f"{name}.session-weight=0" for name in models.split(",") if name in ("ease", "list-blend"))


def split(users, seed):
    """Which rows are held out: of each user those behind three quarters of theirs in a random order."""
    keys = np.random.RandomState(seed).rand(len(users))
    held_out = np.zeros(len(users), bool)
    for user in np.unique(users):
        rows = np.flatnonzero(users == user)
        held_out[rows[np.argsort(keys[rows])][int(0.75 * len(rows)) :]] = True
    return held_out


def ndcg(scores, test):
    top = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    discounts = 1 / np.log2(np.arange(2, k + 2))
    ideals = np.cumsum(discounts)
    counts = test.sum(1)
    known = counts > 0
    gains = (np.take_along_axis(test, top, 1) * discounts).sum(1)[known]
    return float((gains / ideals[np.minimum(counts[known], k) - 1]).mean())


def closed_form(train, test):
    gram = train.T @ train
    gram[np.diag_indices_from(gram)] += ridge
    inverse = np.linalg.inv(gram)
    weights = inverse / -np.diag(inverse)
    weights[np.diag_indices_from(weights)] = 0
    scores = train @ weights
    scores[train > 0] = -np.inf
    return ndcg(scores, test)


with open(os.path.join(data, "u.data")) as file:
    lines = file.read().splitlines()
users, movies = (np.array([int(line.split("\t")[column]) - 1 for line in lines]) for column in (0, 1))
shape = (users.max() + 1, movies.max() + 1)
figures = {}
for seed in map(int, os.environ.get("SEEDS", "1 2 3").split()):
    held_out = split(users, seed)
    train, test = np.zeros(shape), np.zeros(shape, bool)
    train[users[~held_out], movies[~held_out]] = 1
    test[users[held_out], movies[held_out]] = True
    row = {"NumPy, closed form": closed_form(train, test)}
    with tempfile.TemporaryDirectory() as folder:
        part, held = os.path.join(folder, "data"), os.path.join(folder, "held-out.test")
        os.mkdir(part)
        for name in os.listdir(data):
            if name.startswith("u.") and name != "u.data":
                shutil.copy(os.path.join(data, name), part)
        for path, rows in ((os.path.join(part, "u.data"), ~held_out), (held, held_out)):
            with open(path, "w") as file:
                file.writelines(lines[index] + "\n" for index in np.flatnonzero(rows))
        answer = subprocess.run(
            [marquee, "evaluate", "--data", part, "--test", held, "--models", models, "--json", "--settings", dateless],
            capture_output=True, text=True, check=True).stdout
    for model in json.loads(answer)["models"]:
        row[f"marquee, {model['name']}"] = model["metrics"]["ndcg@10"]
    print(f"seed {seed}: " + ", ".join(f"{name} {value:.4f}" for name, value in row.items()), flush=True)
    for name, value in row.items():
        figures.setdefault(name, []).append(value)
means = {name: float(np.mean(values)) for name, values in figures.items()}
for name in models.split(","):
    record(f"{name}-ndcg", means[f"marquee, {name}"], means["NumPy, closed form"], "NumPy's closed form", "nDCG@10")
print("mean: " + ", ".join(f"{name} {np.mean(values):.4f}" for name, values in figures.items()))
