local dead = {}
for _, id in ipairs(redis.call('ZRANGE', key('dead'), 0, tonumber(ARGV[2]) - 1)) do
  local turn = redis.call('HMGET', key('turn', id), 'channel', 'conversation', 'activity', 'attempts', 'accepted', 'died', 'failure')
  dead[#dead + 1] = { id, turn[1], turn[2], turn[3], turn[4], turn[5], turn[6], turn[7] }
end
return dead
