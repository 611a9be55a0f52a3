using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Forget;

/// <summary>Asks a running bot host to delete a conversation.</summary>
internal sealed class HostClient : IDisposable
{
    /// <summary>The setting <c>OnnxChat:Desk:AccessKey</c>, as the host itself reads it.</summary>
    public const string KeyVariable = "OnnxChat__Desk__AccessKey";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly Uri _host;
    private readonly HttpClient _http;

    /// <exception cref="UserException">The address is none, or the key would go over the network for all to read.</exception>
    public HostClient(string address, string? key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var host) || (host.Scheme != Uri.UriSchemeHttp && host.Scheme != Uri.UriSchemeHttps))
            throw new UserException($"--host is '{address}'; give an address such as http://localhost:3978 or https://bot.example.com.");
        if (key is not null && host.Scheme != Uri.UriSchemeHttps && !host.IsLoopback)
            throw new UserException($"The key would go to {host} unencrypted. Give the host's https address, or run this on the host's own machine.");

        _host = host;
        // A redirect would take the key along.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host, Timeout = Timeout };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("onnxchat:" + key)));
    }

    /// <returns>How many records were deleted.</returns>
    /// <exception cref="UserException">The host is not there, refuses, or could not delete all.</exception>
    public async Task<int> ForgetAsync(string channel, string conversation, CancellationToken cancellationToken)
    {
        var path = $"api/privacy/conversations?channelId={Uri.EscapeDataString(channel)}&conversationId={Uri.EscapeDataString(conversation)}";
        try
        {
            using var response = await _http.DeleteAsync(path, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(body).RootElement.GetProperty("deleted").GetInt32()
                : throw new UserException(Refusal(response.StatusCode, body));
        }
        catch (HttpRequestException e)
        {
            throw new UserException($"No bot host answers at {_host}: {e.Message} It must run: it alone has its data folder open. Give its address with --host.", e);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserException($"What answers at {_host} is no bot host of this version. Give its address with --host.", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private string Refusal(HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.Unauthorized => $"{_host} needs its setting OnnxChat:Desk:AccessKey. Give it with --key-file, or in the environment variable {KeyVariable}.",
        HttpStatusCode.Forbidden => $"{_host} has no OnnxChat:Desk:AccessKey, so it takes this from its own machine only, at http://localhost. Run it there, or set the key.",
        HttpStatusCode.InternalServerError when body.Contains("records were deleted", StringComparison.Ordinal) => $"{_host} could not delete all of it; its log says what is left and why. Mend that and run this again.",
        _ => $"{_host} answered {(int)status}, which no bot host of this version does. Give its address with --host.",
    };
}
