using Microsoft.Bot.Connector;
using Microsoft.Bot.Schema.Teams;
using Newtonsoft.Json.Linq;

namespace Microsoft.Bot.Builder.Teams;

/// <summary>Asks Teams who takes part in a turn's conversation or team.</summary>
public static class TeamsInfo
{
    /// <summary>A member of the turn's team, or of its chat where it is in none.</summary>
    public static Task<TeamsChannelAccount> GetMemberAsync(ITurnContext turnContext, string userId, CancellationToken cancellationToken = default) =>
        turnContext.Activity.TeamsGetTeamInfo()?.Id is { } team
            ? GetTeamMemberAsync(turnContext, userId, team, cancellationToken)
            : FindAsync(turnContext, userId, turnContext.Activity.Conversation?.Id, cancellationToken);

    public static Task<TeamsChannelAccount> GetTeamMemberAsync(ITurnContext turnContext, string userId, string teamId = null, CancellationToken cancellationToken = default) =>
        FindAsync(turnContext, userId, TeamOf(turnContext, teamId), cancellationToken);

    /// <summary>A page of the members of the turn's team, or of its chat where it is in none.</summary>
    public static Task<TeamsPagedMembersResult> GetPagedMembersAsync(ITurnContext turnContext, int? pageSize = null, string continuationToken = null, CancellationToken cancellationToken = default) =>
        turnContext.Activity.TeamsGetTeamInfo()?.Id is { } team
            ? GetPagedTeamMembersAsync(turnContext, team, continuationToken, pageSize, cancellationToken)
            : ListAsync(turnContext, turnContext.Activity.Conversation?.Id, continuationToken, pageSize, cancellationToken);

    public static Task<TeamsPagedMembersResult> GetPagedTeamMembersAsync(ITurnContext turnContext, string teamId = null, string continuationToken = null, int? pageSize = null, CancellationToken cancellationToken = default) =>
        ListAsync(turnContext, TeamOf(turnContext, teamId), continuationToken, pageSize, cancellationToken);

    private static async Task<TeamsChannelAccount> FindAsync(ITurnContext turnContext, string userId, string conversationId, CancellationToken cancellationToken)
    {
        var member = await Conversations(turnContext).GetMemberAsync(userId, conversationId, cancellationToken).ConfigureAwait(false);
        return JObject.FromObject(member).ToObject<TeamsChannelAccount>();
    }

    private static async Task<TeamsPagedMembersResult> ListAsync(ITurnContext turnContext, string conversationId, string continuationToken, int? pageSize, CancellationToken cancellationToken)
    {
        var page = await Conversations(turnContext).GetConversationPagedMembersAsync(conversationId, pageSize, continuationToken, cancellationToken).ConfigureAwait(false);
        return new TeamsPagedMembersResult(page?.ContinuationToken, page?.Members);
    }

    private static string TeamOf(ITurnContext turnContext, string teamId) =>
        teamId ?? turnContext.Activity.TeamsGetTeamInfo()?.Id ?? throw new InvalidOperationException("The turn's activity is of no team in Teams.");

    private static IConversations Conversations(ITurnContext turnContext) =>
        turnContext.TurnState.Get<IConnectorClient>()?.Conversations
        ?? throw new InvalidOperationException("The turn has no connector client, so Teams cannot be asked.");
}
