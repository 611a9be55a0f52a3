local id, user, line, most = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
if redis.call('EXISTS', key('conversation', id)) == 1 then
  return 1
end
if redis.call('ZCARD', key('conversations')) >= most then
  return 0
end
redis.call('HSET', key('conversation', id), 'user', user, 'line', line, 'number', 0, 'bytes', 0)
redis.call('ZADD', key('conversations'), now, id)
return 1
