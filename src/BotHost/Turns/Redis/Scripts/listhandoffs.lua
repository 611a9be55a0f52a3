local handoffs = {}
for _, line in ipairs(redis.call('ZRANGE', key('handoffs'), 0, -1)) do
  handoffs[#handoffs + 1] = redis.call('HMGET', key('handoff', line), 'channel', 'conversation', 'language', 'requested', 'person')
end
return handoffs
