local line = ARGV[2]
local count = redis.call('HLEN', key('unrated', line))
redis.call('DEL', key('unrated', line))
redis.call('ZREM', key('unrated-lines'), line)
redis.call('DECRBY', key('unrated-count'), count)
return count
