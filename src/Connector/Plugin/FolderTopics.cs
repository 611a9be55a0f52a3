using OnnxChat.Connector.Confidence;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Plugin;

/// <summary>What a model folder has answers about.</summary>
internal static class FolderTopics
{
    // An answer that was given less often is one customer's, and its words may be about that customer.
    private const int LeastQuestions = 5;

    /// <summary>The topics that <c>onnxchat.json</c> names; without any, how the answers of the folder's index begin.</summary>
    public static (TopicSource Source, IReadOnlyList<CustomerServiceTopic> Topics) Of(ModelFolder folder)
    {
        if (folder.Topics.Count > 0)
            return (TopicSource.ModelFolder, [.. folder.Topics.Select(t => new CustomerServiceTopic { Name = t.Name, Language = t.Language, Description = t.Description })]);
        var known = folder.Confidence?.Index is { } index ? KnownBeginnings(index) : [];
        return (known.Count > 0 ? TopicSource.KnownAnswers : TopicSource.Unknown, known);
    }

    private static List<CustomerServiceTopic> KnownBeginnings(QuestionIndex index)
    {
        var questions = new int[index.Answers.All.Count];
        foreach (var answer in index.Neighbours.Answers)
            questions[answer]++;
        return [.. index.Answers.All
            .Select((answer, i) => (answer.Class, answer.Start, Questions: questions[i]))
            .Where(a => !index.Answers.Declined[a.Class] && a.Start.Length > 0)
            .GroupBy(a => a.Class)
            .Select(g => (Usual: g.MaxBy(a => a.Questions), Sum: g.Sum(a => a.Questions)))
            .Where(c => c.Usual.Questions >= LeastQuestions)
            .OrderByDescending(c => c.Sum).ThenBy(c => c.Usual.Class)
            .Select(c => new CustomerServiceTopic { Name = c.Usual.Start, Language = ReplyCalibration.LanguageOf(c.Usual.Start) })];
    }
}
