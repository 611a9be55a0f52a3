using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OnnxChat.BotFramework.Tests.Servers;

/// <summary>A channel's connector service. It answers with an id, unless other answers wait.</summary>
internal sealed class FakeChannel : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedRequest> _received = new();
    private LoopbackServer? _server;

    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();

    public IReadOnlyList<ReceivedRequest> Received => [.. _received];

    public string Url => _server!.Url;

    public static async Task<FakeChannel> StartAsync(params int[] statuses)
    {
        var channel = new FakeChannel();
        foreach (var status in statuses)
            channel.Answers.Enqueue(context => { context.Response.StatusCode = status; return Task.CompletedTask; });

        channel._server = await LoopbackServer.StartAsync(channel.AnswerAsync);
        return channel;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        _received.Enqueue(new ReceivedRequest(context.Request.Method, path, context.Request.Headers.Authorization, body));
        if (Answers.TryDequeue(out var answer))
            await answer(context);
        else
            await context.Response.WriteAsJsonAsync(new { id = $"r{_received.Count}" }, context.RequestAborted);
    }
}
