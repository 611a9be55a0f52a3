using System.Globalization;
using System.Text.Json;

namespace OnnxChat.BotHost.Review;

/// <summary>The files of the notes, one a day: <c>review-2026-03-01.jsonl</c>, for the host's own account only.</summary>
internal static class ReviewFiles
{
    private const string Prefix = "review-";
    private const string Suffix = ".jsonl";
    private const string Partial = ".partial";
    private const string DayFormat = "yyyy-MM-dd";

    public static string Of(string folder, DateOnly day) => Path.Combine(folder, Prefix + day.ToString(DayFormat, CultureInfo.InvariantCulture) + Suffix);

    public static FileStreamOptions ForTheOwner(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    public static IEnumerable<string> All(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Prefix + "*" + Suffix) : [];

    /// <summary>The files of the days up to <paramref name="last"/>, with what a rewriting that was cut off has left.</summary>
    public static IEnumerable<string> Until(string folder, DateOnly last)
    {
        foreach (var file in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix + "*"))
        {
            var name = Path.GetFileName(file);
            var end = name.IndexOf(Suffix, StringComparison.Ordinal);
            if (name[(end + Suffix.Length)..] is "" or Partial
                && DateOnly.TryParseExact(name[Prefix.Length..end], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                && day <= last)
            {
                yield return file;
            }
        }
    }

    /// <summary>Takes the notes with a mark out of a file. A line that was cut off while it was written goes too: it may be one of them.</summary>
    /// <returns>How many notes were taken out.</returns>
    public static async Task<int> RemoveAsync(string file, string mark, CancellationToken cancellationToken)
    {
        var removed = 0;
        List<string> kept = [];
        var lines = await File.ReadAllLinesAsync(file, cancellationToken);
        foreach (var line in lines)
        {
            if (Read(line) is not { } note)
                continue;
            if (note.Conversation == mark)
                removed++;
            else
                kept.Add(line);
        }

        if (kept.Count == lines.Length)
            return 0;

        if (kept.Count == 0)
        {
            File.Delete(file);
            return removed;
        }

        await using (var partial = new FileStream(file + Partial, ForTheOwner(FileMode.Create)))
        await using (var writer = new StreamWriter(partial))
        {
            foreach (var line in kept)
                await writer.WriteAsync(line + "\n");
        }

        File.Move(file + Partial, file, overwrite: true);
        return removed;
    }

    private static ReviewNote? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ReviewNote>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
