using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Authentication;

/// <summary>Another bot that calls this one as a skill.</summary>
public sealed class SkillTests : IAsyncLifetime
{
    private const string AppId = "22222222-2222-4222-8222-222222222222";
    private const string Parent = "55555555-5555-4555-8555-555555555555";
    private const string Tenant = "d6d49420-f39b-4df7-a1dc-d59a935871db";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<string> _callers = [];
    private LoginService _login = null!;
    private FakeChannel _parent = null!;

    public async ValueTask InitializeAsync() => (_login, _parent) = (await LoginService.StartAsync(), await FakeChannel.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _login.DisposeAsync();
        await _parent.DisposeAsync();
    }

    [Theory]
    [InlineData("1.0", "appid", "https://sts.windows.net/{0}/", Parent)]
    [InlineData("2.0", "azp", "https://login.microsoftonline.com/{0}/v2.0", Parent)]
    [InlineData("2.0", "azp", "https://login.microsoftonline.com/{0}/v2.0", "*")]
    public async Task Post_AllowedCaller_IsAnsweredWithATokenForIt(string version, string claim, string issuer, string allowed)
    {
        var response = await PostAsync(Token(version, claim, issuer), ("AllowedCallers:0", "66666666-6666-4666-8666-666666666666"), ("AllowedCallers:1", allowed));

        Assert.Equal(200, response.Status);
        Assert.Equal("urn:botframework:aadappid:" + Parent, Assert.Single(_callers));
        Assert.Equal($"{Parent}/.default", Assert.Single(_login.TokenRequests)["scope"]);
        Assert.Equal("Bearer bot-token-1", Assert.Single(_parent.Received).Authorization);
    }

    [Theory]
    [InlineData(null, AppId)]
    [InlineData("66666666-6666-4666-8666-666666666666", AppId)]
    [InlineData(Parent, "77777777-7777-4777-8777-777777777777")]
    public async Task Post_CallerNotAllowedOrForAnotherBot_401(string? allowed, string audience)
    {
        var response = await PostAsync(Token("1.0", "appid", "https://sts.windows.net/{0}/", audience), ("AllowedCallers:0", allowed));

        Assert.Equal(401, response.Status);
        Assert.Empty(_callers);
        Assert.Empty(_parent.Received);
    }

    [Fact]
    public async Task Post_AnyCallerAllowedButTokenOfNoApp_401()
    {
        var response = await PostAsync(Token("1.0", "nothing", "https://sts.windows.net/{0}/"), ("AllowedCallers:0", "*"));

        Assert.Equal(401, response.Status);
    }

    private Task<BotResponse> PostAsync(string token, params (string Key, string? Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>(_login.Configuration) { ["MicrosoftAppId"] = AppId, ["MicrosoftAppPassword"] = "secret" };
        foreach (var (key, value) in settings)
            configuration[key] = value;
        var bot = new CallbackBot(async (turn, cancelled) =>
        {
            _callers.Add(turn.Activity.CallerId);
            await turn.SendActivityAsync("answer", cancellationToken: cancelled);
        });
        return new BotServer(bot, configuration, _time).PostAsync(BotServer.Message(_parent.Url), "Bearer " + token);
    }

    private string Token(string version, string claim, string issuer, string audience = AppId) => _login.EmulatorKeys["e1"].Sign("e1", new JObject
    {
        ["iss"] = issuer.Replace("{0}", Tenant, StringComparison.Ordinal),
        ["aud"] = audience,
        ["ver"] = version,
        [claim] = Parent,
        ["tid"] = Tenant,
        ["nbf"] = _time.GetUtcNow().ToUnixTimeSeconds() - 60,
        ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 600,
    });
}
