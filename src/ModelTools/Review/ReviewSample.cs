using System.Security.Cryptography;
using System.Text;

namespace OnnxChat.ModelTools.Review;

/// <summary>A sample as <c>onnxchat-train prepare</c> reads it.</summary>
/// <param name="User">The question.</param>
/// <param name="Assistant">The answer.</param>
/// <param name="Group">One for all samples of the same question, so that they stand on one side of a split.</param>
internal sealed record ReviewSample(string User, string Assistant, string Group)
{
    public static ReviewSample Of(ReviewNote note)
    {
        var question = note.Question.Trim();
        return new ReviewSample(question, note.Answer!.Trim(), "review/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key(question))).AsSpan(0, 8)));
    }

    // Case, spaces and marks at the end make no other question.
    private static string Key(string question) =>
        string.Concat(question.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && !char.IsPunctuation(c))).ToUpperInvariant();
}
