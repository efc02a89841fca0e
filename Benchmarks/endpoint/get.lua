function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("requests/s %.0f  p50 %.2f ms  p99 %.2f ms  not 2xx %d  socket errors %d\n",
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
