namespace Microsoft.Bot.Connector.Authentication;

/// <summary>What is asked of tokens beyond what every channel's tokens have.</summary>
public class AuthenticationConfiguration
{
    /// <summary>Endorsements that the signing key must have beside the channel's own.</summary>
    public string[] RequiredEndorsements { get; set; } = [];

    /// <summary>Has the last word on a token's claims.</summary>
    public virtual ClaimsValidator ClaimsValidator { get; set; }

    /// <summary>Issuers of tokens that are accepted beside the app's own tenant.</summary>
    public IEnumerable<string> ValidTokenIssuers { get; set; }
}
