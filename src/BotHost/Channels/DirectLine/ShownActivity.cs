namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>An activity of a conversation.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Number">Its number in it, from 1.</param>
/// <param name="Json">The activity, UTF-8.</param>
internal sealed record ShownActivity(string ConversationId, long Number, byte[] Json);
