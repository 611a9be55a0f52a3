using System.Collections.Concurrent;
using OnnxChat.Streaming.Sources;

namespace OnnxChat.Streaming.Measuring;

/// <summary>Streams that ask beside each other.</summary>
internal static class Load
{
    public const int Streams = 16;

    private static readonly string[] Questions =
    [
        "怎么退货？", "Where is my order?", "How do I return my boots?", "What does shipping cost?", "退款要多久", "can i talk to a person", "My tent arrived damaged", "Do you ship to Canada?",
    ];

    /// <returns>The timings of all replies.</returns>
    public static async Task<IReadOnlyCollection<ReplyTiming>> RunAsync(IReplySource source, Arrival arrival, int replies, CancellationToken cancellationToken)
    {
        var timings = new ConcurrentBag<ReplyTiming>();
        if (arrival == Arrival.EachByItself)
        {
            await Task.WhenAll(Enumerable.Range(0, Streams).Select(stream => Task.Run(
                async () =>
                {
                    for (var reply = 0; reply < replies; reply++)
                        await AskAsync(stream, reply);
                },
                cancellationToken)));
        }
        else
        {
            for (var reply = 0; reply < replies; reply++)
                await Task.WhenAll(Enumerable.Range(0, Streams).Select(stream => Task.Run(() => AskAsync(stream, reply), cancellationToken)));
        }

        return timings;

        async Task AskAsync(int stream, int reply) => timings.Add(await source.AskAsync(Questions[(stream + reply) % Questions.Length], cancellationToken));
    }
}
