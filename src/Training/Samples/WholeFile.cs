namespace OnnxChat.Training.Samples;

/// <summary>A file that appears when it is complete.</summary>
internal static class WholeFile
{
    /// <summary>Has a file written under another name beside its own, and gives it its name; what fails leaves nothing.</summary>
    public static void Write(string path, Action<string> write)
    {
        var target = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            write(partial);
            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
