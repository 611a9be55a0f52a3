using Microsoft.Win32.SafeHandles;

namespace OnnxChat.Gpt2.Checkpoints;

/// <summary>One open file of a checkpoint, read at offsets.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private const string Redownload = "Copy or download the file again, and compare its size with the original.";
    private readonly SafeFileHandle _handle;

    private CheckpointFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        Length = length;
        _handle = handle;
    }

    public string Path { get; }

    /// <summary>Bytes in the file when it was opened.</summary>
    public long Length { get; }

    public static CheckpointFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
            return new CheckpointFile(path, handle, RandomAccess.GetLength(handle));
        }
        catch (Exception exception) when (IsFileError(exception))
        {
            handle?.Dispose();
            throw new CheckpointException(path, $"the file cannot be opened ({exception.Message}).", "Check the path and its permissions.", exception);
        }
    }

    /// <summary>What .NET throws for a path that cannot be opened or read.</summary>
    public static bool IsFileError(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Fills the buffer from an offset, or says that the file ends before.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        try
        {
            while (buffer.Length > 0)
            {
                var count = offset < Length ? RandomAccess.Read(_handle, buffer, offset) : 0;
                if (count == 0)
                    throw CutShort($"{buffer.Length} bytes are missing at offset {offset}");
                buffer = buffer[count..];
                offset += count;
            }
        }
        catch (Exception exception) when (IsFileError(exception))
        {
            throw new CheckpointException(Path, $"the file cannot be read ({exception.Message}).", "Check the disk and the file's permissions.", exception);
        }
    }

    public CheckpointException CutShort(string detail) => new(Path, $"the file is cut short: {detail}.", Redownload);

    public CheckpointException Damaged(string detail) => new(Path, $"the file is damaged: {detail}.", Redownload);

    public CheckpointException Refused(string problem, string remedy) => new(Path, problem, remedy);

    public void Dispose() => _handle.Dispose();
}
