namespace OnnxChat.OnnxRuntimeGenAI.Tests.Npm;

/// <summary>A shell script named <c>npm</c>, first on the PATH, which writes down how it was called.</summary>
internal sealed class FakeNpm
{
    private readonly string _folder;
    private readonly string _calls;

    /// <param name="folder">An empty or new folder for the script and its notes.</param>
    /// <param name="script">What it does when called, in the folder that it was started in.</param>
    public FakeNpm(string folder, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in for npm is a shell script");
        _folder = folder;
        _calls = Path.Combine(folder, "calls");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "npm");
        File.WriteAllText(file, $"#!/bin/sh\necho \"$*\" >> '{_calls}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>The PATH on which this npm comes first.</summary>
    public string SearchPath => _folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");

    /// <summary>The arguments of every call so far.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_calls) ? File.ReadAllLines(_calls) : [];
}
