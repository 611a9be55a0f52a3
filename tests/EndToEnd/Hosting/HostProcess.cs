using OnnxChat.Testing;

namespace OnnxChat.EndToEnd.Hosting;

/// <summary>The built host as a process of its own, with its settings and its starter model.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string Announcement = "Now listening on:";
    public const string FreePort = "http://127.0.0.1:0";

    private HostProcess(ProgramProcess program, Uri address)
    {
        Program = program;
        Http = new HttpClient { BaseAddress = address };
    }

    public ProgramProcess Program { get; }

    public HttpClient Http { get; }

    public Uri Address => Http.BaseAddress!;

    /// <summary>Starts it, and waits until it listens.</summary>
    public static async Task<HostProcess> StartAsync(string urls, CancellationToken cancellationToken, params string[] settings)
    {
        var program = Launch(["--urls", urls, .. settings]);
        try
        {
            return new HostProcess(program, new Uri(await program.WaitForAsync(Announcement, cancellationToken)));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, whether it will come to listen or not.</summary>
    public static ProgramProcess Launch(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Start(BuiltProgram.Host, arguments, environment);

    /// <summary>Starts it behind <c>env</c>, which undoes what a shell does to programs in the background: ignore Ctrl-C.</summary>
    public static ProgramProcess LaunchInterruptible(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Start("env", ["--default-signal=INT", BuiltProgram.Host, .. arguments], environment);

    // Each with an inbox of its own.
    private static ProgramProcess Start(string program, IEnumerable<string> arguments, (string Name, string Value)[] environment)
    {
        var data = new TemporaryFolder();
        return ProgramProcess.Start(program, arguments, [("OnnxChat__Turns__Folder", data.Path), .. environment]).Owning(data);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Program.DisposeAsync();
    }
}
