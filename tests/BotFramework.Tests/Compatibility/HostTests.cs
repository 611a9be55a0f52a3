using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OnnxChat.BotFramework.Tests.Servers;

namespace OnnxChat.BotFramework.Tests.Compatibility;

public class HostTests
{
    [Fact]
    public async Task Host_WiredAsForTheOfficialSdk_EchoesThroughTheChannel()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var app = await StartAsync<EchoBot>();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await client.PostAsync(
            new Uri("/api/messages", UriKind.Relative), JsonText(BotServer.Message(channel.Url).ToString()), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Echo: hello", (string?)Assert.Single(channel.Received).Json["text"]);
    }

    [Fact]
    public async Task Host_BodyOverTheLimit_Answers413()
    {
        await using var app = await StartAsync<EchoBot>();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await client.PostAsync(
            new Uri("/api/messages", UriKind.Relative), JsonText(new string(' ', (256 * 1024) + 1)), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Host_BotThrows_SendsTheErrorHandlersMessageAndTrace()
    {
        await using var channel = await FakeChannel.StartAsync();
        await using var app = await StartAsync<ThrowingBot>();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await client.PostAsync(
            new Uri("/api/messages", UriKind.Relative), JsonText(BotServer.Message(channel.Url).ToString()), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["message", "trace"], channel.Received.Select(request => (string?)request.Json["type"]));
    }

    private static StringContent JsonText(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    private static async Task<WebApplication> StartAsync<TBot>()
        where TBot : class, IBot
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHttpClient();
        builder.Services.AddSingleton<BotFrameworkAuthentication, ConfigurationBotFrameworkAuthentication>();
        builder.Services.AddSingleton<IBotFrameworkHttpAdapter, AdapterWithErrorHandler>();
        builder.Services.AddTransient<IBot, TBot>();
        var app = builder.Build();
        app.MapPost("/api/messages", (HttpRequest request, HttpResponse response, IBotFrameworkHttpAdapter adapter, IBot bot) => adapter.ProcessAsync(request, response, bot));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed class ThrowingBot : ActivityHandler
    {
        protected override Task OnMessageActivityAsync(ITurnContext<Microsoft.Bot.Schema.IMessageActivity> turnContext, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("broken");
    }
}
