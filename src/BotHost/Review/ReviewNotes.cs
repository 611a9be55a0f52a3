using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Bot.Feedback;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Review;

/// <summary>Notes what a company can learn from, where it has turned that on; otherwise every method does nothing.</summary>
internal sealed class ReviewNotes(ReviewFolder folder, UnratedReplies unrated)
{
    public bool AreTaken => folder.IsOn;

    /// <summary>Remembers a reply of the model until the customer rates it.</summary>
    public void Replied(Activity question, string? replyId, UnratedReply reply)
    {
        if (AreTaken)
            unrated.Add(HandOffKey.Of(question), reply, question.Id, replyId);
    }

    public Task RatedAsync(IActivity rating, CustomerFeedback feedback, CancellationToken cancellationToken) =>
        unrated.Find(HandOffKey.Of(rating), feedback.ReplyId) is { } reply
            ? folder.AppendAsync(HandOffKey.Of(rating), feedback.IsPositive ? ReviewKind.RatedGood : ReviewKind.RatedBad, reply.Language, reply.Question, reply.Answer, cancellationToken)
            : Task.CompletedTask;

    public Task UnansweredAsync(IActivity asked, string language, string question, CancellationToken cancellationToken) =>
        folder.AppendAsync(HandOffKey.Of(asked), ReviewKind.Unanswered, language, question, null, cancellationToken);

    public Task PersonRepliedAsync(HandOffKey conversation, string language, string question, string answer, CancellationToken cancellationToken) =>
        folder.AppendAsync(conversation, ReviewKind.Person, language, question, answer, cancellationToken);
}
