local idle = {}
for _, id in ipairs(redis.call('ZRANGE', key('conversations'), '-inf', ARGV[2], 'BYSCORE', 'LIMIT', 0, 1000)) do
  if redis.call('EXISTS', key('line', redis.call('HGET', key('conversation', id), 'line'))) == 0 then
    forget_conversation(id)
    idle[#idle + 1] = id
  end
end
return idle
