using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.Training.Prepare.Reading;

/// <summary>What the columns of the input are called.</summary>
internal sealed record SampleColumns
{
    /// <summary>What the customer says.</summary>
    public string User { get; init; } = "user";

    /// <summary>What the service answers.</summary>
    public string Assistant { get; init; } = "assistant";

    /// <summary>The instructions; a row need not have it.</summary>
    public string System { get; init; } = "system";

    /// <summary>What stands together on one side of the split; a row need not have it.</summary>
    public string Group { get; init; } = "group";

    /// <summary>What answers count as; a row need not have it.</summary>
    public string Topic { get; init; } = "topic";

    /// <summary>Whether the answer says that the service cannot help; a row need not have it.</summary>
    public string Declined { get; init; } = "declined";

    /// <summary>A conversation as a list of turns, instead of question and answer.</summary>
    public string Messages { get; init; } = "messages";

    /// <summary>Makes sure that a file with named columns has question and answer, or conversations.</summary>
    /// <exception cref="UserException">One is missing.</exception>
    public void Require(string path, IReadOnlyCollection<string> names)
    {
        if (names.Contains(Messages) && !names.Contains(User))
            return;
        foreach (var (column, option) in (ReadOnlySpan<(string, string)>)[(User, "--user-column"), (Assistant, "--assistant-column")])
        {
            if (!names.Contains(column))
                throw new UserException($"{path} has no column \"{column}\"; it has \"{string.Join("\", \"", names)}\". Name the right one with {option}.");
        }
    }
}
