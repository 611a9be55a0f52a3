local line = ARGV[2]
local waiting, dead = redis.call('LRANGE', key('line', line), 0, -1), redis.call('SMEMBERS', key('dead-of', line))
for _, id in ipairs(waiting) do
  redis.call('ZREM', key('alive'), id)
  redis.call('DEL', key('turn', id))
end
for _, id in ipairs(dead) do
  redis.call('ZREM', key('dead'), id)
  redis.call('DEL', key('turn', id))
end
redis.call('DEL', key('line', line), key('lease', line), key('dead-of', line))
redis.call('ZREM', key('queue'), line)
return #waiting + #dead
