-- How many milliseconds are left of a window that is used up; -1 where it is not.
local window, limit, length = key('rate', ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local count = redis.call('INCR', window)
if count == 1 then
  redis.call('PEXPIRE', window, length)
end
if count <= limit then
  return -1
end
return math.max(0, redis.call('PTTL', window))
