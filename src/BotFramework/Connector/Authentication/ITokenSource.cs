namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Where access tokens come from.</summary>
internal interface ITokenSource
{
    /// <exception cref="HttpRequestException">The source refused or could not be reached.</exception>
    Task<AccessToken> FetchAsync(CancellationToken cancellationToken);
}
