#!/usr/bin/env python3
"""Builds synthetic data sets of growing size and draws seconds and memory of every stage as one SVG.

    Benchmarks/growth.py [--sizes 0.1,1,10,20] [--quality quick] [--output docs/growth.svg] [--results FILE]

The sizes are millions of ratings in the shapes of the MovieLens sets (100: the Netflix Prize). Reports are kept in
Benchmarks/results/growth.json; a size that stands there is not built again, so that the plot can be finished in pieces.
CPU seconds are drawn: they hold on a machine that others use too.
"""

import argparse, json, math, os, shutil, subprocess, tempfile

here = os.path.dirname(os.path.abspath(__file__))
marquee = os.environ.get("MARQUEE", os.path.join(here, "..", ".build", "release", "marquee"))
shapes = {0.1: (943, 1682), 1: (6040, 3706), 10: (69878, 10677), 20: (138493, 26744), 100: (480189, 17770)}
colours = ["#3366cc", "#dc3912", "#b77900", "#109618", "#990099", "#0099c6"]


def build(millions, quality, data):
    users, movies = shapes[millions]
    with tempfile.TemporaryDirectory() as scratch:
        if data is None:
            data = os.path.join(scratch, "data")
            subprocess.run(
                [marquee, "synthesize", data, "--users", str(users), "--movies", str(movies), "--ratings",
                 str(int(millions * 1e6)), "--seed", "1"], check=True, capture_output=True)
        site = os.path.join(scratch, "site")
        os.mkdir(site)
        report = os.path.join(scratch, "report.json")
        subprocess.run(
            [marquee, "build", "--clean", "--data", data, "--quality", quality, "--report", report, "--output",
             os.path.join(site, "output")], cwd=site, check=True, capture_output=True)
        return json.load(open(report))


def panel(reports, key, title, unit, left, top, width, height, stages):
    """A log-log panel: sizes to the right, values up."""
    sizes = sorted(reports)
    values = {s: [(m, next(x[key] for x in reports[m]["stages"] if x["name"] == s)) for m in sizes] for s in stages}
    shown = [v for points in values.values() for _, v in points if v > 0]
    low, high = math.floor(math.log10(max(min(shown), 1e-2))), math.ceil(math.log10(max(shown)))
    first, last = math.log10(sizes[0]), math.log10(max(sizes[-1], sizes[0] * 10))
    x = lambda m: left + (math.log10(m) - first) / (last - first) * width
    y = lambda v: top + height - (math.log10(max(v, 10**low)) - low) / (high - low) * height
    out = [f'<text x="{left}" y="{top - 14}" class="title">{title}</text>']
    for power in range(low, high + 1):
        label = f"{10**power:g}"
        out.append(f'<path d="M{left} {y(10**power):.1f}h{width}" class="grid"/>')
        out.append(f'<text x="{left - 6}" y="{y(10**power) + 4:.1f}" class="label" text-anchor="end">{label} {unit}</text>')
    for m in sizes:
        out.append(f'<path d="M{x(m):.1f} {top}v{height}" class="grid"/>')
        out.append(f'<text x="{x(m):.1f}" y="{top + height + 16}" class="label" text-anchor="middle">{m:g} M</text>')
    ends = []
    for index, stage in enumerate(stages):
        points = [(x(m), y(v)) for m, v in values[stage]]
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        colour = colours[index % len(colours)]
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for (a, b), (m, v) in zip(points, values[stage]):
            out.append(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"><title>{stage}, {m:g} M ratings: {v:g} {unit}</title></circle>')
        ends.append([points[-1][1], points[-1][0], stage, colour])
    # Names at the ends of the lines, pushed apart where they would overlap.
    ends.sort()
    for before, after in zip(ends, ends[1:]):
        after[0] = max(after[0], before[0] + 14)
    for level, right, stage, colour in ends:
        out.append(f'<text x="{right + 8:.1f}" y="{level + 4:.1f}" class="name" fill="{colour}">{stage}</text>')
    return out


def draw(reports, quality):
    stages = [s["name"] for s in reports[min(reports)]["stages"]
              if any(x["cpu_seconds"] >= 0.05 for r in reports.values() for x in r["stages"] if x["name"] == s["name"])]
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 420" font-family="system-ui, sans-serif" role="img" '
        'aria-label="CPU seconds and peak memory of each stage of a build, by number of ratings">',
        "<style>svg{background:#fff}.title{font-size:15px;font-weight:600;fill:#222}.label,.name{font-size:12px}.label{fill:#555}"
        ".grid{stroke:#ddd;stroke-width:1}</style>",
        *panel(reports, "cpu_seconds", f"CPU seconds, quality {quality}", "s", 70, 50, 330, 320, stages),
        *panel(reports, "peak_mb", "Peak memory", "MB", 570, 50, 330, 320, stages),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="0.1,1,10,20")
    parser.add_argument("--quality", default="quick")
    parser.add_argument("--output", default=os.path.join(here, "..", "docs", "growth.svg"))
    parser.add_argument("--results", default=os.path.join(here, "results", "growth.json"))
    parser.add_argument("--data", help="folder with data sets that were made before, named 0.1m, 1m, …")
    options = parser.parse_args()
    os.makedirs(os.path.dirname(options.results), exist_ok=True)
    kept = json.load(open(options.results)) if os.path.exists(options.results) else {}
    for size in (float(word) for word in options.sizes.split(",")):
        if f"{size:g}" not in kept:
            made = options.data and os.path.join(options.data, f"{size:g}m")
            kept[f"{size:g}"] = build(size, options.quality, made if made and os.path.isdir(made) else None)
            json.dump(kept, open(options.results, "w"), indent=1)
        stages = kept[f"{size:g}"]["stages"]
        print(f"{size:g} M: " + ", ".join(f"{s['name']} {s['seconds']:.1f} s ({s['cpu_seconds']:.1f} CPU) {s['peak_mb']:.0f} MB"
                                         for s in stages), flush=True)
    wanted = [float(word) for word in options.sizes.split(",")]
    with open(options.output, "w") as file:
        file.write(draw({size: kept[f"{size:g}"] for size in wanted}, options.quality))


if __name__ == "__main__":
    main()
