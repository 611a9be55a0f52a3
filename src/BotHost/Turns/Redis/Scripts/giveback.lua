-- failure: why; empty where nothing is wrong with the turn, which then has lost no attempt.
local line, fence, id, runnable_at, failure = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
if not holds(line, fence) then
  return 0
end
if failure == '' then
  redis.call('HINCRBY', key('turn', id), 'attempts', -1)
else
  redis.call('HSET', key('turn', id), 'failure', failure)
end
give_back(line, runnable_at)
return 1
