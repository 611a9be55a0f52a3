using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json.Linq;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>A bot behind a <see cref="CloudAdapter"/>, given requests as ASP.NET Core would give them.</summary>
internal sealed class BotServer
{
    private readonly IBot _bot;

    public BotServer(IBot bot, Dictionary<string, string?>? configuration = null, TimeProvider? timeProvider = null)
    {
        _bot = bot;
        var settings = new Dictionary<string, string?>(configuration ?? []);
        settings.TryAdd("BotFramework:OutboundDelay", "00:00:00");
        Adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), null, null, null, null, timeProvider ?? TimeProvider.System));
    }

    public CloudAdapter Adapter { get; }

    public static JObject Message(string serviceUrl, string id = "a1", string text = "hello") => new()
    {
        ["type"] = "message",
        ["id"] = id,
        ["channelId"] = "emulator",
        ["serviceUrl"] = serviceUrl,
        ["from"] = new JObject { ["id"] = "u1", ["name"] = "User" },
        ["recipient"] = new JObject { ["id"] = "b1", ["name"] = "Bot" },
        ["conversation"] = new JObject { ["id"] = "c1" },
        ["text"] = text,
    };

    public Task<BotResponse> PostAsync(JObject activity, string? authorization = null) => SendAsync(activity.ToString(), authorization: authorization);

    public async Task<BotResponse> SendAsync(string body, string contentType = "application/json", string method = "POST", string? authorization = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        if (authorization is not null)
            context.Request.Headers.Authorization = authorization;

        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await Adapter.ProcessAsync(context.Request, context.Response, _bot, TestContext.Current.CancellationToken);
        return new BotResponse(context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()), context.Response.Headers);
    }
}
