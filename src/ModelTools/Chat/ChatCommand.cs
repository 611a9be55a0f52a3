using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxChat.Connector;
using OnnxChat.Connector.Chat;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Chat;

/// <summary><c>onnxchat chat</c>: questions typed, replies streamed.</summary>
internal static class ChatCommand
{
    public const string Name = "chat";

    public static Command Create(Terminal terminal)
    {
        var model = new Option<string?>("--model") { Description = "Model folder. Default: models/starter, beside the program or in the checkout.", HelpName = "FOLDER" };
        var system = new Option<string?>("--system") { Description = "System text. Default: the model's.", HelpName = "TEXT" };
        var confidence = new Option<bool>("--confidence") { Description = "Say after each reply how sure the model was of it." };
        var settings = new ReplyOptions();

        var command = new Command(Name, """
            Talks with a model. Where the input is no terminal, each line is a question and each line of output its reply.

            Example:
              echo 'Where is my order?' | onnxchat chat --model models/starter --greedy
            """)
        {
            model, system, confidence,
        };
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var state = new ChatState { Reply = settings.Read(parsed), System = parsed.GetValue(system), ShowsConfidence = parsed.GetValue(confidence) };
            state.Reply.Validate();
            var folder = parsed.GetValue(model) ?? StarterModel.Find();
            await using var loaded = LoadedModel.Load(new OnnxChatOptions { ModelPath = folder, Workers = 1 }, NullLogger.Instance);
            return terminal.IsInteractive
                ? await new ChatSession(loaded, state, terminal).RunAsync(cancellationToken).ConfigureAwait(false)
                : await new PipedChat(loaded, state, terminal).RunAsync(cancellationToken).ConfigureAwait(false);
        });
        return command;
    }
}
