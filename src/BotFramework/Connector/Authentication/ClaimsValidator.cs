using System.Security.Claims;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Looks at the claims of a token that is otherwise good.</summary>
public abstract class ClaimsValidator
{
    /// <exception cref="UnauthorizedAccessException">The claims are refused.</exception>
    public abstract Task ValidateClaimsAsync(IList<Claim> claims);
}
