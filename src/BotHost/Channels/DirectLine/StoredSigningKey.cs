namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>The key for tokens where none is configured. It is as old as the store of conversations: what it signs is good after a restart, and at every host that has the store.</summary>
/// <param name="Key">32 bytes.</param>
internal sealed record StoredSigningKey(byte[] Key);
