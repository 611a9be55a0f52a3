using System.Security.Cryptography;
using System.Text;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Review;

/// <summary>
/// By what the notes of one conversation are found when it is to be deleted: a keyed hash, from which nobody learns the
/// conversation's id. The key is a file beside the notes.
/// </summary>
internal static class ReviewMarks
{
    private const string KeyFile = "review.key";
    private const int KeyBytes = 32;
    private const int MarkBytes = 16;

    /// <returns>Null where there is no key, so that no note has a mark.</returns>
    public static async Task<string?> FindAsync(string folder, HandOffKey conversation, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, KeyFile);
        return File.Exists(file) ? Mark(await File.ReadAllBytesAsync(file, cancellationToken), conversation) : null;
    }

    public static async Task<string> MakeAsync(string folder, HandOffKey conversation, CancellationToken cancellationToken)
    {
        if (await FindAsync(folder, conversation, cancellationToken) is { } mark)
            return mark;

        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        await using var file = new FileStream(Path.Combine(folder, KeyFile), ReviewFiles.ForTheOwner(FileMode.CreateNew));
        await file.WriteAsync(key, cancellationToken);
        return Mark(key, conversation);
    }

    private static string Mark(byte[] key, HandOffKey conversation) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{conversation.ChannelId}\n{conversation.ConversationId}")).AsSpan(0, MarkBytes));
}
