using System.CommandLine;
using ModelContextProtocol.Server;
using OnnxChat.Connector;
using OnnxChat.Connector.Plugin;
using OnnxChat.Mcp;
using OnnxChat.ModelTools.CommandLine;

namespace OnnxChat.ModelTools.Mcp;

/// <summary><c>onnxchat mcp</c>: the customer service for one agent, over standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var model = new Option<string?>("--model") { Description = "Model folder. Default: models/starter, beside the program or in the checkout.", HelpName = "FOLDER" };
        var drafts = new Option<bool>("--include-unsure") { Description = "Return also answers that should be handed over, for an agent that drafts for people." };

        var command = new Command("mcp", """
            Serves a model to an agent by the Model Context Protocol, over standard input and output, until the input ends.

            Example, in an agent's configuration:
              {"mcpServers": {"customer-service": {"command": "onnxchat", "args": ["mcp", "--model", "models/shop"]}}}
            """)
        {
            model, drafts,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var service = new OnnxChatService(parsed.GetValue(model) ?? StarterModel.Find());
            // A broken folder ends the program with its remedy, where an agent would hide an error of a first call.
            await service.LoadAsync(cancellationToken).ConfigureAwait(false);

            var options = new McpServerOptions();
            options.AddCustomerService(service, new CustomerServiceOptions { IncludeUnsureAnswers = parsed.GetValue(drafts) });
            await using var transport = new StdioServerTransport(options);
            await using var server = McpServer.Create(transport, options);
            await server.RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCodes.Fine;
        });
        return command;
    }
}
