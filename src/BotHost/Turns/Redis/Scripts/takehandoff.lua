local handoff = key('handoff', ARGV[2])
if redis.call('EXISTS', handoff) == 0 or redis.call('HSETNX', handoff, 'person', ARGV[3]) == 0 then
  return nil
end
return redis.call('HMGET', handoff, 'channel', 'conversation', 'language', 'requested', 'person')
