using Microsoft.Extensions.AI;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.OpenAI;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal sealed partial class ChatCompletionsEndpoint(IChatClient chat, ServedModel model, TimeProvider time, ILogger<ChatCompletionsEndpoint> logger)
{
    private const int MaxBodyBytes = 262_144;
    private const string RetrySoon = "1";

    public async Task<IResult> AnswerAsync(HttpContext context)
    {
        var cancelled = context.RequestAborted;
        if (!context.Request.HasJsonContentType())
            return OpenAIError.Bad("The body must be JSON: send Content-Type: application/json.", null).Result(StatusCodes.Status415UnsupportedMediaType);
        if (await BoundedBody.ReadAsync(context.Request, MaxBodyBytes, cancelled) is not { } body)
            return OpenAIError.Bad($"The body has more than {MaxBodyBytes:N0} bytes. Send fewer messages.", null).Result(StatusCodes.Status413PayloadTooLarge);

        CompletionStream? stream = null;
        try
        {
            var request = CompletionRequestReader.Read(body);
            if (request.Model != model.Id)
                return OpenAIError.NoModel(request.Model, model.Id);
            var (id, created) = ($"chatcmpl-{Guid.NewGuid():N}", time.GetUtcNow().ToUnixTimeSeconds());
            if (!request.Stream)
                return Whole(await chat.GetResponseAsync(request.Messages, request.Options, cancelled), id, created);

            await using var updates = chat.GetStreamingResponseAsync(request.Messages, request.Options, cancelled).GetAsyncEnumerator(cancelled);
            if (!await updates.MoveNextAsync())
                return Whole(new ChatResponse(new ChatMessage(ChatRole.Assistant, "")), id, created);
            stream = new CompletionStream(context.Response, id, created, model.Id, request.IncludeUsage);
            await stream.SendAsync(updates, cancelled);
            return Results.Empty;
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return Results.Empty;
        }
        catch (Exception exception)
        {
            var (status, error) = Explain(exception, context.TraceIdentifier);
            if (stream is null)
            {
                if (status == StatusCodes.Status503ServiceUnavailable)
                    context.Response.Headers.RetryAfter = RetrySoon;
                return error.Result(status);
            }

            await stream.FailAsync(error, cancelled);
            return Results.Empty;
        }
    }

    private IResult Whole(ChatResponse response, string id, long created) => Results.Json(
        new CompletionJson(
            id,
            "chat.completion",
            created,
            model.Id,
            [new CompletionJson.Choice(0, new CompletionJson.Message("assistant", response.Text), null, CompletionJson.Finish(response.FinishReason))])
        {
            TokenUsage = CompletionJson.Usage.Of(response.Usage),
            Confidence = CompletionJson.Judgement.Of(response.AdditionalProperties),
        },
        CompletionJson.Serializer);

    private (int Status, OpenAIError Error) Explain(Exception exception, string requestId)
    {
        switch (exception)
        {
            case BadParameterException bad:
                return (StatusCodes.Status400BadRequest, OpenAIError.Bad(bad.Message, bad.Param));
            case OnnxChatPromptTooLongException tooLong:
                return (StatusCodes.Status400BadRequest, OpenAIError.Bad(tooLong.Message, "messages", "context_length_exceeded"));
            case ArgumentException or NotSupportedException:
                return (StatusCodes.Status400BadRequest, OpenAIError.Bad(exception.Message, null));
            case OnnxChatBusyException or OnnxChatTimeoutException:
                return (StatusCodes.Status503ServiceUnavailable, OpenAIError.Busy(exception.Message));
            default:
                LogFailed(exception, requestId);
                return (StatusCodes.Status500InternalServerError, new OpenAIError($"The request failed; the log has the reason under {requestId}.", "server_error", null, null));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The completion {RequestId} failed.")]
    private partial void LogFailed(Exception exception, string requestId);
}
