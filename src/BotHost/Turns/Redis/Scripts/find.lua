local id = ARGV[2]
local user = redis.call('HGET', key('conversation', id), 'user')
if not user then
  return nil
end
return { user, redis.call('ZSCORE', key('conversations'), id), redis.call('XRANGE', key('said', id), '-', '+') }
