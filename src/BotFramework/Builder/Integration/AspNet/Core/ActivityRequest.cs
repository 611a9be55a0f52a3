using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Schema;
using Microsoft.Net.Http.Headers;
using Newtonsoft.Json;

namespace Microsoft.Bot.Builder.Integration.AspNet.Core;

/// <summary>Takes an activity out of a request, or says what is wrong with it.</summary>
internal static class ActivityRequest
{
    /// <exception cref="BadHttpRequestException">The request holds no activity; it has the status to answer with.</exception>
    internal static async Task<Activity> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method))
            throw new BadHttpRequestException($"The method is {request.Method}; activities are sent by POST.", StatusCodes.Status405MethodNotAllowed);

        if (!IsUtf8Json(request))
            throw new BadHttpRequestException($"The content type is '{request.ContentType}'; it must be application/json in UTF-8.", StatusCodes.Status415UnsupportedMediaType);

        if (request.ContentLength > maxBytes)
            throw TooLarge(maxBytes);

        return Parse(await ReadBodyAsync(request, maxBytes, cancellationToken).ConfigureAwait(false));
    }

    private static bool IsUtf8Json(HttpRequest request) =>
        request.HasJsonContentType()
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.Buffer.Length > maxBytes)
                throw TooLarge(maxBytes);

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static Activity Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var activity = ActivityJson.FromUtf8<Activity>(json);
            return string.IsNullOrEmpty(activity?.Type)
                ? throw new BadHttpRequestException("The activity has no type.", StatusCodes.Status400BadRequest)
                : activity;
        }
        catch (JsonException exception)
        {
            throw new BadHttpRequestException("The body is not an activity in JSON.", StatusCodes.Status400BadRequest, exception);
        }
    }

    private static BadHttpRequestException TooLarge(int maxBytes) => new(
        $"The activity is larger than {maxBytes} bytes; {BotFrameworkSettings.Section}:{nameof(BotFrameworkSettings.MaxActivityBytes)} sets the limit.", StatusCodes.Status413PayloadTooLarge);
}
