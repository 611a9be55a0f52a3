using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools;

/// <summary>A file that appears when it is complete.</summary>
internal static class WholeFile
{
    /// <summary>Has a file written under another name beside its own, and gives it its name; what fails leaves nothing.</summary>
    /// <param name="path">The file, in a folder that is there; an older one is replaced.</param>
    /// <param name="write">Writes the file that it is told.</param>
    public static void Write(string path, Action<string> write)
    {
        var target = Path.GetFullPath(path);
        var partial = $"{target}.{Guid.NewGuid():n}.tmp";
        try
        {
            write(partial);
            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            // Deleting complains of a folder that is missing, and would hide what the writing said.
            if (File.Exists(partial))
                File.Delete(partial);
        }
    }

    /// <summary>Writes a file whose place a person has chosen.</summary>
    /// <inheritdoc cref="Write"/>
    /// <exception cref="UserException">The place cannot be written to.</exception>
    public static void WriteChosen(string path, Action<string> write)
    {
        try
        {
            Write(path, write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{Path.GetFullPath(path)} could not be written: {e.Message} Give a file in a folder that is there and may be written to.", e);
        }
    }
}
