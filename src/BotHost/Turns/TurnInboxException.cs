using System.Globalization;

namespace OnnxChat.BotHost.Turns;

/// <summary>The inbox takes nothing now, or cannot be used as it is configured; the message says what mends it.</summary>
internal class TurnInboxException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>When to try again.</summary>
    public virtual TimeSpan RetryAfter => Soon;

    /// <summary>As the header of HTTP has it.</summary>
    public void AddRetryAfter(HttpResponse response) => response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
