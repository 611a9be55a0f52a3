using System.Net;
using System.Net.Sockets;
using System.Text;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Forget;

/// <summary>The command without a bot host; tests/EndToEnd has it with one.</summary>
public sealed class ForgetCommandTests : IDisposable
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Forget_HostAnswers_SaysHowMuchWasDeletedAndSendsTheKeyWithoutItsLineEnd()
    {
        await File.WriteAllTextAsync(_folder["key"], "0123456789abcdef\n", Cancelled);

        var (run, request) = await RunAgainstAsync("200 OK", """{"deleted":7}""", "--conversation", "19:a/b@thread", "--channel", "msteams", "--key-file", _folder["key"]);

        Assert.Equal((0, "Deleted: 7 records.\n", ""), (run.ExitCode, run.Output.ReplaceLineEndings("\n"), run.Error));
        Assert.StartsWith("DELETE /api/privacy/conversations?channelId=msteams&conversationId=19%3Aa%2Fb%40thread HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("onnxchat:0123456789abcdef")), request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("401 Unauthorized", "{}", "--key-file")]
    [InlineData("403 Forbidden", "{}", "takes this from its own machine only")]
    [InlineData("404 Not Found", "", "answered 404")]
    [InlineData("302 Found", "", "answered 302")]
    [InlineData("500 Error", """{"error":"3 records were deleted, and not all could be"}""", "could not delete all")]
    [InlineData("200 OK", "<html>", "no bot host of this version")]
    public async Task Forget_HostRefuses_SaysWhyAndWhatToDo(string status, string body, string expected)
    {
        var (run, _) = await RunAgainstAsync(status, body, "--conversation", "one");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_NothingOfTheConversation_AsksForIdAndChannel()
    {
        var (run, _) = await RunAgainstAsync("200 OK", """{"deleted":0}""", "--conversation", "one");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--channel", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://localhost", "give an address")]
    [InlineData("localhost", "give an address")]
    [InlineData("http://bot.example.com", "unencrypted")]
    public async Task Forget_AddressThatWillNotDo_IsRefusedBeforeAnythingIsSent(string host, string expected)
    {
        await File.WriteAllTextAsync(_folder["key"], "0123456789abcdef", Cancelled);

        var run = await RunAsync("--conversation", "one", "--host", host, "--key-file", _folder["key"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_NobodyListens_SaysThatTheHostMustRun()
    {
        // A port that was free a moment ago, and that nothing takes meanwhile.
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var run = await RunAsync("--conversation", "one", "--host", $"http://{taken.LocalEndPoint}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("It must run", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_KeyFileIsMissing_NamesIt()
    {
        var run = await RunAsync("--conversation", "one", "--key-file", _folder["nowhere"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(_folder["nowhere"], run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.StartAsync(["forget", .. arguments], cancellationToken: Cancelled);

    private static async Task<(CommandRun Run, string Request)> RunAgainstAsync(string status, string body, params string[] arguments)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answered = AnswerAsync(listener, status, body);
        var run = await RunAsync([.. arguments, "--host", $"http://{listener.LocalEndpoint}"]);
        return (run, await answered);
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string status, string body)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancelled);
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);
        var request = new StringBuilder();
        while (await reader.ReadLineAsync(Cancelled) is { Length: > 0 } line)
            request.Append(line).Append('\n');
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"), Cancelled);
        return request.ToString();
    }
}
