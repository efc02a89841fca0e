"""Stars on the five official folds of MovieLens 100k: RMSE of `bayesian`, without timestamps of test ratings, compared with Surprise's SVD++, its best
model there, at its defaults.

    DATA=~/data/ml-100k Benchmarks/peers/run.sh folds

DATA   folder of MovieLens 100k; shared/data/ml-100k beside the repository where nothing is said
FOLDS  1,2,3,4,5
"""
import json
import os
import statistics
import subprocess
import sys
import time

from figures import record

try:
    import numpy as np
    import surprise
    import surprise.model_selection
except ImportError as error:
    print(f"folds: {error.name} is not installed; run Benchmarks/peers/setup.sh")
    sys.exit(0)

here = os.path.dirname(os.path.abspath(__file__))
marquee = os.environ["MARQUEE"]
data = os.environ.get("DATA", os.path.join(here, "../../../shared/data/ml-100k"))
reader = surprise.Reader(line_format="user item rating timestamp", sep="\t")
errors = {"marquee": [], "surprise": []}
seconds = {"marquee": [], "surprise": []}
for fold in os.environ.get("FOLDS", "1,2,3,4,5").split(","):
    base, test = f"{data}/u{fold}.base", f"{data}/u{fold}.test"
    [(train, held)] = surprise.model_selection.PredefinedKFold().split(surprise.Dataset.load_from_folds([(base, test)], reader))
    start = time.perf_counter()
    theirs = surprise.SVDpp(random_state=int(fold)).fit(train).test(held)
    seconds["surprise"].append(time.perf_counter() - start)
    errors["surprise"].append(float(np.sqrt(np.mean([(row.est - row.r_ui) ** 2 for row in theirs]))))
    answer = subprocess.run(
        [marquee, "evaluate", "--data", base, "--test", test, "--models", "bayesian", "--no-dates", "--no-intervals", "--json"],
        capture_output=True, text=True, check=True).stdout
    [model] = json.loads(answer)["models"]
    errors["marquee"].append(model["metrics"]["rmse"])
    seconds["marquee"].append(model["fit_seconds"] + model["predict_seconds"])
    print(f"u{fold}: Surprise SVD++ {errors['surprise'][-1]:.4f} in {seconds['surprise'][-1]:.1f} s, "
          f"marquee {errors['marquee'][-1]:.4f} in {seconds['marquee'][-1]:.1f} s", flush=True)
means = {name: statistics.mean(values) for name, values in errors.items()}
print(f"mean: Surprise SVD++ {means['surprise']:.4f}, marquee {means['marquee']:.4f}")
record("folds-rmse", means["marquee"], means["surprise"], "Surprise SVD++", "RMSE",
       marquee_seconds=statistics.mean(seconds["marquee"]), peer_seconds=statistics.mean(seconds["surprise"]))
