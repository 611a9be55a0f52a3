using System.CommandLine;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Review;

/// <summary><c>onnxchat review export</c>: what customers and people said about replies, as samples to train on.</summary>
internal static class ReviewCommand
{
    public static Command Create(Terminal terminal) => new("review", "Works with the notes that the bot host takes of its conversations.")
    {
        Export(terminal),
    };

    private static Command Export(Terminal terminal)
    {
        var notes = new Option<string>("--notes") { Description = "Folder of the notes: the bot host's setting OnnxChat:Review:Folder.", HelpName = "FOLDER", Required = true };
        var output = new Option<string>("--output") { Description = "Samples for onnxchat-train, one JSON object a line: replies that were rated good, and replies of people.", HelpName = "FILE", Required = true };
        var questions = new Option<string?>("--questions") { Description = "Questions whose replies were rated bad or that had none, one JSON object a line.", HelpName = "FILE" };
        var command = new Command("export", """
            Writes the notes of the bot host as samples to train on.

            Example:
              onnxchat review export --notes review --output samples.jsonl --questions questions.jsonl
            """)
        {
            notes, output, questions,
        };
        command.SetAction(parsed =>
        {
            ReviewExport.Run(parsed.GetRequiredValue(notes), parsed.GetRequiredValue(output), parsed.GetValue(questions), terminal);
            return ExitCodes.Fine;
        });
        return command;
    }
}
