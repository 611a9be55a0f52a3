using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools;

/// <summary>
/// A folder that appears whole or not at all: it is filled under a temporary name beside its place. A program that is
/// killed leaves the temporary folder, which nobody reads and the next one for the same place takes away.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    private const string Temporary = ".tmp";
    private const string Old = ".old";
    private const string Lock = ".lock";

    private readonly string _target;
    private readonly bool _replace;
    private readonly FileStream _lock;

    /// <exception cref="UserException">The folder exists and may not be replaced.</exception>
    public OutputFolder(string target, bool replace)
    {
        _target = System.IO.Path.GetFullPath(System.IO.Path.TrimEndingDirectorySeparator(target));
        _replace = replace;
        if (File.Exists(_target))
            throw new UserException($"{_target} is a file; --output takes a folder to make.");

        var parent = System.IO.Path.GetDirectoryName(_target) ?? throw new UserException($"{_target} is no folder that can be made. Choose another --output.");
        Directory.CreateDirectory(parent);
        var hidden = $".{System.IO.Path.GetFileName(_target)}.";
        ClearAbandoned(parent, hidden);
        if (!replace && Directory.Exists(_target))
            throw new UserException($"{_target} exists already. Choose another --output, or give --force to replace it.");

        var stem = System.IO.Path.Combine(parent, $"{hidden}{Guid.NewGuid():n}");
        Path = stem + Temporary;
        _lock = new FileStream(stem + Lock, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        Directory.CreateDirectory(Path);
    }

    /// <summary>The temporary folder.</summary>
    public string Path { get; }

    /// <summary>Moves the folder to its place.</summary>
    /// <returns>The place.</returns>
    public string Complete()
    {
        if (!_replace || !Directory.Exists(_target))
            Directory.Move(Path, _target);
        else if (!FolderExchange.TryExchange(Path, _target))
            Replace();
        return _target;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        _lock.Dispose();
    }

    // In two steps, for systems that cannot do it in one. Killed between them, the old folder comes back with the next run.
    private void Replace()
    {
        var old = Path + Old;
        Directory.Move(_target, old);
        try
        {
            Directory.Move(Path, _target);
        }
        catch
        {
            Directory.Move(old, _target);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    private void ClearAbandoned(string parent, string hidden)
    {
        foreach (var path in Directory.GetFiles(parent, $"{hidden}*{Lock}"))
        {
            try
            {
                // Refused where its program still runs.
                using var abandoned = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                var folder = path[..^Lock.Length] + Temporary;
                if (Directory.Exists(folder + Old) && !Directory.Exists(_target))
                    Directory.Move(folder + Old, _target);
                foreach (var left in new[] { folder, folder + Old }.Where(Directory.Exists))
                    Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
                // Another import is at work, or the disk refuses; neither hinders this one.
            }
        }
    }
}
