using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using OnnxChat.BotHost.Channels.DirectLine;

namespace OnnxChat.BotHost.Api.Document;

/// <summary>The OpenAPI document of the host's public JSON API, at <c>/openapi/v1.json</c>: what the page calls, for other programs.</summary>
internal static class ApiDocument
{
    /// <summary>The document's name, and the group of the routes that are in it; a route without a group is not.</summary>
    public const string Name = "v1";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        // Semantic Kernel's importer reads 3.0.
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.ShouldInclude = route => route.GroupName == Name;
        options.AddDocumentTransformer((document, context, _) =>
        {
            document.Info.Title = "OnnxChat";
            document.Info.Description = "Conversations with the bot, as Direct Line 3.0 has them: ask for a token, start its conversation, post messages, read what the bot said since a watermark.";
            ConversationToken.AddTo(document);
            return Task.CompletedTask;
        });
    });

    /// <summary>Serves the document to whom the page is served.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetRequiredService<IOptions<DirectLineOptions>>().Value.Enabled)
            routes.MapOpenApi();
    }
}
