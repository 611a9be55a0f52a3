using System.Globalization;
using System.Text.Json;
using Microsoft.SemanticKernel;

namespace OnnxChat.Connector.Chat;

/// <summary>Reads execution settings by name, under the names that callers of other connectors use.</summary>
internal static class ExecutionSettingsReader
{
    private static readonly HashSet<string> BaseKeys = new(StringComparer.Ordinal) { "modelid", "serviceid", "functionchoicebehavior" };

    /// <param name="settings">Null for the defaults.</param>
    /// <param name="unknown">Keys that are none of the service's.</param>
    public static OnnxChatPromptExecutionSettings Read(PromptExecutionSettings? settings, out IReadOnlyList<string> unknown)
    {
        unknown = [];
        if (settings is null)
            return new OnnxChatPromptExecutionSettings();
        if (settings is OnnxChatPromptExecutionSettings { ExtensionData: null or { Count: 0 } } own)
            return own;

        var read = settings is OnnxChatPromptExecutionSettings ours
            ? (OnnxChatPromptExecutionSettings)ours.Clone()
            : new OnnxChatPromptExecutionSettings
            {
                ModelId = settings.ModelId,
                ServiceId = settings.ServiceId,
                FunctionChoiceBehavior = settings.FunctionChoiceBehavior,
            };
        List<string> others = [];
        foreach (var (key, value) in Values(settings))
        {
            if (!Apply(read, key, value))
                others.Add(key);
        }

        read.ExtensionData = null;
        unknown = others;
        return read;
    }

    // Another connector's settings carry their values in properties of their own; JSON shows them by name.
    private static IEnumerable<KeyValuePair<string, object?>> Values(PromptExecutionSettings settings)
    {
        if (settings.GetType() == typeof(PromptExecutionSettings) || settings is OnnxChatPromptExecutionSettings)
            return settings.ExtensionData?.Select(p => new KeyValuePair<string, object?>(p.Key, p.Value)) ?? [];
        return JsonSerializer.SerializeToElement(settings, settings.GetType()).EnumerateObject()
            .Where(p => !BaseKeys.Contains(Normalize(p.Name)) && p.Value.ValueKind != JsonValueKind.Null)
            .Select(p => new KeyValuePair<string, object?>(p.Name, p.Value))
            .ToList();
    }

    private static string Normalize(string key) => key.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static bool Apply(OnnxChatPromptExecutionSettings settings, string key, object? value)
    {
        switch (Normalize(key))
        {
            case "maxtokens" or "maxcompletiontokens" or "maxnewtokens" or "maxlength" or "maxoutputtokens":
                settings.MaxTokens = (int?)Integer(key, value);
                return true;
            case "temperature":
                settings.Temperature = Number(key, value);
                return true;
            case "topk":
                settings.TopK = (int?)Integer(key, value);
                return true;
            case "topp":
                settings.TopP = Number(key, value);
                return true;
            case "repetitionpenalty":
                settings.RepetitionPenalty = Number(key, value);
                return true;
            case "seed" or "randomseed":
                settings.Seed = Integer(key, value);
                return true;
            case "stop" or "stopsequences":
                settings.StopSequences = Strings(key, value);
                return true;
            case "systemprompt" or "chatsystemprompt":
                settings.SystemPrompt = value is JsonElement element ? element.GetString() : value as string;
                return true;
            case "promptoverflow":
                settings.PromptOverflow = ReadPromptOverflow(key, value);
                return true;
            case "frequencypenalty" or "presencepenalty":
                if (Number(key, value) is not null and not 0)
                    throw new NotSupportedException($"The setting {key} is {value}; the model has a repetition penalty only (repetition_penalty).");
                return true;
            default:
                return false;
        }
    }

    /// <summary>A value of <see cref="OnnxChatPromptOverflow"/>, or its name.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static OnnxChatPromptOverflow? ReadPromptOverflow(string key, object? value) => value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null } => null,
        OnnxChatPromptOverflow given => given,
        _ when Enum.TryParse<OnnxChatPromptOverflow>(Normalize(value.ToString() ?? ""), ignoreCase: true, out var named) && Enum.IsDefined(named) => named,
        _ => throw new ArgumentException($"The setting {key} is '{value}'; it takes {string.Join(" or ", Enum.GetNames<OnnxChatPromptOverflow>())}."),
    };

    private static double? Number(string key, object? value)
    {
        try
        {
            return value switch
            {
                null or JsonElement { ValueKind: JsonValueKind.Null } => null,
                JsonElement { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
                JsonElement { ValueKind: JsonValueKind.String } text => double.Parse(text.GetString()!, CultureInfo.InvariantCulture),
                bool => throw new FormatException(),
                IConvertible convertible => convertible.ToDouble(CultureInfo.InvariantCulture),
                _ => throw new FormatException(),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw new ArgumentException($"The setting {key} is '{value}'; it takes a number.", e);
        }
    }

    private static long? Integer(string key, object? value)
    {
        var number = Number(key, value);
        if (number is { } given && (given != Math.Floor(given) || Math.Abs(given) > (Normalize(key).EndsWith("seed", StringComparison.Ordinal) ? 1L << 53 : int.MaxValue)))
            throw new ArgumentException($"The setting {key} is '{value}'; it takes a whole number.");
        return (long?)number;
    }

    private static List<string>? Strings(string key, object? value) => value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null } => null,
        string one => [one],
        IEnumerable<string> several => [.. several],
        JsonElement { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        JsonElement { ValueKind: JsonValueKind.Array } several when several.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) =>
            [.. several.EnumerateArray().Select(e => e.GetString()!)],
        _ => throw new ArgumentException($"The setting {key} is '{value}'; it takes a text or a list of texts."),
    };
}
