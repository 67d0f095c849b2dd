-- wrk: asks for the addresses of the file URLS one after the other; with HELD, as a client that holds the answers. In
-- the end one line of figures.
local paths, held, sent = {}, {}, 0
for line in io.lines(os.getenv("URLS")) do
  local path, tag = line:match("^(%S+)%s*(%S*)$")
  paths[#paths + 1] = path
  held[#paths] = tag ~= "" and {["If-None-Match"] = tag} or {}
end
request = function()
  sent = sent % #paths + 1
  return wrk.format("GET", paths[sent], held[sent])
end
done = function(summary, latency, _)
  local bad = summary.errors
  io.write(string.format("RESULT rps=%.2f n=%d p50=%.3f p99=%.3f bytes=%d bad=%d\n",
    summary.requests / (summary.duration / 1e6), summary.requests, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, summary.requests > 0 and summary.bytes / summary.requests or 0,
    bad.status + bad.connect + bad.read + bad.write + bad.timeout))
end
