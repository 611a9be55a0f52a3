using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using OnnxChat.BotHost.OpenAI;
using OnnxChat.Mcp;

namespace OnnxChat.BotHost.Mcp;

/// <summary>The customer service as tools of other agents, by streamable HTTP at <c>/mcp</c>.</summary>
internal static class McpEndpoint
{
    public static IServiceCollection AddMcp(this IServiceCollection services)
    {
        services.AddOptions<McpOptions>().BindConfiguration(McpOptions.Section);
        // Stateless: nothing of a customer is kept between two requests.
        services.AddMcpServer().WithHttpTransport(transport => transport.Stateless = true);
        services.AddOptions<McpServerOptions>().Configure<IChatClient>((options, chat) => options.AddCustomerService(chat));
        return services;
    }

    /// <summary>Serves it to those who may use <c>/v1</c>: the same keys, and without any this machine only.</summary>
    public static void MapMcp(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<McpOptions>>().Value.Enabled)
            app.MapGroup("/mcp").AddEndpointFilter<RouteGroupBuilder, ApiKeyFilter>().MapMcp("");
    }
}
