using OnnxChat.Fuzzing.Targets.Checkpoints;
using OnnxChat.Fuzzing.Targets.Models;
using OnnxChat.Fuzzing.Targets.Tokens;

namespace OnnxChat.Fuzzing;

/// <summary>Every target there is.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<IFuzzTarget>> Factories = new(StringComparer.Ordinal)
    {
        ["torch-pickle"] = () => CheckpointTarget.Pickle(),
        ["torch-zip"] = () => CheckpointTarget.Zip(),
        ["torch-legacy"] = () => CheckpointTarget.Legacy(),
        ["safetensors"] = () => CheckpointTarget.SafeTensors(),
        ["shard-index"] = () => CheckpointTarget.ShardIndex(),
        ["gpt2-config"] = () => CheckpointTarget.Configuration(),
        ["jinja"] = () => new JinjaTarget(),
        ["bot-token"] = () => new BotTokenTarget(),
    };

    public static IReadOnlyCollection<string> Names => Factories.Keys;

    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static IFuzzTarget Create(string name) => Factories.TryGetValue(name, out var create)
        ? create()
        : throw new ArgumentException($"There is no target '{name}'; there are {string.Join(", ", Names)}.", nameof(name));
}
