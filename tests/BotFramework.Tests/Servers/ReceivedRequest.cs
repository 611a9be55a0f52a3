using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>A request as the channel got it: the path is still escaped.</summary>
internal sealed record ReceivedRequest(string Method, string Path, string? Authorization, string Body)
{
    public JObject Json => JObject.Parse(Body);
}
