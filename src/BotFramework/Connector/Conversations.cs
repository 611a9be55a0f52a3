using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Bot.Schema;
using Microsoft.Rest;

namespace Microsoft.Bot.Connector;

/// <summary>The paths of the connector service (Bot Connector REST API 3.0).</summary>
internal sealed class Conversations(IConnectorClient client, ConnectorTransport transport) : IConversations
{
    public Task<HttpOperationResponse<ConversationResourceResponse>> CreateConversationWithHttpMessagesAsync(ConversationParameters parameters, Dictionary<string, List<string>> customHeaders = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return SendAsync<ConversationResourceResponse>(HttpMethod.Post, "v3/conversations", parameters, customHeaders, cancellationToken);
    }

    public Task<HttpOperationResponse<ResourceResponse>> SendToConversationWithHttpMessagesAsync(string conversationId, Activity activity, Dictionary<string, List<string>> customHeaders = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return SendAsync<ResourceResponse>(HttpMethod.Post, Activities(conversationId), activity, customHeaders, cancellationToken);
    }

    public Task<HttpOperationResponse<ResourceResponse>> ReplyToActivityWithHttpMessagesAsync(string conversationId, string activityId, Activity activity, Dictionary<string, List<string>> customHeaders = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return SendAsync<ResourceResponse>(HttpMethod.Post, OneActivity(conversationId, activityId), activity, customHeaders, cancellationToken);
    }

    public Task<HttpOperationResponse<ResourceResponse>> UpdateActivityWithHttpMessagesAsync(string conversationId, string activityId, Activity activity, Dictionary<string, List<string>> customHeaders = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return SendAsync<ResourceResponse>(HttpMethod.Put, OneActivity(conversationId, activityId), activity, customHeaders, cancellationToken);
    }

    public async Task<HttpOperationResponse> DeleteActivityWithHttpMessagesAsync(string conversationId, string activityId, Dictionary<string, List<string>> customHeaders = null, CancellationToken cancellationToken = default) =>
        await SendAsync<ResourceResponse>(HttpMethod.Delete, OneActivity(conversationId, activityId), null, customHeaders, cancellationToken).ConfigureAwait(false);

    public Task<HttpOperationResponse<IList<ChannelAccount>>> GetConversationMembersWithHttpMessagesAsync(string conversationId, Dictionary<string, List<string>> customHeaders = null, CancellationToken cancellationToken = default) =>
        SendAsync<IList<ChannelAccount>>(HttpMethod.Get, Members(conversationId), null, customHeaders, cancellationToken);

    public Task<HttpOperationResponse<PagedMembersResult>> GetConversationPagedMembersWithHttpMessagesAsync(string conversationId, int? pageSize = null, string continuationToken = null, Dictionary<string, List<string>> customHeaders = null, CancellationToken cancellationToken = default)
    {
        var query = new QueryBuilder();
        if (pageSize is { } size)
            query.Add("pageSize", size.ToString(CultureInfo.InvariantCulture));
        if (continuationToken is not null)
            query.Add("continuationToken", continuationToken);

        return SendAsync<PagedMembersResult>(HttpMethod.Get, $"v3/conversations/{Segment(conversationId)}/pagedmembers{query}", null, customHeaders, cancellationToken);
    }

    internal async Task<ChannelAccount> GetMemberAsync(string userId, string conversationId, CancellationToken cancellationToken) =>
        (await SendAsync<ChannelAccount>(HttpMethod.Get, $"{Members(conversationId)}/{Segment(userId)}", null, null, cancellationToken).ConfigureAwait(false)).Body;

    private Task<HttpOperationResponse<T>> SendAsync<T>(HttpMethod method, string path, object body, Dictionary<string, List<string>> headers, CancellationToken cancellationToken)
        where T : class
    {
        // A service URL may have a path of its own, with or without a slash at its end.
        var url = new Uri($"{client.BaseUri.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{path}");
        return transport.SendAsync<T>(new ConnectorRequest(method, url, body, headers), client.Credentials, cancellationToken);
    }

    private static string Activities(string conversationId) => $"v3/conversations/{Segment(conversationId)}/activities";

    private static string Members(string conversationId) => $"v3/conversations/{Segment(conversationId)}/members";

    private static string OneActivity(string conversationId, string activityId) => $"{Activities(conversationId)}/{Segment(activityId)}";

    // "." and ".." stay as they are under escaping and would leave the path that they stand in.
    private static string Segment(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return id is "." or ".."
            ? throw new ArgumentException($"'{id}' cannot be the id of a conversation or an activity.", nameof(id))
            : Uri.EscapeDataString(id);
    }
}
