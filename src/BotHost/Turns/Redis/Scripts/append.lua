return append(ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), false)
