using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>The signing keys that an OpenID metadata document leads to.</summary>
/// <remarks>They are fetched when they are first needed, once a day, and when a token names a key that is not among them; that
/// last, which anyone can bring about, at most once in <see cref="BotFrameworkSettings.KeyRefreshInterval"/>.</remarks>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The gate lives as long as the process, and its wait handle is never asked for.")]
internal sealed partial class SigningKeys(HttpClient http, Uri metadata, BotFrameworkSettings settings, ILogger logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1);
    private Snapshot _snapshot;
    private DateTimeOffset _pausedUntil;

    /// <summary>The key of this id, or null where the issuer has none.</summary>
    /// <exception cref="SecurityTokenSignatureKeyNotFoundException">There are no keys: the metadata cannot be had now.</exception>
    internal async Task<SigningKey> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var snapshot = _snapshot;
        if (!IsWorthFetching(snapshot, keyId))
            return snapshot.Keys.GetValueOrDefault(keyId);

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsWorthFetching(_snapshot, keyId) && settings.TimeProvider.GetUtcNow() >= _pausedUntil)
                await FetchAsync(cancellationToken).ConfigureAwait(false);

            return _snapshot is { } current
                ? current.Keys.GetValueOrDefault(keyId)
                : throw new SecurityTokenSignatureKeyNotFoundException($"The signing keys of {metadata} cannot be had.");
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool IsWorthFetching(Snapshot snapshot, string keyId)
    {
        if (snapshot is null)
            return true;

        var age = settings.TimeProvider.GetUtcNow() - snapshot.FetchedAt;
        return age >= Lifetime || (age >= settings.KeyRefreshInterval && !snapshot.Keys.ContainsKey(keyId));
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var now = settings.TimeProvider.GetUtcNow();
        using var timeout = new CancellationTokenSource(settings.AttemptTimeout, settings.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var configuration = OpenIdConnectConfiguration.Create(await http.GetStringAsync(metadata, either.Token).ConfigureAwait(false));
            var keysUrl = BotHttp.Trusted(configuration.JwksUri, $"jwks_uri of {metadata}");
            var keys = JsonWebKeySet.Create(await http.GetStringAsync(keysUrl, either.Token).ConfigureAwait(false));
            _snapshot = new Snapshot(Index(keys), now);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with the document, the keys in hand are the best there are.
            _pausedUntil = now + PauseAfterFailure;
            LogFetchFailed(logger, metadata, exception);
        }
    }

    private static Dictionary<string, SigningKey> Index(JsonWebKeySet set)
    {
        var keys = new Dictionary<string, SigningKey>(StringComparer.Ordinal);
        foreach (var key in set.Keys)
        {
            // "sig" is what an absent use means here: Azure's oldest documents leave it out.
            if (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeyId is { Length: > 0 } id && key.Use is null or "" or "sig")
                keys[id] = new SigningKey(key, Endorsements(key));
        }

        return keys;
    }

    private static string[] Endorsements(JsonWebKey key) =>
        key.AdditionalData.TryGetValue("endorsements", out var value)
            ? value switch
            {
                JsonElement { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())],
                System.Collections.IEnumerable items and not string => [.. items.OfType<object>().Select(item => item.ToString())],
                _ => [],
            }
            : [];

    [LoggerMessage(1, LogLevel.Error, "The signing keys of {Metadata} could not be fetched.")]
    private static partial void LogFetchFailed(ILogger logger, Uri metadata, Exception exception);

    private sealed record Snapshot(IReadOnlyDictionary<string, SigningKey> Keys, DateTimeOffset FetchedAt);
}
