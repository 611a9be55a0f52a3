using System.Text.Json;
using OnnxChat.ModelTools;

namespace OnnxChat.Training.Expand;

/// <summary>What was made, and where.</summary>
internal sealed record ExpandSummary(string Output, IReadOnlyList<ExpandedLanguage> Languages)
{
    public int Samples => Languages.Sum(language => language.Samples);

    public async Task WriteAsync(TextWriter writer, bool json)
    {
        if (json)
        {
            await writer.WriteLineAsync(JsonSerializer.Serialize(this, JsonText.Options)).ConfigureAwait(false);
            return;
        }

        foreach (var language in Languages)
        {
            await writer.WriteLineAsync(
                FormattableString.Invariant($"{language.Language}: {language.Topics} topics, {language.OutOfScope} groups out of scope, {language.Patterns:N0} patterns: {language.Samples:N0} samples, {language.Declined:N0} of them declined")).ConfigureAwait(false);
        }

        await writer.WriteLineAsync(FormattableString.Invariant($"{Output}: {Samples:N0} samples")).ConfigureAwait(false);
    }
}
