using System.Globalization;
using OnnxChat.Connector.Chat;
using OnnxChat.Connector.ModelFolders;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Chat;

/// <summary>A setting that <c>/settings</c> shows and changes.</summary>
internal sealed class ChatSetting
{
    private readonly Func<ReplySettings, IFormattable?> _given;
    private readonly Func<GenAIConfiguration, string> _usual;
    private readonly Func<ReplySettings, string?, ReplySettings> _change;

    private ChatSetting(string name, Func<ReplySettings, IFormattable?> given, Func<GenAIConfiguration, string> usual, Func<ReplySettings, string?, ReplySettings> change)
    {
        Name = name;
        _given = given;
        _usual = usual;
        _change = change;
    }

    public static IReadOnlyList<ChatSetting> All { get; } =
    [
        new("temperature", s => s.Temperature, f => Text(f.Temperature), (s, v) => s with { Temperature = Parse<double>(v) }),
        new("top-k", s => s.TopK, f => Text(f.TopK), (s, v) => s with { TopK = Parse<int>(v) }),
        new("top-p", s => s.TopP, f => Text(f.TopP), (s, v) => s with { TopP = Parse<double>(v) }),
        new("max-tokens", s => s.MaxTokens, _ => "what the context leaves", (s, v) => s with { MaxTokens = Parse<int>(v) }),
        new("seed", s => s.Seed, _ => "another each time", (s, v) => s with { Seed = Parse<long>(v) }),
    ];

    public string Name { get; }

    /// <exception cref="UserException">There is none of that name.</exception>
    public static ChatSetting Named(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new UserException($"There is no setting '{name}'; there are {string.Join(", ", All.Select(s => s.Name))}.");

    /// <summary>The value in use.</summary>
    public string Show(ReplySettings settings, GenAIConfiguration folder) =>
        _given(settings) is { } value ? Text(value) : $"{_usual(folder)} (default)";

    /// <summary>The settings with another value.</summary>
    /// <param name="settings">Settings now.</param>
    /// <param name="value">A number, or <c>default</c>.</param>
    /// <exception cref="UserException">The value is no such number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is outside its range.</exception>
    public ReplySettings Change(ReplySettings settings, string value)
    {
        try
        {
            var changed = _change(settings, value == "default" ? null : value);
            changed.Validate();
            return changed;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new UserException($"'{value}' is no value of {Name}; give a number, or 'default' for the model's.", e);
        }
    }

    private static T? Parse<T>(string? value)
        where T : struct, IParsable<T> => value is null ? null : T.Parse(value, CultureInfo.InvariantCulture);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
