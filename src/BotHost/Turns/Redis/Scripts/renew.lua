local line, fence, lease_until = ARGV[2], ARGV[3], ARGV[4]
if not holds(line, fence) then
  return 0
end
redis.call('ZADD', key('queue'), lease_until, line)
return 1
