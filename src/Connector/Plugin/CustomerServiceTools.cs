using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OnnxChat.Connector.Plugin;

/// <summary>The customer service as functions that agents call, whatever model plans for them.</summary>
public static class CustomerServiceTools
{
    // An agent pays for white space too.
    private static readonly JsonSerializerOptions Json = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>
    /// Makes the functions <c>answer_customer_question</c>, which gives a <see cref="CustomerServiceAnswer"/>, and
    /// <c>list_topics</c>, which gives a <see cref="CustomerServiceTopicList"/>, both as JSON.
    /// </summary>
    /// <param name="chat">Answers: an <see cref="OnnxChatService"/>, or one with middleware before it. The caller disposes it.</param>
    /// <param name="options">How agents see it; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static IReadOnlyList<AIFunction> Create(IChatClient chat, CustomerServiceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chat);
        options ??= new CustomerServiceOptions();
        options.Validate();
        var service = new CustomerService(chat, options);
        return
        [
            AIFunctionFactory.Create(service.AnswerAsync, new AIFunctionFactoryOptions { Name = CustomerService.AnswerName, SerializerOptions = Json }),
            AIFunctionFactory.Create(service.ListTopicsAsync, new AIFunctionFactoryOptions { Name = CustomerService.TopicsName, SerializerOptions = Json }),
        ];
    }
}
