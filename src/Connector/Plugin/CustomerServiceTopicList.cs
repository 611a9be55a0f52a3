using System.ComponentModel;

namespace OnnxChat.Connector.Plugin;

/// <summary>What <c>list_topics</c> returns.</summary>
public sealed class CustomerServiceTopicList
{
    /// <summary>Where the topics come from.</summary>
    [Description("Where the list comes from. model_folder: the company named its topics. known_answers: the first words of answers that it has given. unknown: nothing is known, so ask the question itself.")]
    public TopicSource Source { get; init; }

    /// <summary>The topics, the most asked first where that is known.</summary>
    [Description("The topics.")]
    public IReadOnlyList<CustomerServiceTopic> Topics { get; init; } = [];

    /// <summary>Topics that are left out because the list is long.</summary>
    /// <value>0 or more.</value>
    [Description("How many more topics there are that the list leaves out.")]
    public int Omitted { get; init; }
}
