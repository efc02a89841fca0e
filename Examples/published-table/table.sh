#!/usr/bin/env bash
# The table of Surprise's README for MovieLens 100k (five random folds, each model at its defaults), measured anew with Marquee's models of the
# same name, beside the published figures. One command, no notebook:
#
#   Examples/published-table/table.sh              fetches the data set, shows its licence
#   Examples/published-table/table.sh ml-100k      of a folder or an archive that is there
#
# What the models predicted, the five splits, and the tables as CSV, Markdown and LaTeX are in table/ afterwards.
set -euo pipefail
marquee=${MARQUEE:-$(command -v marquee || echo "$(dirname "${BASH_SOURCE[0]}")/../../.build/release/marquee")}
data=${1:-}
if [[ -z $data ]]; then
  "$marquee" fetch movielens-100k
  data=ml-100k.zip
fi
rm -rf table
"$marquee" evaluate --data "$data" --folds 5 --seed 1 --no-intervals \
  --models biases,slope-one,co-clustering,nmf,item-neighbours,sgd,svdpp --export table >table.txt

# Model, its name in Surprise, RMSE and MAE as https://github.com/NicolasHug/Surprise has them.
published="biases Baseline 0.944 0.748
slope-one SlopeOne 0.946 0.743
co-clustering CoClustering 0.963 0.753
nmf NMF 0.963 0.758
item-neighbours KNNBaseline 0.931 0.733
sgd SVD 0.934 0.737
svdpp SVD++ 0.919 0.721"
awk -v published="$published" '
  BEGIN {
    FS = ","; count = split(published, lines, "\n")
    for (i = 1; i <= count; i++) { split(lines[i], words, " "); order[i] = words[1]; name[words[1]] = words[2]; rmse[words[1]] = words[3]; mae[words[1]] = words[4] }
    print "| model | RMSE | published | MAE | published | |\n|---|---:|---:|---:|---:|---|"
  }
  NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
  { n[$1]++; r[$1] += $column["rmse"]; m[$1] += $column["mae"] }
  END { for (i = 1; i <= count; i++) { x = order[i]; printf "| `%s` | %.4f | %s | %.4f | %s | Surprise: %s |\n", x, r[x] / n[x], rmse[x], m[x] / n[x], mae[x], name[x] } }
' table/results.csv
