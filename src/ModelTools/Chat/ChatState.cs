using OnnxChat.Connector.Chat;
using OnnxChat.Connector.Prompting;

namespace OnnxChat.ModelTools.Chat;

/// <summary>What a person can change during a chat.</summary>
internal sealed class ChatState
{
    /// <summary>How replies are chosen; what is null, the model folder decides.</summary>
    public required ReplySettings Reply { get; set; }

    /// <summary>The system text; null for the model's own.</summary>
    public string? System { get; set; }

    /// <summary>Whether each reply is followed by how sure the model was of it.</summary>
    public bool ShowsConfidence { get; set; }

    /// <summary>What was said; stays empty for a model that answers single questions.</summary>
    public List<Turn> Turns { get; } = [];
}
