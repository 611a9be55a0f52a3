using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Calibrate.Indexing;

/// <summary>The topics of the known questions, for agents that ask a model folder what it has answers about.</summary>
internal static class KnownTopics
{
    /// <summary>The topics that are not declined, the most asked first, each with the first words of its usual answer.</summary>
    public static IReadOnlyList<TopicEntry> Of(IReadOnlyList<Conversation> conversations) =>
    [
        .. conversations.Where(c => c.Topic is not null)
            .GroupBy(c => c.Topic!, StringComparer.Ordinal)
            .Where(topic => !topic.Any(c => c.Declined))
            .OrderByDescending(topic => topic.Count()).ThenBy(topic => topic.Key, StringComparer.Ordinal)
            .Select(Entry),
    ];

    private static TopicEntry Entry(IGrouping<string, Conversation> topic)
    {
        // Of equals the first, so that the same input gives the same file.
        var usual = topic.GroupBy(c => AnswerText.Normalize(c.Assistant)).MaxBy(answer => answer.Count())!.First().Assistant;
        return new TopicEntry { Name = topic.Key, Language = ReplyCalibration.LanguageOf(usual), Description = AnswerText.Start(usual) };
    }
}
