using System.Security.Claims;
using Microsoft.Bot.Schema;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Checks the tokens that come to the bot: from the Bot Connector service, from the Emulator with the bot's own app id, or from a bot that calls it as a skill.</summary>
/// <remarks><see href="https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication"/>.</remarks>
internal sealed class BotTokenValidator(BotTokenRules rules, SigningKeys channelKeys, SigningKeys emulatorKeys, TimeProvider timeProvider)
{
    private const int MaxProvenTokens = 1_000;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ProvenTokens _proven = new(MaxProvenTokens);

    /// <exception cref="SecurityTokenException">The token is refused; the message says why.</exception>
    internal Task<ClaimsIdentity> ValidateAsync(string token, Activity activity, CancellationToken cancellationToken)
    {
        var unproven = _proven.TryFind(token, out var proof) ? proof.Token : Read(token);
        return rules.EmulatorIssuers.Contains(unproven.Issuer)
            ? ValidateAppAsync(unproven, cancellationToken)
            : ValidateChannelAsync(unproven, activity, cancellationToken);
    }

    private JsonWebToken Read(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token);
        }
        // An empty text, one without three parts, and parts that are no base64 or no JSON.
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new SecurityTokenException("The token is not a JSON Web Token.", exception);
        }
    }

    private async Task<ClaimsIdentity> ValidateChannelAsync(JsonWebToken token, Activity activity, CancellationToken cancellationToken)
    {
        var key = await FindKeyAsync(channelKeys, token, cancellationToken).ConfigureAwait(false);
        var identity = await ValidateAsync(token, key, [rules.ChannelIssuer]).ConfigureAwait(false);
        if (!ServiceUrl.AreSame(identity.FindFirst(AuthenticationConstants.ServiceUrlClaim)?.Value, activity.ServiceUrl))
            throw new SecurityTokenException("The token's serviceurl claim is not the activity's serviceUrl.");

        foreach (var endorsement in rules.RequiredEndorsements.Prepend(activity.ChannelId))
        {
            if (endorsement is null || !key.Endorsements.Contains(endorsement, StringComparer.Ordinal))
                throw new SecurityTokenException($"The token's key is not endorsed for '{endorsement}'.");
        }

        return identity;
    }

    private async Task<ClaimsIdentity> ValidateAppAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        var key = await FindKeyAsync(emulatorKeys, token, cancellationToken).ConfigureAwait(false);
        var identity = await ValidateAsync(token, key, rules.EmulatorIssuers).ConfigureAwait(false);
        var caller = CallerOf(identity);
        return string.Equals(caller, rules.AppId, StringComparison.OrdinalIgnoreCase) || rules.MayCall(caller)
            ? identity
            : throw new SecurityTokenException($"The token is of the app '{caller}', which is neither this bot nor in {BotTokenRules.AllowedCallersKey}.");
    }

    /// <summary>The app id that a token of the login service was given to.</summary>
    internal static string CallerOf(ClaimsIdentity identity)
    {
        var claim = identity.FindFirst(AuthenticationConstants.VersionClaim)?.Value switch
        {
            null or "" or "1.0" => AuthenticationConstants.AppIdClaim,
            "2.0" => AuthenticationConstants.AuthorizedParty,
            var version => throw new SecurityTokenException($"The token's version is '{version}'; 1.0 and 2.0 are known."),
        };
        return identity.FindFirst(claim)?.Value;
    }

    /// <summary>The bot that calls this one as a skill, or null where a channel or the Emulator does.</summary>
    internal string SkillCallerOf(ClaimsIdentity identity)
    {
        var issuer = identity.FindFirst(JwtRegisteredClaimNames.Iss)?.Value;
        return issuer is not null && rules.EmulatorIssuers.Contains(issuer) && CallerOf(identity) is { } caller && !caller.Equals(rules.AppId, StringComparison.OrdinalIgnoreCase)
            ? caller
            : null;
    }

    private static async Task<SigningKey> FindKeyAsync(SigningKeys keys, JsonWebToken token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(token.Kid))
            throw new SecurityTokenSignatureKeyNotFoundException("The token names no key.");

        return await keys.FindAsync(token.Kid, cancellationToken).ConfigureAwait(false)
            ?? throw new SecurityTokenSignatureKeyNotFoundException("The token names a key that its issuer does not have.");
    }

    private async ValueTask<ClaimsIdentity> ValidateAsync(JsonWebToken token, SigningKey key, IEnumerable<string> issuers)
    {
        // The same token with the same key has the same signature, issuer and audience. Only time has passed.
        if (_proven.TryFind(token.EncodedToken, out var proof) && ReferenceEquals(proof.Key, key) && IsCurrent(token.ValidFrom == DateTime.MinValue ? null : token.ValidFrom, token.ValidTo))
            return proof.Identity.Clone();

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuers = issuers,
            ValidAudience = rules.AppId,
            ValidAlgorithms = AuthenticationConstants.AllowedSigningAlgorithms,
            IssuerSigningKey = key.Key,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
        }).ConfigureAwait(false);
        if (!result.IsValid)
            throw new SecurityTokenException(result.Exception?.Message, result.Exception);

        _proven.Keep(token.EncodedToken, new ProvenTokens.Proof(token, key, result.ClaimsIdentity));
        return result.ClaimsIdentity.Clone();
    }

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return expires is { } end && now <= end + Skew && (notBefore is not { } start || now >= start - Skew);
    }
}
