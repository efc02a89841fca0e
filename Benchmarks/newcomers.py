#!/usr/bin/env python3
"""How good the lists are that visitors get: people are left out of the data, a site is built of the rest, and the list that
`marquee recommend --ratings` prints (the one of the site's page) is made from 5, 10 and 20 of their ratings each.

    Benchmarks/newcomers.py ml-latest-small [--seed 7] [--share 0.2] [--fewest 10] [--most 300] [--models ease,list-blend]

The folder may hold ratings.csv (MovieLens), u.data (MovieLens 100K) or ratings.dat (MovieTweetings), each with its films beside it.

Relevant is what else they rated; films with fewer ratings than --fewest are left out of lists and of what is relevant. nDCG@10
is the mean over people; beside it stands how many different films are on all their lists of ten, and the same for the most
rated films and for each list model named by --models.
"""
import argparse, json, math, os, pathlib, random, shutil, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "peers"))
from figures import record  # noqa: E402

words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
words.add_argument("data", type=pathlib.Path, help="a folder of ratings and films")
words.add_argument("--seed", type=int, default=7)
words.add_argument("--share", type=float, default=0.2)
words.add_argument("--fewest", type=int, default=10)
words.add_argument("--most", type=int, default=300, help="how many of the people left out are given lists, drawn")
words.add_argument("--models", default="", help="also the lists of these models, such as ease,list-blend")
options = words.parse_args()
marquee = os.environ.get("MARQUEE", str(pathlib.Path(__file__).resolve().parent.parent / ".build/release/marquee"))

# The files of each format: the ratings, what separates their fields, whether the first line names them, and the files of films.
formats = {
    "ratings.csv": (",", 1, ["movies.csv"]),
    "u.data": ("\t", 0, ["u.item", "u.genre"]),
    "ratings.dat": ("::", 0, ["movies.dat"]),
}
table = next((name for name in formats if (options.data / name).exists()), None) or sys.exit(f"{options.data}: no {', '.join(formats)}")
separator, heads, film_files = formats[table]
lines = (options.data / table).read_text(encoding="utf-8-sig").splitlines()
ratings = {}
for line in lines[heads:]:
    user, movie, stars = line.split(separator)[:3]
    ratings.setdefault(user, []).append((movie.lstrip("0") or "0", stars))
draw = random.Random(options.seed)
left_out = set(draw.sample(sorted(ratings), round(options.share * len(ratings))))
counts = {}
for own in ratings.values():
    for movie, _ in own: counts[movie] = counts.get(movie, 0) + 1
known = {movie for movie, count in counts.items() if count >= options.fewest}

work = pathlib.Path(tempfile.mkdtemp(prefix="newcomers-"))
(work / "content/data").mkdir(parents=True)
(work / "content/data" / table).write_text(
    "\n".join(lines[:heads] + [line for line in lines[heads:] if line.split(separator)[0] not in left_out]) + "\n", encoding="utf-8")
for name in film_files: shutil.copy(options.data / name, work / "content/data" / name)
models = [name for name in options.models.split(",") if name]
(work / "content/site.yaml").write_text(
    "title: Newcomers\nurl: https://films.example/\ndata: [data]\nquality: quick\n"
    + (f"models: [als, {', '.join(models)}]\n" if models else ""))
(work / "known.csv").write_text("movieId\n" + "\n".join(sorted(known)) + "\n")
subprocess.run([marquee, "build", "--site", work], check=True, stderr=subprocess.DEVNULL)


def recommended(given, model):
    (work / "given.csv").write_text("movie,rating\n" + "".join(f"{m},{s}\n" for m, s in given))
    answer = subprocess.run(
        [marquee, "recommend", "--site", work, "--ratings", work / "given.csv", "--within", work / "known.csv", "--top", "10", "--json"]
        + (["--model", model] if model else []), check=True, capture_output=True, text=True).stdout
    return [str(film["id"]).lstrip("0") for film in next(iter(json.loads(answer)["models"].values()))]


popular = sorted(known, key=lambda movie: (-counts[movie], movie))
lists = {"most rated": lambda given: [m for m in popular if m not in {g for g, _ in given}][:10], "the page's": lambda given: recommended(given, None)}
for model in models: lists[model] = lambda given, model=model: recommended(given, model)
print(f"{options.data.name}: {len(left_out)} people left out, seed {options.seed}, films with {options.fewest} ratings or more")
for count in (5, 10, 20):
    people = []
    for user in sorted(left_out):
        own = ratings[user][:]
        random.Random(f"{options.seed} {user}").shuffle(own)
        wanted = {m for m, _ in own[count:]} & known
        if len(own) >= count + 5 and wanted: people.append((own[:count], wanted))
    if len(people) > options.most: people = random.Random(options.seed).sample(people, options.most)
    figures = {}
    for name, make in lists.items():
        gain, films = 0.0, set()
        for given, wanted in people:
            made = make(given)
            films.update(made)
            found = sum(1 / math.log2(place + 2) for place, film in enumerate(made) if film in wanted)
            gain += found / sum(1 / math.log2(place + 2) for place in range(min(10, len(wanted))))
        figures[name] = gain / len(people), len(films)
        print(f"  {count:2} given, {len(people)} people, {name:12} nDCG@10 {gain / len(people):.4f}, {len(films)} different films")
    record(
        f"newcomers-{count}", figures["the page's"][0], figures["most rated"][0], "most rated films", "nDCG@10",
        films=figures["the page's"][1], peer_films=figures["most rated"][1])
