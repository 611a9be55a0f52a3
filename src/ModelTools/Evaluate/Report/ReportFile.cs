using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Evaluate.Report;

/// <summary>A file that appears whole or not at all: it is written under a temporary name beside its place.</summary>
internal sealed class ReportFile
{
    /// <exception cref="UserException">The place cannot hold a file; said before the work, not after it.</exception>
    public ReportFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(Path))
            throw new UserException($"--output {path} is a folder; it takes a file to write.");
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(Path)))
            throw new UserException($"--output {path}: there is no folder {System.IO.Path.GetDirectoryName(Path)}; make it first.");
    }

    public string Path { get; }

    /// <summary>Writes the file; an older one is replaced.</summary>
    public void Write(string content) => WholeFile.Write(Path, partial => File.WriteAllText(partial, content));
}
