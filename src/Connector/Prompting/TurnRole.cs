namespace OnnxChat.Connector.Prompting;

/// <summary>Who said a turn of a conversation.</summary>
internal enum TurnRole
{
    User,
    Assistant,
}
