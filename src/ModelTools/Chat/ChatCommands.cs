using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Chat;

/// <summary>What a line does that begins with a slash.</summary>
internal sealed class ChatCommands(LoadedModel model, ChatState state)
{
    private const string Help = """
        /system TEXT            the system text; without TEXT the model's own again
        /settings               how replies are chosen
        /settings NAME VALUE    set temperature, top-k, top-p, max-tokens or seed; 'default' for the model's
        /confidence on|off      say after each reply how sure the model was of it
        /clear                  forget what was said, where the model reads whole conversations
        /help                   this list
        q                       quit, as the end of the input (Ctrl-D) does
        Ctrl-C stops a reply; at the prompt it quits.
        """;

    /// <summary>Carries a command out.</summary>
    /// <returns>What to tell the person.</returns>
    /// <exception cref="UserException">There is no such command, or not with this.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public string Run(string line)
    {
        var words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var rest = words.Length > 1 ? words[1] : "";
        return words[0] switch
        {
            "/help" or "/?" => Help,
            "/system" => SetSystem(rest),
            "/settings" => Settings(rest),
            "/confidence" => SetConfidence(rest),
            "/clear" => Clear(),
            var other => throw new UserException($"There is no command {other}. /help lists them."),
        };
    }

    private string SetSystem(string text)
    {
        state.System = text.Length > 0 ? text : null;
        return state.System is null ? "System text: the model's own." : $"System text: {text}";
    }

    private string Settings(string rest)
    {
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2)
            state.Reply = ChatSetting.Named(words[0]).Change(state.Reply, words[1]);
        else if (words.Length != 0)
            throw new UserException($"'/settings {rest}': give a name and a value, such as '/settings temperature 0.7', or nothing to see them all.");

        var folder = model.Folder.Configuration;
        return string.Join(Environment.NewLine, ChatSetting.All.Select(setting => $"{setting.Name,-12} {setting.Show(state.Reply, folder)}"));
    }

    private string SetConfidence(string value)
    {
        state.ShowsConfidence = value switch
        {
            "on" => true,
            "off" => false,
            "" => !state.ShowsConfidence,
            _ => throw new UserException($"'/confidence {value}': it takes on or off."),
        };
        return $"Confidence: {(state.ShowsConfidence ? "on" : "off")}.";
    }

    private string Clear()
    {
        state.Turns.Clear();
        return "What was said is forgotten.";
    }
}
