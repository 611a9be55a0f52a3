namespace OnnxChat.BotHost.Channels.DirectLine;

internal enum DirectLineTokenUse
{
    /// <summary>Everything a client does, in the Authorization header.</summary>
    Client,

    /// <summary>Opening one stream. It stands in an address, which proxies log, so it is good for that only, and not for long.</summary>
    Stream,
}
