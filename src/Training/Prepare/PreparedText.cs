using System.Text.Json;
using OnnxChat.ModelTools;

namespace OnnxChat.Training.Prepare;

/// <summary>Says what was prepared, for people or for programs.</summary>
internal static class PreparedText
{
    public static string Json(PreparedReport report) => JsonSerializer.Serialize(report, JsonText.Options);

    public static IEnumerable<string> Lines(PreparedReport report, string output)
    {
        var counts = report.Counts;
        yield return FormattableString.Invariant($"{output}: {counts.Training:N0} samples to train on, {counts.Validation:N0} for validation, {report.Vocabulary:N0} tokens");
        yield return FormattableString.Invariant($"  read        {counts.Read:N0} samples, {counts.Groups:N0} groups, {counts.Topics:N0} answers or topics, {counts.Declined:N0} declined");
        yield return $"  languages   {string.Join(", ", counts.Languages.Select(language => FormattableString.Invariant($"{language.Key} {language.Value:N0}")))}";
        yield return FormattableString.Invariant($"  left out    {counts.Equal:N0} equal, {counts.Near:N0} nearly equal, {counts.Contradicting:N0} with another answer to the same question, {counts.Empty:N0} empty, {counts.BadLines:N0} bad lines");
        if (report.Privacy is { Total: > 0 } privacy)
            yield return FormattableString.Invariant($"  personal    {privacy.Total:N0} values replaced: {string.Join(", ", privacy.Counts.Select(kind => FormattableString.Invariant($"{kind.Key} {kind.Value.Values.Sum():N0}")))}. Look at the samples in prepared.json.");
        else if (report.Privacy is null)
            yield return "  personal    data of persons was not looked for";
        if (counts.Languages.Count == 1)
            yield return $"  All questions are in one language ({counts.Languages.Keys.Single()}); the model will not understand others.";
    }
}
