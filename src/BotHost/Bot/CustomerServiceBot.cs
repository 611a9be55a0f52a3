using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using OnnxChat.BotHost.Bot.Feedback;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Bot.Streaming;
using OnnxChat.BotHost.Review;
using OnnxChat.BotHost.Turns;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.Bot;

/// <summary>Answers customers' questions, each for itself: the model was not trained to remember.</summary>
internal sealed partial class CustomerServiceBot(
    IChatClient chat, HandOffService handOffs, Suggestions suggestions, FeedbackLog feedback, ReviewNotes review, IOptions<BotOptions> options, TimeProvider time, ILogger<CustomerServiceBot> logger) : ActivityHandler
{
    private readonly BotOptions _options = options.Value;

    protected override async Task OnMembersAddedAsync(IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = (Activity)turnContext.Activity;
        // In a group a welcome for each who joins would be a nuisance to the others.
        if (GroupChat.Is(activity.Conversation) || membersAdded.All(member => member.Id == activity.Recipient.Id))
            return;

        var sentences = new Sentences(BotLanguage.Of(activity.Locale));
        await SendAsync(Reply.Saying(sentences.Welcome(_options.Name)), turnContext, sentences, cancellationToken);
    }

    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        if (GroupChat.IsForOthers(activity))
            return;

        var text = (activity.RemoveRecipientMention() ?? "").Trim();
        var sentences = new Sentences(BotLanguage.Of(activity.Locale, text));
        if (PersonRequest.Is(text) && handOffs.RouteFor(turnContext) != HandOffRoute.None)
        {
            await turnContext.SendActivityAsync(Reply.Saying(await handOffs.RequestAsync(turnContext, sentences, cancellationToken)), cancellationToken);
            return;
        }

        var reply = ReplyWithoutModel(text, activity, sentences) is { } sentence ? Reply.Saying(sentence) : await AnswerAsync(text, sentences, turnContext, cancellationToken);
        if (reply is not null)
            await SendAsync(reply, turnContext, sentences, cancellationToken);
    }

    protected override async Task OnEventAsync(ITurnContext<IEventActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        if (activity.Name == FeedbackReader.WebChatEvent && FeedbackReader.ReadEvent(activity) is { } given)
            await NoteAsync(given, activity, cancellationToken);
        else if (activity.Name == HandOffService.StatusEvent)
            await handOffs.FollowAsync(activity, cancellationToken);
    }

    protected override async Task<InvokeResponse> OnInvokeActivityAsync(ITurnContext<IInvokeActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        if (activity.Name != FeedbackReader.TeamsInvoke || FeedbackReader.ReadInvoke(activity) is not { } given)
            return await base.OnInvokeActivityAsync(turnContext, cancellationToken);

        await NoteAsync(given, activity, cancellationToken);
        return CreateInvokeResponse();
    }

    private Task NoteAsync(CustomerFeedback given, IActivity activity, CancellationToken cancellationToken)
    {
        feedback.Note(given, activity.ChannelId);
        return review.RatedAsync(activity, given, cancellationToken);
    }

    private async Task SendAsync(Activity reply, ITurnContext turn, Sentences sentences, CancellationToken cancellationToken)
    {
        reply.SuggestedActions = suggestions.After(turn.Activity, sentences, handOffs.RouteFor(turn));
        var sent = await turn.SendActivityAsync(reply, cancellationToken);
        if (AnswerLabel.IsOn(reply))
            await review.RepliedAsync(turn.Activity, sent?.Id, new UnratedReply(sentences.Language, turn.Activity.Text.Trim(), reply.Text));
    }

    private string? ReplyWithoutModel(string text, IMessageActivity activity, Sentences sentences)
    {
        if (text.Length == 0)
            return Uploads.AreIn(activity) ? sentences.AttachmentsOnly : sentences.EmptyMessage;
        if (text.Length > _options.MaxMessageCharacters)
            return sentences.TooLong(text.Length, _options.MaxMessageCharacters);
        return HelpRequest.Is(text) ? sentences.Help(_options.Name) : null;
    }

    /// <returns>Null when the customer stopped the answer, and wants none.</returns>
    private async Task<Activity?> AnswerAsync(string text, Sentences sentences, ITurnContext turn, CancellationToken cancellationToken)
    {
        LogQuestion(text);
        var started = time.GetTimestamp();
        try
        {
            if (await AskAsync(text, sentences, turn, cancellationToken) is not { } response)
                return null;

            var answer = response.Text.Trim();
            var elapsed = time.GetElapsedTime(started);
            LogAnswered(turn.Activity.ChannelId, text.Length, answer.Length, elapsed);
            LogAnswer(answer);
            if (answer.Length == 0)
            {
                await review.UnansweredAsync(turn.Activity, sentences.Language, text, cancellationToken);
                return Reply.Saying(sentences.NoAnswer);
            }

            if (IsUnsure(response))
            {
                await review.UnansweredAsync(turn.Activity, sentences.Language, text, cancellationToken);
                return Reply.Saying(sentences.Unsure);
            }

            var said = Uploads.AreIn(turn.Activity) ? $"{answer}\n\n{sentences.AttachmentsIgnored}" : answer;
            return Reply.Answering(turn.Activity, said, _options.AskForFeedback);
        }
        catch (OnnxChatPromptTooLongException e)
        {
            LogTooLong(e.PromptTokens, e.ContextLength);
            return Reply.Saying(sentences.TooLongForModel);
        }
        catch (HttpOperationException e) when (e is OnnxChatBusyException or OnnxChatTimeoutException && TurnRun.Current is null or { IsLast: true })
        {
            // The inbox brings the question again as long as there is time.
            LogBusy(e);
            return Reply.Saying(sentences.Busy);
        }
    }

    private async Task<ChatResponse?> AskAsync(string text, Sentences sentences, ITurnContext turn, CancellationToken cancellationToken)
    {
        ChatMessage[] messages = [new(ChatRole.User, text)];
        var typing = new TypingIndicator(turn, _options.TypingInterval, time, logger);
        // A reply that may be kept back is not shown before its score is known.
        if (!_options.StreamReplies || chat.GetService<OnnxChatService>()?.IsCalibrated == true || StreamProfile.Of(turn.Activity) is not { } profile)
            return await typing.DuringAsync(token => chat.GetResponseAsync(messages, options: null, token), () => false, cancellationToken);

        using var stream = new ReplyStream(turn, profile, time, logger);
        Task<ChatResponse?> ShowAsync(CancellationToken token) => stream.ShowAsync(ended => chat.GetStreamingResponseAsync(messages, options: null, ended), sentences.Looking, token);
        return profile.InformsAfter is null
            ? await typing.DuringAsync(ShowAsync, () => stream.HasBegun, cancellationToken)
            : await ShowAsync(cancellationToken);
    }

    /// <summary>Whether the model folder says that replies of this score are wrong too often.</summary>
    private bool IsUnsure(ChatResponse response)
    {
        if (response.AdditionalProperties?.TryGetValue(OnnxChatConfidence.MetadataKey, out var value) != true || value is not OnnxChatConfidence { BelowThreshold: true } confidence)
            return false;
        LogUnsure(confidence.Score, confidence.Threshold);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Trace, Message = "Question: {Text}")]
    private partial void LogQuestion(string text);

    [LoggerMessage(Level = LogLevel.Trace, Message = "Answer: {Text}")]
    private partial void LogAnswer(string text);

    [LoggerMessage(Level = LogLevel.Information, Message = "Answered on channel {ChannelId}: {QuestionCharacters} characters asked, {AnswerCharacters} answered, in {Elapsed}.")]
    private partial void LogAnswered(string? channelId, int questionCharacters, int answerCharacters, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Information, Message = "A question made a prompt of {PromptTokens} tokens; the context holds {ContextLength}.")]
    private partial void LogTooLong(int promptTokens, int contextLength);

    [LoggerMessage(Level = LogLevel.Information, Message = "The answer was kept back: its score is {Score}, the threshold {Threshold}.")]
    private partial void LogUnsure(double? score, double? threshold);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A customer was asked to try again.")]
    private partial void LogBusy(Exception exception);
}
