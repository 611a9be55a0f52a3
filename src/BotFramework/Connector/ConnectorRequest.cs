namespace Microsoft.Bot.Connector;

/// <summary>A request to a connector service, before it is HTTP: it may be sent more than once.</summary>
internal sealed record ConnectorRequest(HttpMethod Method, Uri Url, object Body, Dictionary<string, List<string>> Headers);
