using System.Globalization;
using OnnxChat.Connector.Generation;
using OnnxChat.Connector.ModelFolders;

namespace OnnxChat.Connector.Chat;

/// <summary>A request's settings, whichever surface it came by; null where the model folder decides.</summary>
internal sealed record ReplySettings
{
    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public int? TopK { get; init; }

    public double? TopP { get; init; }

    public double? RepetitionPenalty { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Null for the service's.</summary>
    public OnnxChatPromptOverflow? PromptOverflow { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        Require("max tokens", MaxTokens, v => v >= 1, "1 or more");
        Require("temperature", Temperature, v => v is >= 0 and <= 100, "0 (greedy) to 100");
        Require("top-k", TopK, v => v >= 0, "0 (no limit) or more");
        Require("top-p", TopP, v => v is > 0 and <= 1, "above 0, at most 1");
        Require("repetition penalty", RepetitionPenalty, v => v is > 0 and <= 100, "above 0, at most 100");
        Require("prompt overflow", PromptOverflow, Enum.IsDefined, string.Join(" or ", Enum.GetNames<OnnxChatPromptOverflow>()));
        if (StopSequences.Any(string.IsNullOrEmpty))
            throw new ArgumentException("A stop sequence is empty; give at least one character, or leave it out.");
    }

    public SamplingSettings ToSampling(GenAIConfiguration defaults) => new()
    {
        Temperature = Temperature ?? defaults.Temperature,
        TopK = TopK ?? defaults.TopK,
        TopP = TopP ?? defaults.TopP,
        RepetitionPenalty = RepetitionPenalty ?? defaults.RepetitionPenalty,
        Seed = Seed,
    };

    private static void Require<T>(string name, T? value, Func<T, bool> valid, string range)
        where T : struct
    {
        if (value is { } given && !valid(given))
            throw new ArgumentOutOfRangeException(name, string.Create(CultureInfo.InvariantCulture, $"The {name} is {given}; it takes {range}."));
    }
}
