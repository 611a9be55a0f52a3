namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Which tokens the bot takes.</summary>
internal sealed record BotTokenRules(string AppId, string ChannelIssuer, IReadOnlySet<string> EmulatorIssuers, IReadOnlyList<string> RequiredEndorsements)
{
    /// <summary>The configuration's list of the bots that may call this one as a skill: app ids, or <c>*</c> for any.</summary>
    internal const string AllowedCallersKey = "AllowedCallers";

    private const string AnyCaller = "*";

    private IReadOnlyList<string> AllowedCallers { get; init; } = [];

    // Code that brings a validator of claims decides about callers there, as with the official SDK.
    private bool ValidatorDecides { get; init; }

    // The tenants of the Bot Framework itself, which the Emulator logs in at for a bot of many tenants.
    private static readonly string[] PublicTenants = ["d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a"];
    private static readonly string[] GovernmentTenants = ["cab8a31a-1906-4287-a0d8-4eef66b95f6e"];

    internal static BotTokenRules From(string appId, string tenantId, CloudEndpoints cloud, AuthenticationConfiguration authentication, IReadOnlyList<string> allowedCallers)
    {
        string[] tenants = !string.IsNullOrEmpty(tenantId) ? [tenantId] : cloud.IsGovernment ? GovernmentTenants : PublicTenants;
        var issuers = tenants.SelectMany(tenant => Issuers(tenant, cloud.IsGovernment)).Concat(authentication.ValidTokenIssuers ?? []);
        return new BotTokenRules(appId, cloud.ChannelIssuer, issuers.ToHashSet(StringComparer.Ordinal), authentication.RequiredEndorsements ?? [])
        {
            AllowedCallers = allowedCallers,
            ValidatorDecides = authentication.ClaimsValidator is not null,
        };
    }

    /// <summary>Whether a bot of that app id may call this one.</summary>
    internal bool MayCall(string callerAppId) =>
        !string.IsNullOrEmpty(callerAppId) && (ValidatorDecides || AllowedCallers.Any(allowed => allowed == AnyCaller || allowed.Equals(callerAppId, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Issuers(string tenant, bool isGovernment)
    {
        // Version 1 tokens of the government's cloud come from the public issuer too.
        yield return AuthenticationConstants.ValidTokenIssuerUrlTemplateV1.Replace("{0}", tenant, StringComparison.Ordinal);
        if (isGovernment)
        {
            yield return AuthenticationConstants.ValidGovernmentTokenIssuerUrlTemplateV1.Replace("{0}", tenant, StringComparison.Ordinal);
            yield return AuthenticationConstants.ValidGovernmentTokenIssuerUrlTemplateV2.Replace("{0}", tenant, StringComparison.Ordinal);
        }
        else
        {
            yield return AuthenticationConstants.ValidTokenIssuerUrlTemplateV2.Replace("{0}", tenant, StringComparison.Ordinal);
        }
    }
}
