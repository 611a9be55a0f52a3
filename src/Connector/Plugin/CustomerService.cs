using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace OnnxChat.Connector.Plugin;

/// <summary>What agents ask: each question by itself, as the model was trained.</summary>
/// <param name="chat">Answers; topics are known of an <see cref="OnnxChatService"/>, whatever middleware is before it.</param>
/// <param name="options">Validated options.</param>
internal sealed class CustomerService(IChatClient chat, CustomerServiceOptions options)
{
    public const string AnswerName = "answer_customer_question";
    public const string AnswerDescription =
        "Answers one question of a customer about this company's products, orders and service, from the company's own answers. It remembers nothing: put all it has to know into the question. When hand_over is true a person has to answer.";

    public const string TopicsName = "list_topics";
    public const string TopicsDescription = "Lists what the customer service has answers about, to find out whether a question is for it.";

    [Description(AnswerDescription)]
    public async Task<CustomerServiceAnswer> AnswerAsync(
        [Description("The question in the customer's own words and language, not translated, without a greeting.")] string question,
        [Description("The customer's language as a code such as en or zh. Leave it out when it is not known.")] string? language = null,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(question))
            throw new ArgumentException("The question is empty; give what the customer asked.", nameof(question));
        var asked = AnswerLanguage.CodeOf(language);
        if (asked is not null && await LanguagesAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } languages && !languages.Contains(asked))
            return HandOver(HandOverReason.Language);

        ChatResponse response;
        try
        {
            response = await chat.GetResponseAsync([new ChatMessage(ChatRole.User, question)], options: null, cancellationToken).ConfigureAwait(false);
        }
        catch (OnnxChatPromptTooLongException)
        {
            return HandOver(HandOverReason.QuestionTooLong);
        }

        var text = response.Text.Trim();
        if (text.Length == 0)
            return HandOver(HandOverReason.NoAnswer);
        var confidence = response.AdditionalProperties?.TryGetValue(OnnxChatConfidence.MetadataKey, out var value) == true ? value as OnnxChatConfidence : null;
        if (confidence?.BelowThreshold == true)
            return HandOver(HandOverReason.Unsure, text, confidence.Score);
        return asked is not null && !AnswerLanguage.CanBe(text, asked)
            ? HandOver(HandOverReason.Language, text, confidence?.Score)
            : new CustomerServiceAnswer { Text = text, Confidence = confidence?.Score };
    }

    [Description(TopicsDescription)]
    public async Task<CustomerServiceTopicList> ListTopicsAsync(
        [Description("Only topics with answers in this language, as a code such as en or zh. Leave it out for all.")] string? language = null,
        CancellationToken cancellationToken = default)
    {
        if (chat.GetService<OnnxChatService>() is not { } service)
            return new CustomerServiceTopicList();
        var model = await service.GetModelAsync(cancellationToken).ConfigureAwait(false);
        var (source, all) = FolderTopics.Of(model.Folder);
        var asked = AnswerLanguage.CodeOf(language);
        var topics = all.Where(topic => asked is null || topic.Language is null || AnswerLanguage.CodeOf(topic.Language) == asked).ToList();
        return new CustomerServiceTopicList
        {
            Source = source,
            Topics = [.. topics.Take(options.MaxTopics)],
            Omitted = Math.Max(0, topics.Count - options.MaxTopics),
        };
    }

    /// <summary>The languages that the model's score was measured in.</summary>
    private async Task<IReadOnlySet<string>?> LanguagesAsync(CancellationToken cancellationToken)
    {
        if (chat.GetService<OnnxChatService>() is not { } service)
            return null;
        var model = await service.GetModelAsync(cancellationToken).ConfigureAwait(false);
        return model.Folder.Confidence?.Calibration.Entry.LanguageThresholds.Keys.ToHashSet(StringComparer.Ordinal);
    }

    private CustomerServiceAnswer HandOver(HandOverReason reason, string? text = null, double? score = null) => new()
    {
        Text = options.IncludeUnsureAnswers ? text : null,
        Confidence = score,
        HandOver = true,
        Reason = reason,
    };
}
