using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace OnnxChat.BotHost.Review;

/// <summary>The notes on disk, a file a day: <c>review-2026-03-01.jsonl</c>, for the host's own account only.</summary>
internal sealed partial class ReviewFolder(IOptions<ReviewOptions> options, TimeProvider time, ILogger<ReviewFolder> logger) : IDisposable
{
    private const string Prefix = "review-";
    private const string Suffix = ".jsonl";
    private const string DayFormat = "yyyy-MM-dd";

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ReviewOptions _options = options.Value;

    /// <summary>Whether notes are taken at all.</summary>
    public bool IsOn => _options.IsOn;

    public async Task AppendAsync(ReviewKind kind, string language, string question, string? answer, CancellationToken cancellationToken)
    {
        if (!IsOn)
            return;

        var note = new ReviewNote(Today, kind, language, PersonalData.Remove(question), answer is null ? null : PersonalData.Remove(answer));
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(note, Json), (byte)'\n'];
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(_options.Folder!);
            await using var file = new FileStream(FileOf(note.Day), Append());
            await file.WriteAsync(line, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Notes are for later; the customer's turn goes on.
            LogUnwritten(e, _options.Folder!);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Deletes the files of days that are over the limit.</summary>
    public void ForgetOld()
    {
        if (!IsOn || !Directory.Exists(_options.Folder))
            return;

        var oldest = Today.AddDays(-_options.RetentionDays);
        foreach (var file in Directory.EnumerateFiles(_options.Folder, Prefix + "*" + Suffix))
        {
            var name = Path.GetFileName(file)[Prefix.Length..^Suffix.Length];
            if (DateOnly.TryParseExact(name, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= oldest)
                Forget(file);
        }
    }

    public void Dispose() => _writing.Dispose();

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private string FileOf(DateOnly day) => Path.Combine(_options.Folder!, Prefix + day.ToString(DayFormat, CultureInfo.InvariantCulture) + Suffix);

    private static FileStreamOptions Append()
    {
        var append = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            append.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return append;
    }

    private void Forget(string file)
    {
        try
        {
            File.Delete(file);
            LogForgotten(file, _options.RetentionDays);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnforgotten(e, file);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A note for review could not be written to {Folder}.")]
    private partial void LogUnwritten(Exception exception, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File} was deleted: notes are kept {Days} days.")]
    private partial void LogForgotten(string file, int days);

    [LoggerMessage(Level = LogLevel.Error, Message = "{File} is older than notes may be and could not be deleted. Delete it.")]
    private partial void LogUnforgotten(Exception exception, string file);
}
