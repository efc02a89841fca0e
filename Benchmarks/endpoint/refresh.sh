#!/usr/bin/env bash
# From a rating to the member's refreshed page: sends ratings one by one and waits for the page to change.
#
#   Benchmarks/endpoint/refresh.sh [DATA] [QUALITY]      DATA: a MovieLens folder; default the sample
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
make_site "${1:-$root/content/sample}" "${2:-best}"
make_tokens 1
start_server --set rebuild-quiet=86400 --set rebuild-wait=86400
python3 - "$port" "$(cat "$work/tokens")" "$work/site/output/api/users/m0.json" <<'EOF'
import http.client, json, os, sys, time
port, token, page = int(sys.argv[1]), sys.argv[2], sys.argv[3]
connection = http.client.HTTPConnection("127.0.0.1", port)
def ask(method, path, body=None):
    connection.request(method, path, body and json.dumps(body), {"Authorization": "Bearer " + token, "Content-Type": "application/json"})
    answer = connection.getresponse(); text = answer.read()
    return answer.status, text
def stamp():
    try: return os.stat(page).st_mtime_ns
    except FileNotFoundError: return 0
start = time.monotonic()
first = ask("GET", "/api/recommendations?top=30")[1]
print(f"first list, the models not in memory: {(time.monotonic() - start) * 1000:.0f} ms")
movies = [entry["id"] for entry in json.loads(first)["models"].popitem()[1]]
times = []
for number, movie in enumerate(movies):
    before = stamp(); start = time.monotonic()
    status, _ = ask("PUT", f"/api/ratings/{movie}", {"stars": 5 if number % 2 else 1})
    acknowledged = time.monotonic()
    assert status == 200, status
    while stamp() == before and time.monotonic() - start < 30: time.sleep(0.001)
    times.append(((acknowledged - start) * 1000, (time.monotonic() - start) * 1000))
for name, column in ("acknowledged", 0), ("page refreshed", 1):
    values = sorted(time[column] for time in times)
    print(f"{name}: median {values[len(values) // 2]:.1f} ms, worst {values[-1]:.1f} ms of {len(values)}")
EOF
echo "memory of the server: $(memory) MB"
