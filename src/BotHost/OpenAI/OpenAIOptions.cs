namespace OnnxChat.BotHost.OpenAI;

/// <summary>The OpenAI-compatible endpoint. Configuration section <c>OnnxChat:OpenAI</c>; checked at start.</summary>
internal sealed class OpenAIOptions
{
    public const string Section = "OnnxChat:OpenAI";

    /// <summary>Whether the endpoint is served.</summary>
    /// <value>Default: true; without keys, to this machine only.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Who may use it. With one key or more, nobody else may, at this machine neither.</summary>
    /// <value>Default: none.</value>
    public IList<ApiKeyOptions> ApiKeys { get; } = [];
}
