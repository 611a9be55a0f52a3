using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OnnxChat.Connector.Plugin;

namespace OnnxChat.Mcp;

/// <summary>The customer service as a server of the Model Context Protocol, over any transport.</summary>
public static class CustomerServiceMcp
{
    private const string Instructions =
        "Answers customers of one company from the company's own answers. Ask answer_customer_question for each question; a person answers where it says hand_over.";

    /// <summary>Gives a server the tools <c>answer_customer_question</c> and <c>list_topics</c> and the prompt <c>serve_customer</c>.</summary>
    /// <param name="server">The server's options.</param>
    /// <param name="chat">Answers. The caller disposes it.</param>
    /// <param name="options">How agents see it; null for the defaults.</param>
    public static void AddCustomerService(this McpServerOptions server, IChatClient chat, CustomerServiceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        server.ServerInfo = new Implementation
        {
            Name = "onnxchat",
            Title = "Customer service",
            Version = typeof(CustomerServiceMcp).Assembly.GetName().Version!.ToString(3),
        };
        server.ServerInstructions = Instructions;
        server.ToolCollection ??= [];
        foreach (var function in CustomerServiceTools.Create(chat, options))
            server.ToolCollection.Add(Tool(function));
        server.PromptCollection ??= [];
        server.PromptCollection.Add(McpServerPrompt.Create(ServeCustomerPrompt.Write, new McpServerPromptCreateOptions { Name = ServeCustomerPrompt.Name, Title = "Serve a customer" }));
    }

    private static McpServerTool Tool(AIFunction function) => McpServerTool.Create(new SpokenErrors(function), new McpServerToolCreateOptions
    {
        ReadOnly = true,
        Destructive = false,
        OpenWorld = false,
        UseStructuredContent = true,
    });
}
