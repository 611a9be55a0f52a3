using System.Security.Claims;
using Microsoft.Bot.Schema;

namespace Microsoft.Bot.Connector.Authentication;

/// <summary>Proves who sends activities to the bot, and who the bot is to channels.</summary>
public abstract class BotFrameworkAuthentication
{
    /// <summary>The limits of what this authenticates.</summary>
    internal virtual BotFrameworkSettings Settings => BotFrameworkSettings.Default;

    /// <exception cref="UnauthorizedAccessException">The request is not from whom it says it is from.</exception>
    public abstract Task<AuthenticateRequestResult> AuthenticateRequestAsync(Activity activity, string authHeader, CancellationToken cancellationToken);

    public abstract ConnectorFactory CreateConnectorFactory(ClaimsIdentity claimsIdentity);

    /// <summary>Whom the bot's own tokens are for.</summary>
    public virtual string GetOriginatingAudience() => AuthenticationConstants.ToChannelFromBotOAuthScope;
}
