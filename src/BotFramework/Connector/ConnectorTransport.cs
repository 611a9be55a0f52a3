using System.Net.Http.Headers;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.Logging;
using Microsoft.Rest;
using Newtonsoft.Json;
using Polly;
using Polly.Timeout;

namespace Microsoft.Bot.Connector;

/// <summary>Sends requests to connector services, again where that may help, within the limits of the settings.</summary>
internal sealed class ConnectorTransport
{
    private readonly HttpClient _http;
    private readonly BotFrameworkSettings _settings;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    internal ConnectorTransport(HttpClient http, BotFrameworkSettings settings, ILogger logger)
    {
        _http = http;
        _settings = settings;
        _pipeline = ConnectorRetry.CreatePipeline(settings, logger);
    }

    /// <exception cref="ErrorResponseException">The service refused, or still failed after the last attempt.</exception>
    /// <exception cref="TimeoutException">The service did not answer within the settings' limit.</exception>
    internal async Task<HttpOperationResponse<T>> SendAsync<T>(ConnectorRequest request, ServiceClientCredentials credentials, CancellationToken cancellationToken)
        where T : class
    {
        var body = request.Body is null ? null : ActivityJson.ToUtf8(request.Body);
        try
        {
            using var response = await _pipeline.ExecuteAsync(
                async token => await SendOnceAsync(request, body, credentials, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            var content = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw Refused(request, response, content);

            return new HttpOperationResponse<T> { Request = response.RequestMessage, Response = response, Body = Read<T>(content) };
        }
        catch (TimeoutRejectedException exception)
        {
            throw new TimeoutException(
                $"{request.Url.Authority} did not answer {request.Method} within {exception.Timeout.TotalSeconds:0.#} s; {BotFrameworkSettings.Section}:OutboundTimeout ({_settings.OutboundTimeout}) and AttemptTimeout ({_settings.AttemptTimeout}) set the limits.",
                exception);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ConnectorRequest request, byte[] body, ServiceClientCredentials credentials, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Url);
        if (body is not null)
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

        foreach (var (name, values) in request.Headers ?? [])
            message.Headers.TryAddWithoutValidation(name, values);

        if (credentials is not null)
            await credentials.ProcessHttpRequestAsync(message, cancellationToken).ConfigureAwait(false);

        return await _http.SendAsync(message, cancellationToken).ConfigureAwait(false);
    }

    private static ErrorResponseException Refused(ConnectorRequest request, HttpResponseMessage response, string content)
    {
        var error = Read<ErrorResponse>(content);
        var reason = error?.Error is { } detail ? $": {detail.Code}: {detail.Message}" : ".";
        return new ErrorResponseException($"{request.Method} {request.Url.GetLeftPart(UriPartial.Path)} was answered {(int)response.StatusCode} {response.ReasonPhrase}{reason}")
        {
            Response = new HttpResponseMessageWrapper(response, content),
            Body = error,
        };
    }

    // Channels answer an empty body, and some answer text: neither says more than the status.
    private static T Read<T>(string content)
        where T : class
    {
        try
        {
            return content.AsSpan().TrimStart() is ['{' or '[', ..] ? JsonConvert.DeserializeObject<T>(content, ActivityJson.Settings) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
