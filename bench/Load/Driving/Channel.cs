using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OnnxChat.Load.Measuring;

namespace OnnxChat.Load.Driving;

/// <summary>A channel with its customers: brings messages to the host, takes the replies, and knows when each was sent and answered.</summary>
internal sealed class Channel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Message> _open = new();
    private long _sent;
    private int _unexpected;
    private long _answers;

    private Channel()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v3/conversations/{conversation}/activities/{id?}", async (HttpContext context, string? id) =>
        {
            var activity = await context.Request.ReadFromJsonAsync<JsonNode>(context.RequestAborted);
            if ((string?)activity?["type"] == "message")
                Answer(id, ((string?)activity["text"])?.StartsWith("Echo", StringComparison.Ordinal) == true);
            return new { id = "r" };
        });
    }

    /// <summary>Replies to nothing, or second ones.</summary>
    public int Unexpected => Volatile.Read(ref _unexpected);

    /// <summary>Answers of the model so far.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    public string Url => _app.Urls.Single();

    public static async Task<Channel> StartAsync()
    {
        var channel = new Channel();
        await channel._app.StartAsync();
        return channel;
    }

    /// <summary>Brings a message of a customer; a conversation has one message in it.</summary>
    public async Task<Message> SendAsync(HttpClient host, Tally tally, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _sent);
        var id = string.Create(CultureInfo.InvariantCulture, $"m{number}");
        var message = _open[id] = new Message(id, Stopwatch.GetTimestamp(), tally);
        using var response = await host.PostAsJsonAsync(
            "api/messages",
            new
            {
                type = "message",
                id,
                channelId = "load",
                serviceUrl = Url,
                text = "How long does delivery take?",
                conversation = new { id = $"c{number}" },
                from = new { id = $"u{number}" },
                recipient = new { id = "bot" },
            },
            cancellationToken);
        message.Told(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, (int)response.StatusCode, response.Headers.RetryAfter is not null);
        return message;
    }

    /// <summary>Messages a second that the host can answer.</summary>
    public async Task<double> CapacityAsync(HttpClient host, int customers, TimeSpan duration, CancellationToken cancellationToken)
    {
        Tally tally = new();
        await OpenLoop.SaturateAsync(async () => await (await SendAsync(host, tally, cancellationToken)).AnsweredAsync(), customers, duration);
        CountEnded();
        return tally.Answered / duration.TotalSeconds;
    }

    /// <summary>Counts the messages that have ended and forgets them, so that the program does not grow with what it has sent.</summary>
    public void CountEnded() => Count(_open.Values.Where(message => message.HasEnded));

    /// <summary>Counts all messages, ended or not.</summary>
    public void CountAll() => Count(_open.Values);

    /// <summary>Waits until each accepted message has a reply, or the time is over.</summary>
    public async Task WaitForAnswersAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var answers = Task.WhenAll(_open.Values.Select(message => message.AnsweredAsync()));
        await answers.WaitAsync(atMost, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Count(IEnumerable<Message> messages)
    {
        foreach (var message in messages.ToList())
        {
            message.Tally.Add(message);
            _open.TryRemove(message.Id, out _);
        }
    }

    private void Answer(string? id, bool isModel)
    {
        if (id is null || !_open.TryGetValue(id, out var message) || !message.Answered(isModel))
            Interlocked.Increment(ref _unexpected);
        else if (isModel)
            Interlocked.Increment(ref _answers);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
