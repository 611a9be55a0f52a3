using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Prepare.Reading;

/// <summary>Makes samples of rows: one of a question with its answer, several of a conversation.</summary>
internal sealed class RowSamples(SampleColumns columns)
{
    /// <param name="row">A row that could be read.</param>
    /// <param name="samples">Where its samples go.</param>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public string? Read(InputRow row, List<Sample> samples)
    {
        if (row.Values.TryGetValue(columns.Messages, out var messages) && !row.Values.ContainsKey(columns.User))
        {
            var conversation = Conversation.Read(messages, Value(row, columns.System), out var fault);
            samples.AddRange(conversation.Select(sample => Complete(sample, row)));
            return fault;
        }

        if (!row.Values.TryGetValue(columns.User, out var user))
            return Missing(row, columns.User, "--user-column");
        if (!row.Values.TryGetValue(columns.Assistant, out var assistant))
            return Missing(row, columns.Assistant, "--assistant-column");
        samples.Add(Complete(new Sample(user, assistant) { System = Value(row, columns.System) }, row));
        return null;
    }

    private Sample Complete(Sample sample, InputRow row) => sample with
    {
        Group = Value(row, columns.Group) ?? sample.Group,
        Topic = Value(row, columns.Topic),
        Declined = bool.TryParse(Value(row, columns.Declined), out var declined) && declined,
    };

    private static string? Value(InputRow row, string column) =>
        row.Values.TryGetValue(column, out var value) && value.Length > 0 ? value : null;

    private static string Missing(InputRow row, string column, string option) => row.Values.Count == 0
        ? "it holds nothing"
        : $"it has no \"{column}\"; it has \"{string.Join("\", \"", row.Values.Keys)}\". Name the right one with {option}";
}
