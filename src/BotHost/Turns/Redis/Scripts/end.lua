-- failure: why the turn is buried; empty where it was answered. Replies come last.
local line, fence, id, conversation, failure = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local most, most_bytes, first_reply = tonumber(ARGV[7]), tonumber(ARGV[8]), 9
if not holds(line, fence) then
  return { -1 }
end

redis.call('ZREM', key('alive'), id)
if failure == '' then
  redis.call('DEL', key('turn', id))
else
  redis.call('HSET', key('turn', id), 'failure', failure, 'died', now)
  redis.call('ZADD', key('dead'), now, id)
  redis.call('SADD', key('dead-of', line), id)
end
local numbers = {}
for i = first_reply, #ARGV do
  numbers[#numbers + 1] = append(conversation, ARGV[i], most, most_bytes, false)
end
redis.call('LPOP', key('line', line))
if redis.call('LLEN', key('line', line)) > 0 then
  give_back(line, now)
else
  redis.call('DEL', key('lease', line))
  redis.call('ZREM', key('queue'), line)
end
return numbers
