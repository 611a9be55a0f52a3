local ids = redis.call('ZRANGE', key('dead'), '-inf', ARGV[2], 'BYSCORE', 'LIMIT', 0, 1000)
for _, id in ipairs(ids) do
  redis.call('SREM', key('dead-of', redis.call('HGET', key('turn', id), 'line')), id)
  redis.call('ZREM', key('dead'), id)
  redis.call('DEL', key('turn', id))
end
return #ids
