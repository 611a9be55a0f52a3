-- Pairs of an id and a reply come last. A reply has two ids.
local line, most = ARGV[2], 2 * tonumber(ARGV[3])
local count = tonumber(redis.call('GET', key('unrated-count')) or '0')
for i = 4, #ARGV, 2 do
  count = count + redis.call('HSETNX', key('unrated', line), ARGV[i], ARGV[i + 1])
end
redis.call('ZADD', key('unrated-lines'), now, line)
while count > most and redis.call('ZCARD', key('unrated-lines')) > 1 do
  local oldest = redis.call('ZPOPMIN', key('unrated-lines'))[1]
  count = count - redis.call('HLEN', key('unrated', oldest))
  redis.call('DEL', key('unrated', oldest))
end
redis.call('SET', key('unrated-count'), count)
return count
