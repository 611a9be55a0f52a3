namespace OnnxChat.Connector.Plugin;

/// <summary>How agents see the customer service.</summary>
public sealed class CustomerServiceOptions
{
    /// <summary>Name of the plugin in Semantic Kernel.</summary>
    /// <value>Letters, digits and underscores. Default: <c>CustomerService</c>.</value>
    public string PluginName { get; set; } = "CustomerService";

    /// <summary>
    /// Whether answers that should be handed over are returned all the same, for agents that draft answers for people.
    /// An agent that speaks to customers may pass them on.
    /// </summary>
    /// <value>Default: false, <see cref="CustomerServiceAnswer.Text"/> is null then.</value>
    public bool IncludeUnsureAnswers { get; set; }

    /// <summary>Most topics that <c>list_topics</c> returns: an agent pays for each in tokens.</summary>
    /// <value>1 to 10,000. Default: 100.</value>
    public int MaxTopics { get; set; } = 100;

    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    internal void Validate()
    {
        if (MaxTopics is < 1 or > 10_000)
            throw new ArgumentOutOfRangeException(nameof(MaxTopics), MaxTopics, "MaxTopics takes 1 to 10,000.");
        if (string.IsNullOrEmpty(PluginName) || !PluginName.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new ArgumentException($"PluginName is '{PluginName}'; it takes letters, digits and underscores.", nameof(PluginName));
    }
}
