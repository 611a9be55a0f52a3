local most, duration = tonumber(ARGV[2]), tonumber(ARGV[3])
local leases = {}
for _, line in ipairs(redis.call('ZRANGE', key('queue'), '-inf', now, 'BYSCORE', 'LIMIT', 0, most)) do
  local id = redis.call('LINDEX', key('line', line), 0)
  local fence = redis.call('INCR', key('fence'))
  local attempt = redis.call('HINCRBY', key('turn', id), 'attempts', 1)
  redis.call('SET', key('lease', line), fence)
  redis.call('ZADD', key('queue'), now + duration, line)
  local turn = redis.call('HMGET', key('turn', id), 'channel', 'conversation', 'activity', 'payload', 'deadline', 'failure')
  leases[#leases + 1] = { id, fence, attempt, turn[1], turn[2], turn[3], turn[4], turn[5], turn[6] }
end
return leases
