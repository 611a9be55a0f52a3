namespace OnnxChat.Fuzzing.Targets;

/// <summary>A folder for targets that read files, in memory where the system has such a place. It goes away with the target.</summary>
internal sealed class Scratch : IDisposable
{
    private const string InMemory = "/dev/shm";
    private readonly string _path;

    public Scratch()
    {
        _path = Path.Combine(Directory.Exists(InMemory) ? InMemory : Path.GetTempPath(), $"onnxchat-fuzz-{Guid.NewGuid():n}");
        Directory.CreateDirectory(_path);
    }

    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Writes a file over what was there.</summary>
    public string Write(string name, byte[] bytes)
    {
        using var file = File.OpenHandle(this[name], FileMode.OpenOrCreate, FileAccess.Write);
        RandomAccess.SetLength(file, bytes.Length);
        RandomAccess.Write(file, bytes, 0);
        return this[name];
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
