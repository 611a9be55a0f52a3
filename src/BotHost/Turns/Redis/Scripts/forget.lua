return forget_conversation(ARGV[2])
