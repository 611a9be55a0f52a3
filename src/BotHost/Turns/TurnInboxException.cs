namespace OnnxChat.BotHost.Turns;

/// <summary>The inbox takes nothing now, or cannot be used as it is configured; the message says what mends it.</summary>
internal class TurnInboxException(string message, Exception? innerException = null) : Exception(message, innerException);
