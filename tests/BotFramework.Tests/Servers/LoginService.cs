using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>The login services of the Bot Framework and of Azure: OpenID metadata, keys, tokens for the bot.</summary>
internal sealed class LoginService : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _paths = new();
    private LoopbackServer? _server;

    public ConcurrentDictionary<string, RsaKey> ChannelKeys { get; } = new();

    public ConcurrentDictionary<string, RsaKey> EmulatorKeys { get; } = new();

    public ConcurrentQueue<Dictionary<string, string>> TokenRequests { get; } = new();

    public int TokenLifetimeSeconds { get; set; } = 3600;

    public int TokenStatus { get; set; } = 200;

    public bool IsDown { get; set; }

    public string Url => _server!.Url;

    public int CountOf(string path) => _paths.Count(item => item == path);

    public static async Task<LoginService> StartAsync()
    {
        var service = new LoginService();
        service.ChannelKeys["k1"] = RsaKey.Create("msteams", "webchat", "directline", "emulator");
        service.ChannelKeys["k2"] = RsaKey.Create("slack");
        service.ChannelKeys["k3"] = RsaKey.Create();
        service.EmulatorKeys["e1"] = RsaKey.Create();
        service._server = await LoopbackServer.StartAsync(service.AnswerAsync);
        return service;
    }

    /// <summary>What the bot's configuration needs to find this service.</summary>
    public Dictionary<string, string?> Configuration => new()
    {
        ["ToChannelFromBotLoginUrl"] = $"{Url}/tenant",
        ["ToBotFromChannelOpenIdMetadataUrl"] = $"{Url}/channel/metadata",
        ["ToBotFromEmulatorOpenIdMetadataUrl"] = $"{Url}/emulator/metadata",
    };

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();

        foreach (var key in ChannelKeys.Values.Concat(EmulatorKeys.Values))
            key.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _paths.Enqueue(path);
        if (IsDown)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        }

        return path switch
        {
            "/channel/metadata" => Metadata(context, "channel"),
            "/emulator/metadata" => Metadata(context, "emulator"),
            "/channel/keys" => Keys(context, ChannelKeys),
            "/emulator/keys" => Keys(context, EmulatorKeys),
            "/tenant/oauth2/v2.0/token" => TokenAsync(context),
            _ => throw new InvalidOperationException($"Nothing is at {path}."),
        };
    }

    private Task Metadata(HttpContext context, string side) =>
        context.Response.WriteAsJsonAsync(new { issuer = "https://api.botframework.com", jwks_uri = $"{Url}/{side}/keys" }, context.RequestAborted);

    private static Task Keys(HttpContext context, ConcurrentDictionary<string, RsaKey> keys) =>
        context.Response.WriteAsJsonAsync(new { keys = keys.Select(key => key.Value.ToJson(key.Key)).ToArray() }, context.RequestAborted);

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        TokenRequests.Enqueue(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        context.Response.StatusCode = TokenStatus;
        await context.Response.WriteAsJsonAsync(
            TokenStatus == 200
                ? new { access_token = $"bot-token-{TokenRequests.Count.ToString(CultureInfo.InvariantCulture)}", expires_in = TokenLifetimeSeconds, error = (string?)null }
                : new { access_token = "", expires_in = 0, error = (string?)"invalid_client" },
            context.RequestAborted);
    }
}
