namespace OnnxChat.BotHost.Channels.DirectLine;

internal static class BoundedBody
{
    /// <summary>Reads a request's body, but never more than <paramref name="limit"/> bytes of it.</summary>
    /// <returns>The body, or null when it is longer.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;

        var buffer = new byte[limit + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > limit ? null : buffer[..length];
    }
}
