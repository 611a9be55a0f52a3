using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools;

/// <summary>A folder that appears whole or not at all: it is filled under a temporary name beside its place.</summary>
internal sealed class OutputFolder : IDisposable
{
    private readonly string _target;
    private readonly bool _replace;
    private bool _moved;

    /// <exception cref="UserException">The folder exists and may not be replaced.</exception>
    public OutputFolder(string target, bool replace)
    {
        _target = System.IO.Path.GetFullPath(System.IO.Path.TrimEndingDirectorySeparator(target));
        _replace = replace;
        if (File.Exists(_target))
            throw new UserException($"{_target} is a file; --output takes a folder to make.");
        if (!replace && Directory.Exists(_target))
            throw new UserException($"{_target} exists already. Choose another --output, or give --force to replace it.");

        var parent = System.IO.Path.GetDirectoryName(_target)!;
        Directory.CreateDirectory(parent);
        Path = System.IO.Path.Combine(parent, $".{System.IO.Path.GetFileName(_target)}.{Guid.NewGuid():n}.tmp");
        Directory.CreateDirectory(Path);
    }

    /// <summary>The temporary folder.</summary>
    public string Path { get; }

    /// <summary>Moves the folder to its place.</summary>
    /// <returns>The place.</returns>
    public string Complete()
    {
        var old = Path + ".old";
        var replaces = _replace && Directory.Exists(_target);
        if (replaces)
            Directory.Move(_target, old);
        try
        {
            Directory.Move(Path, _target);
            _moved = true;
        }
        finally
        {
            if (replaces && !_moved)
                Directory.Move(old, _target);
        }

        if (replaces)
            Directory.Delete(old, recursive: true);
        return _target;
    }

    public void Dispose()
    {
        if (!_moved && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
