using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OnnxChat.BotHost.OpenAI;

/// <summary>Sends a reply while it is written, as server-sent events.</summary>
internal sealed class CompletionStream(HttpResponse response, string id, long created, string model, bool includeUsage)
{
    private const string Kind = "chat.completion.chunk";

    private static readonly byte[] Before = "data: "u8.ToArray();
    private static readonly byte[] After = "\n\n"u8.ToArray();
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    /// <summary>Sends the reply; the caller has asked for its first update already, so that a refusal still has a status of its own.</summary>
    public async Task SendAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        List<ChatResponseUpdate> all = [];
        await SendAsync(Chunk(new CompletionJson.Message("assistant", ""), null), flush: false, cancellationToken);
        do
        {
            all.Add(updates.Current);
            if (updates.Current.Text is { Length: > 0 } text)
                await SendAsync(Chunk(new CompletionJson.Message(null, text), null), flush: true, cancellationToken);
        }
        while (await updates.MoveNextAsync());

        var whole = all.ToChatResponse();
        var last = Chunk(new CompletionJson.Message(null, null), CompletionJson.Finish(whole.FinishReason)) with { Confidence = CompletionJson.Judgement.Of(whole.AdditionalProperties) };
        await SendAsync(last, flush: false, cancellationToken);
        if (includeUsage)
            await SendAsync(new CompletionJson(id, Kind, created, model, []) { TokenUsage = CompletionJson.Usage.Of(whole.Usage) }, flush: false, cancellationToken);
        await response.BodyWriter.WriteAsync(Done, cancellationToken);
    }

    /// <summary>Ends a stream that has begun with an error: its status is sent already.</summary>
    public Task FailAsync(OpenAIError error, CancellationToken cancellationToken) => SendAsync(new OpenAIError.Envelope(error), flush: true, cancellationToken);

    private CompletionJson Chunk(CompletionJson.Message delta, string? finish) => new(id, Kind, created, model, [new CompletionJson.Choice(0, null, delta, finish)]);

    private async Task SendAsync<T>(T json, bool flush, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(json, CompletionJson.Serializer);
        var writer = response.BodyWriter;
        Write(Before);
        Write(bytes);
        Write(After);
        if (flush)
            await writer.FlushAsync(cancellationToken);

        void Write(ReadOnlySpan<byte> part)
        {
            part.CopyTo(writer.GetSpan(part.Length));
            writer.Advance(part.Length);
        }
    }
}
