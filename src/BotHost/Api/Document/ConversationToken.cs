using Microsoft.OpenApi;

namespace OnnxChat.BotHost.Api.Document;

/// <summary>How the document says that a route takes the token of a conversation.</summary>
internal static class ConversationToken
{
    private const string Scheme = "conversationToken";

    /// <summary>Says of a route that it takes one.</summary>
    public static TBuilder TakesConversationToken<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder =>
        route.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            return Task.CompletedTask;
        });

    public static void AddTo(OpenApiDocument document)
    {
        document.Components ??= new OpenApiComponents();
        document.AddComponent(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The token of one conversation, from GenerateToken.",
        });
    }
}
