-- Channels to leave out come last.
local most, duration, first_channel = tonumber(ARGV[2]), tonumber(ARGV[3]), 4
local page = 256
local without = {}
for i = first_channel, #ARGV do
  without[ARGV[i]] = true
end

local function may_run(line)
  return #ARGV < first_channel or not without[redis.call('HGET', key('turn', redis.call('LINDEX', key('line', line), 0)), 'channel')]
end

local lines, seen = {}, 0
repeat
  local ready = redis.call('ZRANGE', key('queue'), '-inf', now, 'BYSCORE', 'LIMIT', seen, math.max(most, page))
  for _, line in ipairs(ready) do
    if #lines < most and may_run(line) then
      lines[#lines + 1] = line
    end
  end
  seen = seen + #ready
until #lines >= most or #ready == 0

local leases = {}
for _, line in ipairs(lines) do
  local id = redis.call('LINDEX', key('line', line), 0)
  local fence = redis.call('INCR', key('fence'))
  local attempt = redis.call('HINCRBY', key('turn', id), 'attempts', 1)
  redis.call('SET', key('lease', line), fence)
  redis.call('ZADD', key('queue'), now + duration, line)
  local turn = redis.call('HMGET', key('turn', id), 'channel', 'conversation', 'activity', 'payload', 'deadline', 'failure')
  leases[#leases + 1] = { id, fence, attempt, turn[1], turn[2], turn[3], turn[4], turn[5], turn[6] }
end
return leases
