-- All pages of the site in turn.
local pages = {}
for line in io.lines(os.getenv("PAGES")) do pages[#pages + 1] = line end
local threads = 0
function setup(thread) thread:set("first", threads * 1009); threads = threads + 1 end
local number = 0
function request()
  number = number + 1
  return wrk.format("GET", pages[(first + number * 7919) % #pages + 1])
end
function done(summary, latency, requests)
  io.write(string.format("requests/s %.0f  not 2xx %d\n", summary.requests / summary.duration * 1e6, summary.errors.status))
end
