namespace OnnxChat.BotHost.Mcp;

/// <summary>The Model Context Protocol at <c>/mcp</c>. Configuration section <c>OnnxChat:Mcp</c>.</summary>
internal sealed class McpOptions
{
    public const string Section = "OnnxChat:Mcp";

    /// <summary>Whether there is a <c>/mcp</c>.</summary>
    /// <value>Default: true; without <see cref="OpenAI.OpenAIOptions.ApiKeys"/> for programs on this machine only.</value>
    public bool Enabled { get; set; } = true;
}
