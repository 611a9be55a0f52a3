using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OnnxChat.BotHost.Tests.Hosting;

namespace OnnxChat.BotHost.Tests.OpenAI;

/// <summary>A client that closes its connection, on the real server: only there a socket can end.</summary>
public sealed class DisconnectTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RecordingLoggerProvider _logs = new();
    private readonly SteppedChatClient _model = new();
    private readonly HttpClient _client;
    private readonly WebApplication _host;

    public DisconnectTests()
    {
        _client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        _host = KestrelHost.Create(_logs, builder => builder.Services.AddSingleton<IChatClient>(_model), "--urls=http://127.0.0.1:0");
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _host.StartAsync(Cancelled);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        _logs.Dispose();
    }

    [Fact]
    public async Task Completions_StreamIsLeft_NoFurtherStepThanTheOneBegun()
    {
        _model.Allow(1);
        using var request = Completion(stream: true);
        var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using (var body = await response.Content.ReadAsStreamAsync(Cancelled))
            Assert.True(await body.ReadAsync(new byte[16], Cancelled) > 0);

        response.Dispose();

        await StopsAsync(computed: 1);
    }

    [Fact]
    public async Task Completions_WholeReplyIsLeft_NoFurtherStepThanTheOneBegun()
    {
        using var request = Completion(stream: false);
        await LeaveAsync(request);

        await StopsAsync(computed: 0);
    }

    [Fact]
    public async Task Mcp_CallIsLeft_NoFurtherStepThanTheOneBegun()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("/mcp"))
        {
            Content = JsonContent.Create(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = new { name = "answer_customer_question", arguments = new { question = "Where?" } } }),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        await LeaveAsync(request);

        await StopsAsync(computed: 0);
    }

    /// <summary>Closes the connection once the model works.</summary>
    private async Task LeaveAsync(HttpRequestMessage request)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var sent = _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
        await _model.Asked.WaitAsync(Patience, Cancelled);
        await leaving.CancelAsync();
        try
        {
            // A host that streams its answer may have sent the headers; then it is left here.
            using var response = await sent;
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>The step that had begun is all that is computed, however many the model could.</summary>
    private async Task StopsAsync(int computed)
    {
        await _model.AbortSeen.WaitAsync(Patience, Cancelled);
        Assert.Equal(computed, _model.Steps);
        _model.Allow(100);
        await _model.Ended.WaitAsync(Patience, Cancelled);

        Assert.Equal(computed + 1, _model.Steps);
        Assert.DoesNotContain("failed", _logs.Text, StringComparison.Ordinal);
    }

    private HttpRequestMessage Completion(bool stream) => new(HttpMethod.Post, Address("/v1/chat/completions"))
    {
        Content = JsonContent.Create(new { model = "onnxchat", stream, messages = new[] { new { role = "user", content = "Where?" } } }),
    };

    private Uri Address(string path) => new(new Uri(_host.Urls.Single()), path);
}
