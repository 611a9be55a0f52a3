namespace OnnxChat.BotHost.Security;

/// <summary>The host would be open to others, and nothing says that it may.</summary>
/// <param name="message">The address, and the ways out.</param>
internal sealed class RemoteAccessException(string message) : Exception(message);
