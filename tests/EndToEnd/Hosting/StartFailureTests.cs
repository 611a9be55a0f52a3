using System.Net;
using System.Net.Sockets;

namespace OnnxChat.EndToEnd.Hosting;

/// <summary>What somebody reads who starts the host wrongly: one line with the remedy, not a stack trace.</summary>
public sealed class StartFailureTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_PortInUse_NamesTheAddressAndUrls()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        var error = await FailAsync("--urls", address);

        Assert.Contains(address, error);
        Assert.Contains("--urls", error);
    }

    [Fact]
    public async Task Start_NoModelFolder_NamesItAndTheCommandThatMakesOne()
    {
        var error = await FailAsync("--urls", HostProcess.FreePort, "--OnnxChat:Model:ModelPath", "nowhere");

        Assert.Contains("nowhere", error);
        Assert.Contains("onnxchat import", error);
    }

    [Fact]
    public async Task Start_OpenToOthersWithoutAppId_NamesTheWaysOut()
    {
        var error = await FailAsync("--urls", "http://0.0.0.0:0");

        Assert.Contains("MicrosoftAppId", error);
        Assert.Contains("OnnxChat:AllowUnauthenticatedRemoteAccess", error);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1:0")]
    [InlineData("http://192.0.2.1:0")]
    public async Task Start_UselessAddress_NamesIt(string address)
    {
        var error = await FailAsync("--urls", address, "--OnnxChat:AllowUnauthenticatedRemoteAccess", "true");

        Assert.Contains(address[..^2], error);
        Assert.Contains("--urls", error);
    }

    [Theory]
    [InlineData("OnnxChat:Bot:MaxMessageCharacters", "0")]
    [InlineData("OnnxChat:Bot:MaxMessageCharacters", "many")]
    public async Task Start_BadSetting_NamesIt(string key, string value)
    {
        var error = await FailAsync("--urls", HostProcess.FreePort, "--" + key, value);

        Assert.Contains("MaxMessageCharacters", error);
    }

    /// <returns>The one line on which the host says why.</returns>
    private static async Task<string> FailAsync(params string[] arguments)
    {
        await using var program = HostProcess.Launch(arguments);

        var exitCode = await program.ExitAsync(TimeSpan.FromSeconds(20), Cancelled);

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("   at ", program.Output);
        Assert.DoesNotContain("Exception", program.Output);
        return Assert.Single(program.Output.Split('\n'), line => line.StartsWith("OnnxChat did not start: ", StringComparison.Ordinal));
    }
}
