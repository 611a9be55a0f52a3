using System.Globalization;
using System.Net;
using Microsoft.SemanticKernel;

namespace OnnxChat.Connector;

/// <summary>A reply was not complete in time.</summary>
/// <remarks>Status code 504, so that retry policies for HTTP services treat it as transient.</remarks>
public sealed class OnnxChatTimeoutException : HttpOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="timeout">The time that a reply may take.</param>
    /// <param name="generatedTokens">Tokens that were generated in it; 0 where the request still waited.</param>
    public OnnxChatTimeoutException(TimeSpan timeout, int generatedTokens)
        : base(HttpStatusCode.GatewayTimeout, responseContent: null, string.Create(CultureInfo.InvariantCulture, $"The reply was not complete after {timeout.TotalSeconds:0.###} s, the limit of {nameof(OnnxChatOptions)}.{nameof(OnnxChatOptions.RequestTimeout)}; {(generatedTokens == 0 ? "it had not begun" : $"it had {generatedTokens} tokens")}. Ask for fewer tokens, send fewer requests at once, or raise the limit."), innerException: null)
    {
        Timeout = timeout;
        GeneratedTokens = generatedTokens;
    }

    /// <summary>The time that the reply could take, waiting included.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>Tokens of the reply that had been generated.</summary>
    /// <value>0 where the request still waited for the model.</value>
    public int GeneratedTokens { get; }
}
