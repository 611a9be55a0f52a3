using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>What the bot answered a request with.</summary>
internal sealed record BotResponse(int Status, string Body, IHeaderDictionary Headers)
{
    public JObject Json => JObject.Parse(Body);
}
