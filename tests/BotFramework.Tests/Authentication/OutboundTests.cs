using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Time.Testing;
using OnnxChat.BotFramework.Tests.Compatibility;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Authentication;

public sealed class OutboundTests : IAsyncLifetime
{
    private const string AppId = "22222222-2222-4222-8222-222222222222";

    private readonly FakeTimeProvider _time = new();
    private LoginService _login = null!;
    private FakeChannel _channel = null!;

    public async ValueTask InitializeAsync() => (_login, _channel) = (await LoginService.StartAsync(), await FakeChannel.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _login.DisposeAsync();
        await _channel.DisposeAsync();
    }

    [Fact]
    public async Task Send_WithAppId_BearsATokenForTheChannels()
    {
        await SendAsync(Adapter());

        Assert.Equal("Bearer bot-token-1", Assert.Single(_channel.Received).Authorization);
        var form = Assert.Single(_login.TokenRequests);
        Assert.Equal(
            ("client_credentials", AppId, "secret", "https://api.botframework.com/.default"),
            (form["grant_type"], form["client_id"], form["client_secret"], form["scope"]));
    }

    [Fact]
    public async Task Send_WithConfiguredScope_AsksForIt()
    {
        await SendAsync(Adapter(("ToChannelFromBotOAuthScope", "https://scope.example")));

        Assert.Equal("https://scope.example/.default", Assert.Single(_login.TokenRequests)["scope"]);
    }

    [Fact]
    public async Task Send_ManyAtOnce_AskForOneToken()
    {
        var adapter = Adapter();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(adapter)));

        Assert.Single(_login.TokenRequests);
        Assert.Equal(8, _channel.Received.Count);
    }

    [Theory]
    [InlineData(3600, 3299, 1)]
    [InlineData(3600, 3300, 2)]
    [InlineData(60, 29, 1)]
    [InlineData(60, 30, 2)]
    public async Task Send_Later_AsksAgainOnceTheTokenNearsItsEnd(int lifetime, int seconds, int tokens)
    {
        _login.TokenLifetimeSeconds = lifetime;
        var adapter = Adapter();

        await SendAsync(adapter);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await SendAsync(adapter);

        Assert.Equal(tokens, _login.TokenRequests.Count);
    }

    [Fact]
    public async Task Send_RenewalFails_UsesTheTokenUntilItsEnd()
    {
        var adapter = Adapter();
        await SendAsync(adapter);
        _login.TokenStatus = 400;
        _time.Advance(TimeSpan.FromSeconds(3400));

        await SendAsync(adapter);
        Assert.Equal("Bearer bot-token-1", _channel.Received[^1].Authorization);
        _time.Advance(TimeSpan.FromSeconds(200));

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(adapter));
        Assert.Equal(2, _channel.Received.Count);
    }

    [Fact]
    public async Task Send_LoginRefuses_SaysWhatToCheckAndNoSecret()
    {
        _login.TokenStatus = 401;

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(Adapter()));

        Assert.Contains("MicrosoftAppPassword", exception.Message, StringComparison.Ordinal);
        Assert.Contains("invalid_client", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        Assert.Single(_login.TokenRequests);
    }

    [Fact]
    public async Task Send_ManagedIdentity_AsksTheMachine()
    {
        ReceivedRequest? asked = null;
        await using var machine = await LoopbackServer.StartAsync(context =>
        {
            asked = new ReceivedRequest(context.Request.Method, context.Request.QueryString.Value!, context.Request.Headers["X-IDENTITY-HEADER"], "");
            return context.Response.WriteAsync("""{"access_token":"machine-token","expires_in":"3600"}""", context.RequestAborted);
        });

        await SendAsync(Adapter(
            ("MicrosoftAppType", "UserAssignedMSI"), ("MicrosoftAppTenantId", AppId), ("IDENTITY_ENDPOINT", machine.Url + "/msi/token"), ("IDENTITY_HEADER", "proof")));

        Assert.Equal("Bearer machine-token", Assert.Single(_channel.Received).Authorization);
        Assert.Equal(("GET", "proof"), (asked!.Method, asked.Authorization));
        Assert.Equal($"?api-version=2019-08-01&resource=https%3A%2F%2Fapi.botframework.com&client_id={AppId}", asked.Path);
    }

    [Fact]
    public async Task Send_PlainHttpElsewhere_IsRefusedBeforeATokenIsAskedFor()
    {
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => SendAsync(Adapter(), "http://channel.example"));

        Assert.Empty(_login.TokenRequests);
    }

    [Theory]
    [InlineData("SingleTenant", "MicrosoftAppTenantId")]
    [InlineData("UserAssignedMSI", "MicrosoftAppTenantId")]
    [InlineData("Nonsense", "UserAssignedMSI")]
    public void Construct_AppTypeWithoutItsKeys_ThrowsWithTheKey(string type, string named)
    {
        var exception = Assert.Throws<ArgumentException>(() => Adapter(("MicrosoftAppType", type)));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxActivityBytes", "12")]
    [InlineData("MaxActivityBytes", "many")]
    [InlineData("OutboundTimeout", "0")]
    [InlineData("DuplicateCapacity", "-1")]
    public void Construct_LimitOutOfRange_ThrowsWithKeyAndRange(string key, string value)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Adapter(("BotFramework:" + key, value)));

        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", exception.Message, StringComparison.Ordinal);
    }

    private CloudAdapter Adapter(params (string Key, string Value)[] more)
    {
        var configuration = new Dictionary<string, string?>(_login.Configuration) { ["MicrosoftAppId"] = AppId, ["MicrosoftAppPassword"] = "secret" };
        foreach (var (key, value) in more)
            configuration[key] = value;

        return new BotServer(new EchoBot(), configuration, _time).Adapter;
    }

    private Task SendAsync(CloudAdapter adapter, string? serviceUrl = null) => adapter.ContinueConversationAsync(
        AppId,
        new ConversationReference(user: new ChannelAccount("u"), bot: new ChannelAccount("b"), conversation: new ConversationAccount(id: "c"), channelId: "webchat", serviceUrl: serviceUrl ?? _channel.Url),
        (turn, token) => turn.SendActivityAsync("hi", cancellationToken: token),
        TestContext.Current.CancellationToken);
}
