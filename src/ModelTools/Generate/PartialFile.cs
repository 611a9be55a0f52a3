using System.Text;
using System.Text.Json;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Generate;

/// <summary>
/// An output file that appears when it is complete. Until then its lines are in a file beside it, whose name ends in
/// <c>.partial</c>, where a stopped run leaves them for another to go on from.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly string _target;
    private readonly FileStream _stream;

    private PartialFile(string target, FileStream stream, IReadOnlyList<GenerateQuestion> answered)
    {
        _target = target;
        _stream = stream;
        Answered = answered;
        Writer = new StreamWriter(stream, Utf8) { AutoFlush = true };
    }

    /// <summary>Questions whose answers an earlier run wrote, in order.</summary>
    public IReadOnlyList<GenerateQuestion> Answered { get; }

    /// <summary>Writes on after them. Every line is with the system when its write returns.</summary>
    public TextWriter Writer { get; }

    /// <summary>Where an unfinished output's lines are.</summary>
    public static string PathOf(string output) => Path.GetFullPath(output) + ".partial";

    /// <summary>Opens an output.</summary>
    /// <param name="output">Its file.</param>
    /// <param name="resume">Whether to go on after what an earlier run left, or after the output as it is.</param>
    /// <exception cref="UserException">An earlier run left something, and it is not to be resumed or is damaged.</exception>
    public static PartialFile Open(string output, bool resume)
    {
        var target = Path.GetFullPath(output);
        var partial = PathOf(output);
        if (!resume && new FileInfo(partial) is { Exists: true, Length: > 0 })
            throw new UserException($"{partial} holds the answers of a run that was stopped. Give --resume to go on from it, or delete it to start again.");
        if (resume && !File.Exists(partial) && File.Exists(target))
            CopyWhole(target, partial);

        var stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            return new PartialFile(target, stream, ReadAnswered(stream, partial));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file its name.</summary>
    public async Task CompleteAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        File.Move(PathOf(_target), _target, overwrite: true);
    }

    /// <summary>Leaves the lines where they are; a file without any goes away.</summary>
    public async ValueTask DisposeAsync()
    {
        var empty = _stream is { CanSeek: true, Length: 0 };
        await _stream.DisposeAsync().ConfigureAwait(false);
        if (empty)
            File.Delete(PathOf(_target));
    }

    // Under its name the copy is whole or not there, like everything else.
    private static void CopyWhole(string target, string partial)
    {
        var copy = $"{partial}.{Guid.NewGuid():n}.tmp";
        File.Copy(target, copy);
        File.Move(copy, partial);
    }

    private static List<GenerateQuestion> ReadAnswered(FileStream stream, string path)
    {
        var answered = new List<GenerateQuestion>();
        var complete = LengthOfWholeLines(stream);
        stream.SetLength(complete);
        stream.Position = 0;
        using var reader = new StreamReader(stream, Utf8, leaveOpen: true);
        while (reader.ReadLine() is { } line)
            answered.Add(Read(line, answered.Count + 1, path));
        stream.Position = complete;
        return answered;
    }

    // A process that was killed may have written a part of its last line.
    private static long LengthOfWholeLines(FileStream stream)
    {
        for (var length = stream.Length; length > 0; length--)
        {
            stream.Position = length - 1;
            if (stream.ReadByte() == '\n')
                return length;
        }

        return 0;
    }

    private static GenerateQuestion Read(string line, int number, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<GenerateQuestion>(line, JsonText.Options) ?? throw new JsonException("The line is null.");
        }
        catch (JsonException e)
        {
            throw new UserException($"{path}: line {number} is no answer that this command wrote. Delete the file to start again.", e);
        }
    }
}
