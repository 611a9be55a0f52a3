namespace OnnxChat.BotHost.OpenAI;

/// <summary>A key that an application calls with. The configuration has its hash only: who reads it cannot call.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>What logs call it.</summary>
    /// <value>1 to 64 characters, no two the same.</value>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key: <c>printf %s "$KEY" | sha256sum</c>.</summary>
    /// <value>64 hexadecimal digits.</value>
    public string Sha256 { get; set; } = "";

    /// <summary>Requests that it may make in a minute; more are refused with 429.</summary>
    /// <value>1 to 1,000,000. Default: 60.</value>
    public int RequestsPerMinute { get; set; } = 60;
}
