using Microsoft.Extensions.Time.Testing;
using Newtonsoft.Json.Linq;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Authentication;

public sealed class InboundTests : IAsyncLifetime
{
    private const string AppId = "22222222-2222-4222-8222-222222222222";
    private const string OtherId = "33333333-3333-4333-8333-333333333333";
    private const string BotTenant = "d6d49420-f39b-4df7-a1dc-d59a935871db";
    private const string ServiceAddress = "https://localhost:5801/";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CallbackBot _bot = new((_, _) => Task.CompletedTask);
    private readonly RsaKey _stranger = RsaKey.CreateStranger();
    private LoginService _login = null!;

    public async ValueTask InitializeAsync() => _login = await LoginService.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        await _login.DisposeAsync();
    }

    [Theory]
    [InlineData(ServiceAddress)]
    [InlineData("https://LOCALHOST:5801/")]
    [InlineData("https://localhost:5801")]
    public async Task Channel_GoodToken_IsAccepted(string serviceUrl) => await ExpectAsync(200, Channel(("serviceurl", serviceUrl)));

    [Theory]
    [InlineData("exp", -60)]
    [InlineData("exp", -299)]
    [InlineData("nbf", 299)]
    public async Task Channel_ClockSkewWithinFiveMinutes_IsAccepted(string claim, int seconds) => await ExpectAsync(200, Channel((claim, Now + seconds)));

    [Theory]
    [InlineData("exp", -360)]
    [InlineData("nbf", 360)]
    [InlineData("aud", OtherId)]
    [InlineData("iss", "https://evil.example")]
    [InlineData("serviceurl", "https://evil.example/")]
    [InlineData("serviceurl", null)]
    [InlineData("exp", null)]
    [InlineData("aud", null)]
    [InlineData("iss", null)]
    public async Task Channel_WrongClaim_IsRefused(string claim, object? value) =>
        await ExpectAsync(401, Channel((claim, value is int seconds ? Now + seconds : value)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer abc")]
    [InlineData("Bearer ..")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer e30.e30.")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.AAAA")]
    public async Task Any_NoTokenOrGarbage_IsRefused(string? header) => await ExpectHeaderAsync(401, header);

    [Fact]
    public async Task Any_WrongScheme_IsRefused() => await ExpectHeaderAsync(401, "Basic " + Channel());

    [Theory]
    [InlineData("k1")]
    [InlineData("zz")]
    public async Task Channel_SignedByAStranger_IsRefused(string keyId) => await ExpectAsync(401, _stranger.Sign(keyId, ChannelClaims()));

    [Theory]
    [InlineData("k2")]
    [InlineData("k3")]
    public async Task Channel_KeyNotEndorsed_IsRefused(string keyId) => await ExpectAsync(401, _login.ChannelKeys[keyId].Sign(keyId, ChannelClaims()));

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    public async Task Channel_WrongAlgorithm_IsRefused(string algorithm) => await ExpectAsync(401, _login.ChannelKeys["k1"].Sign("k1", ChannelClaims(), algorithm));

    [Theory]
    [InlineData("1.0", "appid", "https://sts.windows.net/{0}/")]
    [InlineData("2.0", "azp", "https://login.microsoftonline.com/{0}/v2.0")]
    public async Task Emulator_GoodToken_IsAccepted(string version, string claim, string issuer) => await ExpectAsync(200, Emulator(version, claim, issuer, BotTenant));

    [Theory]
    [InlineData("1.0", "azp", AppId, BotTenant)]
    [InlineData("2.0", "appid", AppId, BotTenant)]
    [InlineData("3.0", "appid", AppId, BotTenant)]
    [InlineData("1.0", "appid", OtherId, BotTenant)]
    [InlineData("1.0", "appid", AppId, "99999999-9999-4999-8999-999999999999")]
    public async Task Emulator_WrongAppVersionOrTenant_IsRefused(string version, string claim, string app, string tenant) =>
        await ExpectAsync(401, Emulator(version, claim, "https://sts.windows.net/{0}/", tenant, app));

    [Fact]
    public async Task Emulator_BotsOwnTokenForAChannel_IsRefused() =>
        await ExpectAsync(401, Emulator("1.0", "appid", "https://sts.windows.net/{0}/", BotTenant, audience: "https://api.botframework.com"));

    [Theory]
    [InlineData(OtherId, 200)]
    [InlineData(BotTenant, 401)]
    public async Task Emulator_SingleTenant_AcceptsItsOwnTenantOnly(string tenant, int status)
    {
        var server = Server(("MicrosoftAppType", "SingleTenant"), ("MicrosoftAppTenantId", OtherId), ("MicrosoftAppPassword", "secret"));

        var response = await server.PostAsync(Activity(), "Bearer " + Emulator("1.0", "appid", "https://sts.windows.net/{0}/", tenant));

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task Keys_ManyRequests_AreFetchedOnce()
    {
        var server = Server();

        for (var index = 0; index < 3; index++)
            await server.PostAsync(Activity(), "Bearer " + Channel());

        Assert.Equal((1, 0), (_login.CountOf("/channel/keys"), _login.CountOf("/emulator/keys")));
    }

    [Fact]
    public async Task Keys_RotatedIn_AreFetchedAgainAtMostOnceInAWhile()
    {
        var server = Server();
        Assert.Equal(200, (await server.PostAsync(Activity(), "Bearer " + Channel())).Status);
        _login.ChannelKeys["k9"] = RsaKey.Create("emulator");
        var rotated = "Bearer " + _login.ChannelKeys["k9"].Sign("k9", ChannelClaims());

        Assert.Equal(401, (await server.PostAsync(Activity(), rotated)).Status);
        Assert.Equal(1, _login.CountOf("/channel/keys"));
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(200, (await server.PostAsync(Activity(), rotated)).Status);
        await server.PostAsync(Activity(), "Bearer " + _stranger.Sign("zz", ChannelClaims()));

        Assert.Equal(2, _login.CountOf("/channel/keys"));
    }

    [Fact]
    public async Task Keys_LoginServiceDown_Answers401AndRecovers()
    {
        var server = Server();
        _login.IsDown = true;

        Assert.Equal(401, (await server.PostAsync(Activity(), "Bearer " + Channel())).Status);
        Assert.Equal(401, (await server.PostAsync(Activity(), "Bearer " + Channel())).Status);
        Assert.Equal(1, _login.CountOf("/channel/metadata"));
        _login.IsDown = false;
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(200, (await server.PostAsync(Activity(), "Bearer " + Channel())).Status);
    }

    [Fact]
    public async Task Token_UsedAgain_IsRefusedWhenItsTimeIsOver()
    {
        var server = Server();
        var header = "Bearer " + Channel(("nbf", null));

        Assert.Equal(200, (await server.PostAsync(Activity(), header)).Status);
        Assert.Equal(200, (await server.PostAsync(Activity(), header)).Status);
        _time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));

        Assert.Equal(401, (await server.PostAsync(Activity(), header)).Status);
    }

    [Fact]
    public async Task Token_UsedAgainForAnotherServiceOrWithAnotherSignature_IsRefused()
    {
        var server = Server();
        var header = "Bearer " + Channel();
        var elsewhere = Activity();
        elsewhere["serviceUrl"] = "https://localhost:5802/";
        Assert.Equal(200, (await server.PostAsync(Activity(), header)).Status);

        Assert.Equal(401, (await server.PostAsync(elsewhere, header)).Status);
        Assert.Equal(401, (await server.PostAsync(Activity(), header[..^8] + "AAAAAAAA")).Status);
        Assert.Equal(1, _bot.Turns);
    }

    [Fact]
    public async Task Token_UsedAgainWhenItsKeyIsWithdrawn_IsRefused()
    {
        var server = Server();
        var header = "Bearer " + Channel(("exp", Now + 200_000));
        Assert.Equal(200, (await server.PostAsync(Activity(), header)).Status);
        Assert.True(_login.ChannelKeys.TryRemove("k1", out var withdrawn));
        _login.ChannelKeys["k1"] = RsaKey.CreateStranger("emulator");

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(401, (await server.PostAsync(Activity(), header)).Status);
        withdrawn.Dispose();
    }

    [Theory]
    [InlineData("http://login.example/metadata")]
    [InlineData("relative")]
    public void Construct_MetadataUrlThatAnyoneCouldChange_Throws(string url)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Server(("ToBotFromChannelOpenIdMetadataUrl", url)));

        Assert.Contains("ToBotFromChannelOpenIdMetadataUrl", exception.Message, StringComparison.Ordinal);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    private BotServer Server(params (string Key, string? Value)[] more)
    {
        var configuration = new Dictionary<string, string?>(_login.Configuration) { ["MicrosoftAppId"] = AppId, ["MicrosoftAppPassword"] = "secret" };
        foreach (var (key, value) in more)
            configuration[key] = value;

        return new BotServer(_bot, configuration, _time);
    }

    private static JObject Activity()
    {
        var activity = BotServer.Message(ServiceAddress);
        activity.Remove("id");
        return activity;
    }

    private JObject ChannelClaims() => new()
    {
        ["iss"] = "https://api.botframework.com",
        ["aud"] = AppId,
        ["nbf"] = Now - 60,
        ["exp"] = Now + 600,
        ["serviceurl"] = ServiceAddress,
    };

    private string Channel(params (string Name, object? Value)[] changes)
    {
        var claims = ChannelClaims();
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
                claims[name] = JToken.FromObject(value);
        }

        return _login.ChannelKeys["k1"].Sign("k1", claims);
    }

    private string Emulator(string version, string claim, string issuer, string tenant, string app = AppId, string audience = AppId) => _login.EmulatorKeys["e1"].Sign("e1", new JObject
    {
        ["iss"] = issuer.Replace("{0}", tenant, StringComparison.Ordinal),
        ["aud"] = audience,
        ["ver"] = version,
        [claim] = app,
        ["tid"] = tenant,
        ["nbf"] = Now - 60,
        ["exp"] = Now + 600,
    });

    private Task ExpectAsync(int status, string token) => ExpectHeaderAsync(status, "Bearer " + token);

    private async Task ExpectHeaderAsync(int status, string? header)
    {
        var response = await Server().PostAsync(Activity(), header);

        Assert.Equal((status, status == 200 ? 1 : 0, ""), (response.Status, _bot.Turns, response.Body));
        if (status == 401)
            Assert.Equal("Bearer", response.Headers.WWWAuthenticate.ToString());
    }
}
