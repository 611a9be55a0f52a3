using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;
using Microsoft.Rest;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Calls with a token that is fetched once for all who wait for it, and again before it ends.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The gate lives as long as the process, and its wait handle is never asked for.")]
internal sealed partial class BearerCredentials(ITokenSource source, TimeProvider timeProvider, ILogger logger) : ServiceClientCredentials
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RetryMargin = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1);
    private Held _held;

    public override async Task ProcessHttpRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GetTokenAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<string> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held && timeProvider.GetUtcNow() < held.RenewAt)
            return held.Token;

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_held is { } renewed && timeProvider.GetUtcNow() < renewed.RenewAt)
                return renewed.Token;

            return await RenewAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> RenewAsync(CancellationToken cancellationToken)
    {
        var asked = timeProvider.GetUtcNow();
        try
        {
            var token = await source.FetchAsync(cancellationToken).ConfigureAwait(false);
            // A short-lived token is renewed at half its time.
            var early = Margin < token.Lifetime / 2 ? Margin : token.Lifetime / 2;
            _held = new Held(token.Value, asked + token.Lifetime - early, asked + token.Lifetime);
            return token.Value;
        }
        catch (HttpRequestException exception) when (_held is { } held && asked + RetryMargin < held.EndsAt)
        {
            // The token in hand is still good: the login service has until its end to come back.
            LogRenewalFailed(logger, held.EndsAt, exception);
            _held = held with { RenewAt = asked + RetryMargin };
            return held.Token;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The bot's token could not be renewed; the present one lasts until {EndsAt:O}.")]
    private static partial void LogRenewalFailed(ILogger logger, DateTimeOffset endsAt, Exception exception);

    private sealed record Held(string Token, DateTimeOffset RenewAt, DateTimeOffset EndsAt);
}
