using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace OnnxChat.Streaming.Sources;

/// <summary>The connector, in the process.</summary>
internal sealed class ConnectorSource(IChatClient chat) : IReplySource
{
    private readonly ChatOptions _options = new() { Temperature = 0 };

    public async Task<ReplyTiming> AskAsync(string question, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        TimeSpan? first = null;
        await foreach (var update in chat.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question)], _options, cancellationToken))
        {
            if (update.Text.Length > 0)
                first ??= Stopwatch.GetElapsedTime(start);
        }

        return new ReplyTiming(first ?? throw new InvalidOperationException($"The model said nothing to: {question}"), Stopwatch.GetElapsedTime(start));
    }
}
