using System.Diagnostics;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Generation;

namespace OnnxChat.Connector.Telemetry;

/// <summary>One request as telemetry sees it: its span, and the measurements that it ends with.</summary>
internal sealed class ChatOperation(ChatTelemetry telemetry, TimeProvider time, string name, string model, Activity? activity, Func<string?> provider) : IDisposable
{
    /// <summary>A conversation's reply.</summary>
    public const string Chat = "chat";

    /// <summary>A text's continuation.</summary>
    public const string TextCompletion = "text_completion";

    private readonly long _started = time.GetTimestamp();
    private TimeSpan _first;
    private bool _ended;

    /// <summary>What is done: <see cref="Chat"/> or <see cref="TextCompletion"/>.</summary>
    public string Name => name;

    public string Model => model;

    /// <summary>What computes the model; null while it is not loaded.</summary>
    public string? ExecutionProvider => provider();

    /// <summary>The prompt, once it is built.</summary>
    public PreparedReply? Prepared { get; set; }

    public int PromptTokens => Prepared?.Request.Prompt.Length ?? 0;

    /// <summary>Tokens generated so far.</summary>
    public int ReplyTokens { get; private set; }

    /// <summary>A token was generated.</summary>
    public void AddToken()
    {
        if (ReplyTokens++ == 0)
            _first = time.GetElapsedTime(_started);
    }

    /// <summary>The reply is complete.</summary>
    public ReplyEnd End(GenerationFinish finish, OnnxChatConfidence confidence)
    {
        var end = new ReplyEnd(finish, PromptTokens, ReplyTokens, Prepared!.MessagesLeftOut, Prepared.TokensLeftOut, confidence);
        activity?.SetTag("gen_ai.response.model", model);
        activity?.SetTag("gen_ai.response.finish_reasons", new[] { end.Reason.Value });
        activity?.SetTag("onnxchat.messages_left_out", end.LeftOut);
        activity?.SetTag("onnxchat.tokens_left_out", end.TokensLeftOut);
        activity?.SetTag("onnxchat.confidence.mean_log_probability", confidence.MeanLogProbability);
        Record(null);
        return end;
    }

    /// <summary>The request ended without a reply.</summary>
    public void Fail(Exception error)
    {
        activity?.SetStatus(ActivityStatusCode.Error, error.Message);
        Record(error.GetType().FullName);
    }

    public void Dispose()
    {
        // A reader that leaves a stream early gets no more of it, whatever that would have been.
        Record(typeof(OperationCanceledException).FullName);
        activity?.Dispose();
    }

    private void Record(string? errorType)
    {
        if (_ended)
            return;
        _ended = true;
        activity?.SetTag("gen_ai.usage.input_tokens", PromptTokens);
        activity?.SetTag("gen_ai.usage.output_tokens", ReplyTokens);
        activity?.SetTag("onnxchat.execution_provider", ExecutionProvider);
        activity?.SetTag("error.type", errorType);
        telemetry.Record(this, time.GetElapsedTime(_started), _first, errorType);
    }
}
