namespace OnnxChat.BotHost.Channels.DirectLine;

internal enum DirectLineTokenStatus
{
    Valid,
    Invalid,
    Expired,
}
