using System.Text;
using System.Text.Json;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Review;

/// <summary>Writes what can be learned from as samples, and the questions that still need an answer.</summary>
internal static class ReviewExport
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="folder">The notes.</param>
    /// <param name="output">The file for the samples.</param>
    /// <param name="questions">The file for questions without a good answer; null for none.</param>
    /// <param name="terminal">Where the counts go.</param>
    /// <exception cref="UserException">The notes cannot be read, or a file not be written.</exception>
    public static void Run(string folder, string output, string? questions, Terminal terminal)
    {
        var notes = ReviewNotes.Read(folder);
        var samples = notes.Where(note => note.IsSample).Select(ReviewSample.Of).Distinct().ToList();
        var answered = samples.Select(sample => sample.Group).ToHashSet(StringComparer.Ordinal);
        var open = notes.Where(note => !note.IsSample).Select(note => ReviewSample.Of(note with { Answer = "" }))
            .Where(question => !answered.Contains(question.Group)).DistinctBy(question => question.Group).Select(question => question.User).ToList();

        Write(output, samples.Select(sample => JsonSerializer.Serialize(sample, JsonText.Options)));
        if (questions is not null)
            Write(questions, open.Select(question => JsonSerializer.Serialize(new { user = question }, JsonText.Options)));

        terminal.Output.WriteLine($"{notes.Count} notes: {samples.Count} samples, {open.Count} questions without a good answer");
        terminal.Output.WriteLine("Read the samples before you train on them: names and addresses of streets may be left in them.");
    }

    private static void Write(string file, IEnumerable<string> lines) =>
        WholeFile.WriteChosen(file, partial => File.WriteAllText(partial, string.Concat(lines.Select(line => line + "\n")), Utf8));
}
