local handoff = key('handoff', ARGV[2])
if redis.call('EXISTS', handoff) == 0 then
  return nil
end
return redis.call('HMGET', handoff, 'channel', 'conversation', 'language', 'requested', 'person')
