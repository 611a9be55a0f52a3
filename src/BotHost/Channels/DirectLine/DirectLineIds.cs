using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OnnxChat.BotHost.Channels.DirectLine;

/// <summary>Names of conversations and users: 128 random bits, so that nobody guesses another's.</summary>
internal static class DirectLineIds
{
    public const string UserPrefix = "dl_";
    public const int MaxUserIdLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public static string NewConversation() => Random();

    public static string NewUser() => UserPrefix + Random();

    /// <summary>Ids that the channel vouches for start with <c>dl_</c>; any other one is replaced.</summary>
    public static bool IsUser([NotNullWhen(true)] string? id) =>
        id is { Length: > 3 and <= MaxUserIdLength }
        && id.StartsWith(UserPrefix, StringComparison.Ordinal)
        && !id.AsSpan().ContainsAnyExcept(Allowed);

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
