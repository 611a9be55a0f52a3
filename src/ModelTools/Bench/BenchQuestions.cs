namespace OnnxChat.ModelTools.Bench;

/// <summary>What customers ask, so that prompts have the length and the template they have in use.</summary>
internal static class BenchQuestions
{
    private static readonly string[] All =
    [
        "Where is my order?",
        "How can I return an item that does not fit?",
        "Do you deliver on Saturdays?",
        "The parcel arrived damaged. What should I do now?",
        "Can I change the delivery address of an order that I placed this morning?",
        "怎么退货？",
        "Which payment methods do you take?",
        "I forgot my password and the e-mail does not arrive.",
    ];

    public static string Of(int request) => All[request % All.Length];
}
