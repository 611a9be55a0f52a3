namespace OnnxChat.BotHost.Security;

/// <summary>Settings that are read from files, a file each. Configuration section <c>OnnxChat:Secrets</c>; checked at start.</summary>
internal sealed class SecretsOptions
{
    public const string Section = "OnnxChat:Secrets";

    /// <summary>
    /// The folder, as Docker and Kubernetes mount secrets: a file's name is the setting's (<c>OnnxChat__Desk__AccessKey</c>),
    /// its content the value. A setting that is there is taken from there, whatever else says otherwise.
    /// </summary>
    /// <value>A path. Default: none.</value>
    public string? Folder { get; set; }
}
