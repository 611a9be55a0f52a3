-- Messages of a channel, each with an id of its own, in a thousand conversations.
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(_)
  count = 0
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
  service = os.getenv("BENCH_SERVICE")
  run = os.getenv("BENCH_RUN")
end

function request()
  count = count + 1
  return wrk.format(nil, nil, nil, string.format(
    '{"type":"message","id":"%s-%d-%d","channelId":"webchat","serviceUrl":"%s","locale":"en-US","timestamp":"2026-01-01T12:00:00Z",' ..
    '"from":{"id":"u%d","name":"Ann"},"recipient":{"id":"bot","name":"Bot"},"conversation":{"id":"c%d-%d"},"text":"How long does delivery take?"}',
    run, number, count, service, count % 1000, number, count % 1000))
end
