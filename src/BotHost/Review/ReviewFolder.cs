using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Bot.HandOff;
using OnnxChat.BotHost.Privacy;

namespace OnnxChat.BotHost.Review;

/// <summary>The notes on disk: what is written, what is too old, what is to be deleted.</summary>
internal sealed partial class ReviewFolder(IOptions<ReviewOptions> options, TimeProvider time, ILogger<ReviewFolder> logger) : IConversationData, IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ReviewOptions _options = options.Value;

    /// <summary>Whether notes are taken at all.</summary>
    public bool IsOn => _options.IsOn;

    public async Task AppendAsync(HandOffKey conversation, ReviewKind kind, string language, string question, string? answer, CancellationToken cancellationToken)
    {
        if (!IsOn)
            return;

        await _writing.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(_options.Folder!);
            var mark = await ReviewMarks.MakeAsync(_options.Folder!, conversation, CancellationToken.None);
            var note = new ReviewNote(Today, kind, language, PersonalData.Remove(question), answer is null ? null : PersonalData.Remove(answer), mark);
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(note, Json), (byte)'\n'];
            await using var file = new FileStream(ReviewFiles.Of(_options.Folder!, note.Day), ReviewFiles.ForTheOwner(FileMode.Append));
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

        foreach (var file in ReviewFiles.Until(_options.Folder, Today.AddDays(-_options.RetentionDays)))
            Forget(file);
    }

    /// <inheritdoc/>
    public async Task<int> DeleteAsync(string channelId, string conversationId, CancellationToken cancellationToken)
    {
        if (!IsOn)
            return 0;

        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (await ReviewMarks.FindAsync(_options.Folder!, new HandOffKey(channelId, conversationId), cancellationToken) is not { } mark)
                return 0;

            var deleted = 0;
            foreach (var file in ReviewFiles.All(_options.Folder!).ToList())
                deleted += await ReviewFiles.RemoveAsync(file, mark, cancellationToken);
            return deleted;
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

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
