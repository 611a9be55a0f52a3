using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.Bot;

/// <summary>Answers customers' questions, each for itself: the model was not trained to remember.</summary>
internal sealed partial class CustomerServiceBot(IChatClient chat, IOptions<BotOptions> options, TimeProvider time, ILogger<CustomerServiceBot> logger) : ActivityHandler
{
    private readonly BotOptions _options = options.Value;

    protected override async Task OnMembersAddedAsync(IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        if (membersAdded.All(member => member.Id == activity.Recipient.Id))
            return;

        var sentences = new Sentences(BotLanguage.Of(((Activity)activity).Locale));
        await turnContext.SendActivityAsync(Reply.Saying(sentences.Welcome(_options.Name)), cancellationToken);
    }

    protected override async Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = turnContext.Activity;
        var text = (activity.RemoveRecipientMention() ?? "").Trim();
        var sentences = new Sentences(BotLanguage.Of(activity.Locale, text));
        var reply = ReplyWithoutModel(text, activity, sentences) ?? await AnswerAsync(text, sentences, turnContext, cancellationToken);
        await turnContext.SendActivityAsync(Reply.Saying(reply), cancellationToken);
    }

    private string? ReplyWithoutModel(string text, IMessageActivity activity, Sentences sentences)
    {
        if (text.Length == 0)
            return activity.Attachments?.Count > 0 ? sentences.AttachmentsOnly : sentences.EmptyMessage;
        if (text.Length > _options.MaxMessageCharacters)
            return sentences.TooLong(text.Length, _options.MaxMessageCharacters);
        return HelpRequest.Is(text) ? sentences.Help(_options.Name) : null;
    }

    private async Task<string> AnswerAsync(string text, Sentences sentences, ITurnContext turn, CancellationToken cancellationToken)
    {
        LogQuestion(text);
        var started = time.GetTimestamp();
        var typing = new TypingIndicator(turn, _options.TypingInterval, time, logger);
        try
        {
            var response = await typing.DuringAsync(token => chat.GetResponseAsync([new ChatMessage(ChatRole.User, text)], options: null, token), cancellationToken);
            var answer = response.Text.Trim();
            var elapsed = time.GetElapsedTime(started);
            LogAnswered(turn.Activity.ChannelId, text.Length, answer.Length, elapsed);
            LogAnswer(answer);
            if (answer.Length > 0 && IsUnsure(response))
                return sentences.Unsure;
            return answer.Length == 0 ? sentences.NoAnswer : answer;
        }
        catch (OnnxChatPromptTooLongException e)
        {
            LogTooLong(e.PromptTokens, e.ContextLength);
            return sentences.TooLongForModel;
        }
        catch (HttpOperationException e) when (e is OnnxChatBusyException or OnnxChatTimeoutException)
        {
            LogBusy(e);
            return sentences.Busy;
        }
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
