using Microsoft.OpenApi;

namespace OnnxChat.BotHost.Api.Document;

/// <summary>How the document says what a route's body is.</summary>
internal static class JsonBody
{
    /// <summary>Describes the body and leaves it to the route to refuse another: ASP.NET's own metadata would answer in its stead.</summary>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder route, bool isRequired) =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(T), cancellationToken: cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = isRequired,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            };
        });
}
