using System.IO.MemoryMappedFiles;

namespace OnnxChat.Fuzzing.Running;

/// <summary>
/// The input under way, in a file that outlives the process: a stack overflow leaves no stack and nobody to write one down.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private const int Longest = 1 << 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public LastInput(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(int) + Longest);
        _view = _file.CreateViewAccessor();
    }

    public void Write(byte[] input)
    {
        // The length last: half an input is never taken for a whole one.
        _view.Write(0, 0);
        _view.WriteArray(sizeof(int), input, 0, Math.Min(input.Length, Longest));
        _view.Write(0, Math.Min(input.Length, Longest) + 1);
    }

    /// <summary>Forgets it, since the run ended as it should.</summary>
    public void Clear() => _view.Write(0, 0);

    /// <returns>The input that a process ended with; null where it ended as it should.</returns>
    public byte[]? Read()
    {
        var length = _view.ReadInt32(0) - 1;
        if (length < 0)
            return null;
        var input = new byte[length];
        _view.ReadArray(sizeof(int), input, 0, length);
        return input;
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
