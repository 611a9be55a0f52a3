local oldest = redis.call('ZRANGE', key('alive'), 0, 0, 'WITHSCORES')
return { redis.call('ZCARD', key('alive')), redis.call('ZCARD', key('dead')), oldest[2] }
