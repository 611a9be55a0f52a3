using System.CommandLine;
using OnnxChat.Connector.Chat;

namespace OnnxChat.ModelTools.CommandLine;

/// <summary>The options of a command that say how replies are chosen.</summary>
internal sealed class ReplyOptions
{
    private readonly Option<bool> _greedy = new("--greedy") { Description = "Take the most likely token at every step." };
    private readonly Option<double?> _temperature = new("--temperature") { Description = "Divides the logits: 0 (greedy) to 100. Default: the model folder's." };
    private readonly Option<int?> _topK = new("--top-k") { Description = "Most likely tokens to choose from; 0 for all. Default: the model folder's." };
    private readonly Option<double?> _topP = new("--top-p") { Description = "Probability of the tokens to choose from, above 0 to 1. Default: the model folder's." };
    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "Most tokens to generate. Default: what the context leaves." };
    private readonly Option<long?> _seed = new("--seed") { Description = "Makes sampling repeatable." };

    /// <summary>Adds the options and their check to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_greedy, _temperature, _topK, _topP, _maxTokens, _seed];
        foreach (var option in options)
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_greedy) && (result.GetValue(_temperature) ?? 0) != 0)
                result.AddError("--greedy and --temperature contradict each other; give one of them.");
        });
    }

    /// <summary>The settings that a command line gives.</summary>
    public ReplySettings Read(ParseResult parsed) => new()
    {
        MaxTokens = parsed.GetValue(_maxTokens),
        Temperature = parsed.GetValue(_greedy) ? 0 : parsed.GetValue(_temperature),
        TopK = parsed.GetValue(_topK),
        TopP = parsed.GetValue(_topP),
        Seed = parsed.GetValue(_seed),
    };
}
