namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Where a bot gets its tokens.</summary>
internal static class LoginEndpoint
{
    // The well-known addresses are of the Bot Framework's own tenant; a bot of one tenant logs in at its own.
    internal static Uri TokenUrl(string login, string tenantId)
    {
        var own = login switch
        {
            _ when string.IsNullOrEmpty(tenantId) => login,
            AuthenticationConstants.ToChannelFromBotLoginUrl => AuthenticationConstants.ToChannelFromBotLoginUrlTemplate.Replace("{0}", tenantId, StringComparison.Ordinal),
            CloudEndpoints.GovernmentLoginUrl => CloudEndpoints.GovernmentLoginUrlTemplate.Replace("{0}", tenantId, StringComparison.Ordinal),
            _ => login,
        };
        return BotHttp.Trusted($"{own?.TrimEnd('/')}/oauth2/v2.0/token", "ToChannelFromBotLoginUrl");
    }
}
