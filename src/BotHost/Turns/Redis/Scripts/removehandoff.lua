local handoff = key('handoff', ARGV[2])
if redis.call('EXISTS', handoff) == 0 then
  return nil
end
local removed = redis.call('HMGET', handoff, 'channel', 'conversation', 'language', 'requested', 'person')
redis.call('DEL', handoff)
redis.call('ZREM', key('handoffs'), ARGV[2])
return removed
