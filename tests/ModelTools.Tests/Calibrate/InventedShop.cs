using OnnxChat.ModelTools.Evaluate.Conversations;

namespace OnnxChat.ModelTools.Tests.Calibrate;

/// <summary>Conversations of a shop that sells made-up things: each topic has words of its own, and some that all have.</summary>
internal static class InventedShop
{
    private static readonly string[] Openings = ["please tell me about the", "i want to know about my", "hello, what about the", "can you help with the"];

    /// <summary>Conversations of topics with several answers each.</summary>
    public static List<Conversation> WithTopics(int topics, int questions) =>
        [.. from topic in Enumerable.Range(0, topics)
            from question in Enumerable.Range(0, questions)
            select new Conversation(0, Question(topic, question), Answer(topic, question % 2), null)
            {
                Topic = $"en/topic{topic}",
                Group = $"{topic}/{question / 3}",
                Declined = topic == 0,
            }];

    /// <summary>Conversations of which no two have the same answer, as a company's own are.</summary>
    public static List<Conversation> WithoutTopics(int questions) =>
        [.. Enumerable.Range(0, questions).Select(i => new Conversation(0, Question(i, i), $"For the {Thing(i)} please open page {i} of our {Thing(i + 1)} catalogue.", null))];

    public static string Question(int topic, int question) =>
        $"{Openings[question % Openings.Length]} {Thing(topic)} {Thing((topic * 7) + 1)} {Thing(1000 + question)}";

    public static string Answer(int topic, int which) => $"Answer {which}: the {Thing(topic)} is described under {Thing(topic + 50)}.";

    // Syllables, so that things share n-grams without being equal.
    private static string Thing(int number)
    {
        string[] syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu", "fa"];
        var word = "";
        for (var left = number + syllables.Length; left > 0; left /= syllables.Length)
            word += syllables[left % syllables.Length];
        return word;
    }
}
