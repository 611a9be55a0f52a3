local mark, known_for = ARGV[2], tonumber(ARGV[3])
local most_waiting, most_in_line = tonumber(ARGV[4]), tonumber(ARGV[5])
local line, channel, conversation, activity, payload, deadline = ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11]
local is_shown, shown, most, most_bytes = ARGV[12] == '1', ARGV[13], tonumber(ARGV[14]), tonumber(ARGV[15])

if mark ~= '' then
  local known_until = redis.call('GET', key('mark', mark))
  if known_until and tonumber(known_until) > now then
    return { 'known', 0 }
  end
end
if redis.call('ZCARD', key('alive')) >= most_waiting then
  return { 'full', 0 }
end
if redis.call('LLEN', key('line', line)) >= most_in_line then
  return { 'line full', 0 }
end

if mark ~= '' then
  redis.call('SET', key('mark', mark), now + known_for, 'PX', known_for)
end
local number = 0
if is_shown then
  number = append(conversation, shown, most, most_bytes, true)
end
enqueue(line, channel, conversation, activity, payload, deadline)
return { 'accepted', number }
