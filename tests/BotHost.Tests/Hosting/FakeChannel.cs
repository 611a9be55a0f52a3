using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace OnnxChat.BotHost.Tests.Hosting;

/// <summary>A channel's connector service on loopback: it gives what the bot sends to the test, and answers with an id or a status.</summary>
internal sealed class FakeChannel : IAsyncDisposable
{
    private readonly Channel<JsonNode> _received = Channel.CreateUnbounded<JsonNode>();
    private readonly WebApplication _app;
    private int _count;

    private FakeChannel(WebApplication app) => _app = app;

    /// <summary>Refuses what the bot sends from now on, as Teams does once the customer has stopped a reply.</summary>
    public bool Refuses { get; set; }

    /// <summary>What the channel waits for before it takes anything.</summary>
    public Task Holds { get; set; } = Task.CompletedTask;

    /// <summary>The path of the last request, as it was sent.</summary>
    public string? LastPath { get; private set; }

    public string Url => _app.Urls.Single();

    public static async Task<FakeChannel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var channel = new FakeChannel(app);
        app.MapPost("/v3/conversations/{conversation}/activities/{id?}", channel.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return channel;
    }

    public async Task<JsonNode> NextAsync() => await _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>As <see cref="NextAsync"/>, without typing activities, which come or not as the model is slow or quick.</summary>
    public async Task<JsonNode> NextSaidAsync()
    {
        while (true)
        {
            var activity = await NextAsync();
            if ((string?)activity["type"] != "typing")
                return activity;
        }
    }

    public bool HasNothing => !_received.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var activity = (await request.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        LastPath = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        await Holds;
        if (Refuses)
            return Results.Json(new { error = new { code = "ContentStreamNotAllowed", message = "Content stream was cancelled by user." } }, statusCode: 403);

        await _received.Writer.WriteAsync(activity);
        return Results.Json(new { id = $"r{Interlocked.Increment(ref _count)}" });
    }
}
