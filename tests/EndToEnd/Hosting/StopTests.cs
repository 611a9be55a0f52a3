using System.Diagnostics;
using System.Net.Sockets;

namespace OnnxChat.EndToEnd.Hosting;

public sealed class StopTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Stop_Signal_EndsWellAndLeavesNothing(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Looks for what is left in /proc.");
        var mark = Guid.NewGuid().ToString("n");
        await using var program = HostProcess.LaunchInterruptible(["--urls", HostProcess.FreePort], ("ONNXCHAT_TEST_MARK", mark));
        var address = new Uri(await program.WaitForAsync(HostProcess.Announcement, Cancelled));
        await program.WaitForAsync("Application started", Cancelled);
        Assert.Equal([program.Id], Marked(mark));

        using var kill = Process.Start("kill", ["-" + signal, program.Id.ToString(null, null)]);
        await kill.WaitForExitAsync(Cancelled);
        var exitCode = await program.ExitAsync(TimeSpan.FromSeconds(10), Cancelled);

        Assert.Equal(0, exitCode);
        Assert.Empty(Marked(mark));
        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await socket.ConnectAsync(address.Host, address.Port, Cancelled));
        Assert.DoesNotContain("fail:", program.Output);
        Assert.DoesNotContain("Unhandled", program.Output);
    }

    /// <summary>Processes with a mark in their environment, which a child has from its parent.</summary>
    private static List<int> Marked(string mark)
    {
        List<int> marked = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id))
                continue;
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Contains(mark))
                    marked.Add(id);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Ended meanwhile, or another user's.
            }
        }

        return marked;
    }
}
