local id, deadline = ARGV[2], ARGV[3]
if redis.call('ZREM', key('dead'), id) == 0 then
  return 0
end
local turn = redis.call('HMGET', key('turn', id), 'line', 'channel', 'conversation', 'activity', 'payload')
redis.call('SREM', key('dead-of', turn[1]), id)
redis.call('DEL', key('turn', id))
enqueue(turn[1], turn[2], turn[3], turn[4] or '', turn[5], deadline)
return 1
