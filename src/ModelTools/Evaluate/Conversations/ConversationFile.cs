using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Evaluate.Conversations;

/// <summary>Reads conversations, one JSON object a line.</summary>
internal static class ConversationFile
{
    private const string Standard = "-";

    /// <summary>Reads a file; blank lines are passed over.</summary>
    /// <param name="path">The file; <c>-</c> for <paramref name="standardInput"/>.</param>
    /// <param name="standardInput">Read where the path is <c>-</c>.</param>
    /// <param name="limit">Most conversations to read; null for all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UserException">There is no such file.</exception>
    public static async Task<ConversationSet> ReadAsync(string path, TextReader standardInput, int? limit, CancellationToken cancellationToken)
    {
        if (path != Standard && !File.Exists(path))
            throw new UserException($"--input {path}: there is no such file; give a file of JSON lines with \"user\" and \"assistant\", or - for standard input.");

        using var file = path == Standard ? null : new StreamReader(path);
        var input = file ?? standardInput;
        var conversations = new List<Conversation>();
        var bad = new List<BadLine>();
        for (var number = 1; conversations.Count < (limit ?? int.MaxValue) && await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (ConversationLine.TryParse(line, number, out var conversation, out var reason))
                conversations.Add(conversation);
            else
                bad.Add(new BadLine(number, reason));
        }

        return new ConversationSet(conversations, bad);
    }
}
