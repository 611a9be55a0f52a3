using Microsoft.Bot.Schema;
using OnnxChat.BotHost.Bot.Feedback;
using OnnxChat.BotHost.Bot.HandOff;

namespace OnnxChat.BotHost.Review;

/// <summary>Notes what a company can learn from, where it has turned that on; otherwise every method does nothing.</summary>
internal sealed class ReviewNotes(ReviewFolder folder, IUnratedReplies unrated)
{
    public bool AreTaken => folder.IsOn;

    /// <summary>Remembers a reply of the model until the customer rates it.</summary>
    public Task RepliedAsync(Activity question, string? replyId, UnratedReply reply) =>
        AreTaken ? unrated.AddAsync(HandOffKey.Of(question), reply, [question.Id, replyId]) : Task.CompletedTask;

    public async Task RatedAsync(IActivity rating, CustomerFeedback feedback, CancellationToken cancellationToken)
    {
        if (AreTaken && await unrated.FindAsync(HandOffKey.Of(rating), feedback.ReplyId) is { } reply)
            await folder.AppendAsync(HandOffKey.Of(rating), feedback.IsPositive ? ReviewKind.RatedGood : ReviewKind.RatedBad, reply.Language, reply.Question, reply.Answer, cancellationToken);
    }

    public Task UnansweredAsync(IActivity asked, string language, string question, CancellationToken cancellationToken) =>
        folder.AppendAsync(HandOffKey.Of(asked), ReviewKind.Unanswered, language, question, null, cancellationToken);

    public Task PersonRepliedAsync(HandOffKey conversation, string language, string question, string answer, CancellationToken cancellationToken) =>
        folder.AppendAsync(conversation, ReviewKind.Person, language, question, answer, cancellationToken);
}
