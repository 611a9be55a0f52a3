-- Before every script. Keys share one hash tag, so that a cluster keeps them on one node. Times are milliseconds since
-- 1970 by the server's clock.
--   id                  the last turn's number            fence           the last lease's number
--   turn:ID             a turn                            mark:KEY        until when a message is known
--   line:LINE           a conversation's turns, in order  lease:LINE      the fence of the lease of the first of them
--   queue               lines, by when their first turn may run
--   alive, dead         turns, by acceptance and by death dead-of:LINE    a conversation's dead letters
--   conversation:ID     a conversation of Direct Line     said:ID         its activities, a stream
--   conversations       their ids, by last use            handoff:LINE, handoffs   who waits for a person, by age
--   attended            somebody is at the desk           rate:HASH       how often in this minute
--   transcript:LINE     what was said, for a person       unrated:LINE, unrated-lines, unrated-count   replies to be rated
local prefix, now = KEYS[1], tonumber(ARGV[1])

local function key(name, id)
  if id then
    return prefix .. name .. ':' .. id
  end
  return prefix .. name
end

local function wake()
  redis.call('PUBLISH', key('news'), '')
end

local function enqueue(line, channel, conversation, activity, payload, deadline)
  local id = redis.call('INCR', key('id'))
  redis.call('HSET', key('turn', id), 'line', line, 'channel', channel, 'conversation', conversation, 'payload', payload, 'accepted', now, 'deadline', deadline, 'attempts', 0)
  if activity ~= '' then
    redis.call('HSET', key('turn', id), 'activity', activity)
  end
  redis.call('ZADD', key('alive'), now, id)
  if redis.call('RPUSH', key('line', line), id) == 1 then
    redis.call('ZADD', key('queue'), now, line)
  end
  wake()
end

local function holds(line, fence)
  return redis.call('GET', key('lease', line)) == fence
end

local function give_back(line, runnable_at)
  redis.call('DEL', key('lease', line))
  redis.call('ZADD', key('queue'), runnable_at, line)
  wake()
end

-- The number of the activity; 0 where there is no such conversation. The newest stays, however large.
local function append(id, json, most, most_bytes, touches)
  local conversation, said = key('conversation', id), key('said', id)
  if redis.call('EXISTS', conversation) == 0 then
    return 0
  end
  local number = redis.call('HINCRBY', conversation, 'number', 1)
  local bytes = redis.call('HINCRBY', conversation, 'bytes', #json)
  redis.call('XADD', said, number .. '-0', 'json', json)
  local count = redis.call('XLEN', said)
  while count > 1 and (count > most or bytes > most_bytes) do
    local oldest = redis.call('XRANGE', said, '-', '+', 'COUNT', 1)[1]
    bytes = redis.call('HINCRBY', conversation, 'bytes', -#oldest[2][2])
    redis.call('XDEL', said, oldest[1])
    count = count - 1
  end
  if touches then
    redis.call('ZADD', key('conversations'), now, id)
  end
  redis.call('PUBLISH', key('shown', id), number .. ':' .. json)
  return number
end

local function forget_conversation(id)
  redis.call('DEL', key('said', id))
  redis.call('ZREM', key('conversations'), id)
  redis.call('PUBLISH', key('shown', id), 'forgotten')
  return redis.call('DEL', key('conversation', id))
end
