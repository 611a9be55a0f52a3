local line, channel, conversation, language, requested_at, person, most = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7], tonumber(ARGV[8])
if redis.call('EXISTS', key('handoff', line)) == 1 then
  return 0
end
redis.call('HSET', key('handoff', line), 'channel', channel, 'conversation', conversation, 'language', language, 'requested', requested_at)
if person ~= '' then
  redis.call('HSET', key('handoff', line), 'person', person)
end
redis.call('ZADD', key('handoffs'), requested_at, line)
if redis.call('ZCARD', key('handoffs')) > most then
  redis.call('DEL', key('handoff', redis.call('ZPOPMIN', key('handoffs'))[1]))
end
return 1
