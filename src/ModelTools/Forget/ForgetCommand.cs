using System.CommandLine;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Forget;

/// <summary><c>onnxchat forget</c>: has the bot host delete a conversation, as its customer may ask.</summary>
internal static class ForgetCommand
{
    public static Command Create(Terminal terminal)
    {
        var conversation = new Option<string>("--conversation") { Description = "The conversation's id, as the channel calls it.", HelpName = "ID", Required = true };
        var channel = new Option<string>("--channel") { Description = "The channel it is on: webchat, msteams, …", HelpName = "ID", DefaultValueFactory = _ => "webchat" };
        var host = new Option<string>("--host") { Description = "Where the bot host listens.", HelpName = "URL", DefaultValueFactory = _ => "http://localhost:3978" };
        var keyFile = new Option<string?>("--key-file") { Description = $"File with the host's setting OnnxChat:Desk:AccessKey, where it has one. Default: the environment variable {HostClient.KeyVariable}.", HelpName = "FILE" };
        var command = new Command("forget", """
            Deletes a conversation in a bot host that runs: what it remembers of it, and what it has written of it to its data folder.

            Example:
              onnxchat forget --conversation 5f0c9c1d2b3a --host http://localhost:3978
            """)
        {
            conversation, channel, host, keyFile,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new HostClient(parsed.GetRequiredValue(host), Key(parsed.GetValue(keyFile)));
            var deleted = await client.ForgetAsync(parsed.GetRequiredValue(channel), parsed.GetRequiredValue(conversation), cancellationToken).ConfigureAwait(false);
            await terminal.Output.WriteLineAsync(deleted == 0
                ? "The host has nothing of that conversation. Is it the right id, and the right --channel?"
                : $"Deleted: {deleted} records.").ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static string? Key(string? file)
    {
        if (file is null)
            return Environment.GetEnvironmentVariable(HostClient.KeyVariable) is { Length: > 0 } key ? key : null;

        return File.Exists(file)
            ? File.ReadAllText(file).TrimEnd('\r', '\n')
            : throw new UserException($"--key-file {file} is not there. Give the file that holds the host's setting OnnxChat:Desk:AccessKey.");
    }
}
