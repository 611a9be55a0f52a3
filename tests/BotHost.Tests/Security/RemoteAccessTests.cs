using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Security;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.Security;

/// <summary>The loopback rule, on the real server.</summary>
public sealed class RemoteAccessTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--urls=http://127.0.0.1:0")]
    [InlineData("--urls=http://[::1]:0")]
    [InlineData("--Kestrel:Endpoints:Local:Url=http://127.0.0.1:0")]
    public async Task Start_LoopbackWithoutAppId_ListensAndSaysSoOnce(string argument)
    {
        Assert.SkipUnless(!argument.Contains("::1") || Socket.OSSupportsIPv6, "This machine has no IPv6.");
        using var logs = new RecordingLoggerProvider();
        await using var app = KestrelHost.Create(logs, _ => { }, argument);

        await app.StartAsync(Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(Addresses(app).Single()) };
        using var response = await http.GetAsync("/healthz", Cancelled);
        await app.StopAsync(Cancelled);

        Assert.True(response.IsSuccessStatusCode);
        Assert.False(response.Headers.Contains("Server"));
        Assert.Contains("Now listening", logs.Text);
        Assert.Single(logs.Text.Split('\n'), line => line.Contains("listens on this machine only"));
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--urls=http://[::]:0")]
    [InlineData("--urls=http://*:0")]
    [InlineData("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("--http_ports=0")]
    [InlineData("--Kestrel:Endpoints:All:Url=http://0.0.0.0:0")]
    public async Task Start_AnyAddressWithoutAppId_IsRefused(string argument)
    {
        using var logs = new RecordingLoggerProvider();
        await using var app = KestrelHost.Create(logs, _ => { }, argument);

        var error = await Assert.ThrowsAsync<RemoteAccessException>(() => app.StartAsync(Cancelled));

        Assert.Contains("MicrosoftAppId", error.Message);
        Assert.Contains("OnnxChat:AllowUnauthenticatedRemoteAccess", error.Message);
        Assert.DoesNotContain("Now listening", logs.Text);
    }

    [Fact]
    public async Task Start_ListenInCodeWithoutAppId_IsRefused()
    {
        using var logs = new RecordingLoggerProvider();
        await using var app = KestrelHost.Create(logs, builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(0)));

        await Assert.ThrowsAsync<RemoteAccessException>(() => app.StartAsync(Cancelled));
    }

    [Theory]
    [InlineData("--MicrosoftAppId=00000000-0000-0000-0000-000000000001", false)]
    [InlineData("--OnnxChat:AllowUnauthenticatedRemoteAccess=true", true)]
    public async Task Start_AnyAddressAllowed_Listens(string argument, bool warns)
    {
        using var logs = new RecordingLoggerProvider();
        await using var app = KestrelHost.Create(logs, _ => { }, "--urls=http://0.0.0.0:0", argument);

        await app.StartAsync(Cancelled);
        await app.StopAsync(Cancelled);

        Assert.Equal(warns, logs.Text.Contains("Warning: Callers are not authenticated"));
    }

    [Theory]
    [InlineData(new string[0], "http://localhost:3978")]
    [InlineData(new[] { "--urls=http://127.0.0.1:5000" }, "http://127.0.0.1:5000")]
    public void Create_Urls_DefaultUnlessGiven(string[] arguments, string expected)
    {
        using var logs = new RecordingLoggerProvider();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });

        builder.AddBotHost();

        Assert.Equal(expected, builder.Configuration["urls"]);
    }

    private static IEnumerable<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
}
