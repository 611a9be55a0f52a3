using System.Net;
using Microsoft.SemanticKernel;

namespace OnnxChat.Connector;

/// <summary>As many requests wait for the model as may: try again in a moment.</summary>
/// <remarks>Status code 503, so that retry policies for HTTP services treat it as transient.</remarks>
public sealed class OnnxChatBusyException : HttpOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="queueLimit">Requests that may wait.</param>
    public OnnxChatBusyException(int queueLimit)
        : base(HttpStatusCode.ServiceUnavailable, responseContent: null, $"The model is busy: {queueLimit} requests wait already, the limit of {nameof(OnnxChatOptions)}.{nameof(OnnxChatOptions.QueueLimit)}. Try again in {(int)DefaultRetryAfter.TotalSeconds} s, or raise the limit.", innerException: null)
    {
    }

    /// <summary>When to try again.</summary>
    /// <value>A duration from now.</value>
    public TimeSpan RetryAfter { get; } = DefaultRetryAfter;

    private static TimeSpan DefaultRetryAfter => TimeSpan.FromSeconds(1);
}
