namespace OnnxChat.Connector.ModelFolders;

/// <summary>The <c>template</c> of <c>onnxchat.json</c>: one of <c>prompt</c>, <c>roles</c> and <c>chat_template</c>.</summary>
internal sealed record TemplateEntry
{
    /// <summary>A single-turn prompt, with <c>{user}</c> once and <c>{system}</c> at most once.</summary>
    public string? Prompt { get; init; }

    /// <summary>What stands around each message.</summary>
    public RoleEntries? Roles { get; init; }

    /// <summary>What stands before the first message, with <see cref="Roles"/>.</summary>
    public string? Begin { get; init; }

    /// <summary>What opens the reply, with <see cref="Roles"/>.</summary>
    public string? Reply { get; init; }

    /// <summary>A Jinja template.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The system text of a request that brings none.</summary>
    public string? System { get; init; }

    /// <summary>Text that ends the reply and is no part of it.</summary>
    public IReadOnlyList<string>? Stop { get; init; }
}
