#!/usr/bin/env bash
# The tables of recommendation quality, as Markdown: with the protocol and the command for each table.
#
#   Benchmarks/quality.sh
#   DATA=~/data MODELS=bayesian,ease FOLDS="1 2" Benchmarks/quality.sh
#
# DATA    folder with ml-100k/ and ml-latest-small/ as GroupLens gives them; the folder shared/data next to the repository
# MODELS  models to measure, separated by commas; all
# TABLES  which tables: ml-100k ml-100k-no-dates latest-small latest-small-no-dates lists; all of them. Those without
#         dates hide the dates of the test ratings, and measure the models that use them
# FOLDS   which of the five official folds of ML-100k; 1 2 3 4 5
# MARQUEE the program; .build/release/marquee
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
data=${DATA:-$here/../shared/data}
marquee=${MARQUEE:-$here/.build/release/marquee}
tables=${TABLES:-ml-100k ml-100k-no-dates latest-small latest-small-no-dates lists}
folds=${FOLDS:-1 2 3 4 5}
[ -x "$marquee" ] || { echo "quality.sh: $marquee is not built; run: make binary" >&2; exit 1; }
command -v python3 >/dev/null || { echo "quality.sh: needs python3 to put the tables together" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The names of the chosen models of a job, separated by commas.
models_of() {
  "$marquee" models --json | MODELS=${MODELS:-} python3 -c '
import json, os, sys
chosen = [name for name in os.environ["MODELS"].split(",") if name]
names = [m["name"] for m in json.load(sys.stdin)["models"] if m["job"] == sys.argv[1]]
print(",".join(name for name in names if not chosen or name in chosen))' "$1"
}

# A table of the means over the JSON files of a row of evaluations: title, columns, files.
table() {
  python3 - "$@" <<'PYTHON'
import json, sys
title, columns, files = sys.argv[1], sys.argv[2].split(), sys.argv[3:]
answers = [json.load(open(file)) for file in files]
rows = {}
for answer in answers:
    for model in answer["models"]:
        # Each file counts as one measurement: a given test part, or the mean of its folds.
        figures = dict(model["metrics"], fit=model["fit_seconds"], peak=model.get("peak_mb", 0))
        rows.setdefault(model["name"], []).append(figures)
names = {"rmse": "RMSE", "mae": "MAE", "mae-median": "MAE, median", "coverage-80": "80 % ranges hold",
         "log-likelihood": "log-likelihood", "within-half": "within ½ star", "fit": "fit, s", "peak": "peak, MB"}
def cell(name, figures):
    values = [f[name] for f in figures if name in f]
    if not values: return "–"
    mean = sum(values) / len(values)
    if name == "peak": return f"{max(values):.0f}"
    if name == "fit": return f"{mean:.2f}"
    if name in ("coverage-80", "within-half") or name.startswith(("coverage@", "popular@")): return f"{100 * mean:.1f} %"
    return f"{mean:.4f}"
print(f"\n### {title}\n")
print("| model | " + " | ".join(names.get(c, c) for c in columns) + " |")
print("|---" + "|--:" * len(columns) + "|")
for model, figures in rows.items():
    print(f"| {model} | " + " | ".join(cell(c, figures) for c in columns) + " |")
protocols = []
for answer in answers:
    for model in answer["models"]:
        if model["protocol"] not in protocols: protocols.append(model["protocol"])
splits = " ".join(split for answer in answers for split in answer["splits"])
if all(p.startswith("given test file ") for p in protocols) and len(protocols) > 1:
    # One sentence for all the files.
    words = [p.removeprefix("given test file ").split(",")[0] for p in protocols]
    protocols = [f"mean over the given test files {', '.join(words)}, their pairs taken out of the training part"]
print(f"\nProtocol: {'; '.join(protocols)}. Seed {answers[0]['seed']}; fingerprints of the test parts: {splits}.")
PYTHON
}

repeat_with() { printf '\nRepeat: `%s`\n' "$1"; }

stars=$(models_of stars)
lists=$(models_of lists)
# The models whose predictions depend on the date of a rating.
dated=$(echo "$stars" | tr , '\n' | grep -xE 'timesvdpp|bayesian|blend' | paste -sd, || true)
figures="rmse mae mae-median within-half coverage-80 log-likelihood fit peak"

for name in $tables; do
  case $name in
    ml-100k | ml-100k-no-dates)
      models=$stars dates=--dates title=
      [ "$name" = ml-100k ] || models=$dated dates=--no-dates title=", dates of the test ratings hidden"
      [ -n "$models" ] || continue
      files=()
      for fold in $folds; do
        "$marquee" evaluate --data "$data/ml-100k/u$fold.base" --test "$data/ml-100k/u$fold.test" --models "$models" $dates --json \
          >"$scratch/u$fold.json"
        files+=("$scratch/u$fold.json")
      done
      table "Stars: ML-100k, mean of the official folds u$(echo "$folds" | sed 's/ /, u/g')$title" "$figures" "${files[@]}"
      repeat_with "marquee evaluate --data ml-100k/uN.base --test ml-100k/uN.test --models $models $dates"
      ;;
    latest-small | latest-small-no-dates)
      models=$stars dates=--dates title=
      [ "$name" = latest-small ] || models=$dated dates=--no-dates title=", dates of the test ratings hidden"
      [ -n "$models" ] || continue
      "$marquee" evaluate --data "$data/ml-latest-small" --folds 5 --models "$models" $dates --json >"$scratch/small.json"
      table "Stars: ML-latest-small$title" "$figures" "$scratch/small.json"
      repeat_with "marquee evaluate --data ml-latest-small --folds 5 --models $models $dates"
      ;;
    lists)
      [ -n "$lists" ] || continue
      for set in ml-100k ml-latest-small; do
        "$marquee" evaluate --data "$data/$set" --holdout-per-user 0.25 --models "$lists" --json >"$scratch/lists.json"
        table "Lists: $set, every held-out film relevant" \
          "ndcg@10 precision@10 recall@10 hit-rate@10 map@10 mrr@10 coverage@10 novelty@10 diversity@10 popular@10 fit peak" \
          "$scratch/lists.json"
        repeat_with "marquee evaluate --data $set --holdout-per-user 0.25 --models $lists"
      done
      ;;
    *)
      echo "quality.sh: no table is called “$name”; there are ml-100k, ml-100k-no-dates, latest-small, latest-small-no-dates and lists" >&2
      exit 64
      ;;
  esac
done
