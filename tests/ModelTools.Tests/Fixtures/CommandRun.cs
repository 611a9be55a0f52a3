using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Tests.Fixtures;

/// <summary>One run of the program within the test's process: exit code and what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> StartAsync(IReadOnlyList<string> args, string input = "", CancellationToken cancellationToken = default)
    {
        using var reader = new StringReader(input);
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await OnnxChatCommand.RunAsync(args, new Terminal(reader, output, error), cancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs <c>import</c> of the fixture model with 1,005 tokens.</summary>
    public static Task<CommandRun> ImportTinyAsync(string checkpoint, string output, params string[] more) =>
        ImportAsync(checkpoint, Testing.Repository.Fixture("gpt2-tiny", "tokenizer"), output, TestContext.Current.CancellationToken, more);

    /// <summary>Runs <c>import</c> with the fixture model's configuration.</summary>
    public static Task<CommandRun> ImportAsync(string checkpoint, string tokenizer, string output, CancellationToken cancellationToken, params string[] more) => StartAsync(
        [
            "import",
            "--checkpoint", checkpoint,
            "--config", Testing.Repository.Fixture("gpt2-tiny", "config.json"),
            "--tokenizer", tokenizer,
            "--output", output,
            .. more,
        ],
        cancellationToken: cancellationToken);
}
