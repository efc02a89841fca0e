-- Single ratings, each with the token of another member in turn and a movie of its own.
local tokens = {}
for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
local threads = 0
function setup(thread) thread:set("first", threads * 32); threads = threads + 1 end
local number = 0
function request()
  number = number + 1
  local token = tokens[(first + number) % #tokens + 1]
  return wrk.format("PUT", "/api/ratings/" .. (number % 9 + 1),
    { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" },
    string.format('{"stars": %.1f}', (number % 10 + 1) / 2))
end
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("requests/s %.0f  p50 %.2f ms  p99 %.2f ms  max %.2f ms  not 2xx %d  socket errors %d\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
