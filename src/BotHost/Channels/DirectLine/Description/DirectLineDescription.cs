using OnnxChat.BotHost.Api.Document;

namespace OnnxChat.BotHost.Channels.DirectLine.Description;

/// <summary>What the API's document says of Direct Line's routes. Those that it leaves out are for Web Chat alone.</summary>
internal static class DirectLineDescription
{
    public static void DescribeGenerate(this RouteHandlerBuilder route) => route
        .Describe("GenerateToken", "Gives a token for a new conversation.", StatusCodes.Status400BadRequest, StatusCodes.Status429TooManyRequests)
        .TakesJson<StartRequest>(isRequired: false)
        .Produces<ConversationResource>();

    public static void DescribeRefresh(this RouteHandlerBuilder route) => route
        .DescribeWithToken("RefreshToken", "Gives another token for the same conversation, before the first one expires.")
        .Produces<ConversationResource>();

    public static void DescribeStart(this RouteHandlerBuilder route) => route
        .DescribeWithToken("StartConversation", "Starts the token's conversation, or goes on with it.", StatusCodes.Status400BadRequest, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable)
        .TakesJson<StartRequest>(isRequired: false)
        .Produces<ConversationResource>(StatusCodes.Status201Created)
        .Produces<ConversationResource>();

    public static void DescribeResume(this RouteHandlerBuilder route) => route
        .DescribeWithToken("ResumeConversation", "Gives a new token and stream to a client that lost its own.", StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        .Produces<ConversationResource>();

    public static void DescribeRead(this RouteHandlerBuilder route) => route
        .DescribeWithToken("ReadActivities", "Gives what was said in the conversation, all of it or since a watermark.", StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        .Produces<ReceivedActivities>();

    public static void DescribePost(this RouteHandlerBuilder route) => route
        .DescribeWithToken(
            "PostActivity",
            "Says something to the bot. Its reply is among the activities once it is complete.",
            StatusCodes.Status400BadRequest,
            StatusCodes.Status404NotFound,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status429TooManyRequests,
            StatusCodes.Status503ServiceUnavailable)
        .TakesJson<ClientActivity>(isRequired: true)
        .Produces<PostedActivity>();

    private static RouteHandlerBuilder DescribeWithToken(this RouteHandlerBuilder route, string name, string summary, params ReadOnlySpan<int> errors) =>
        route.Describe(name, summary, [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, .. errors]).TakesConversationToken();

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary, params ReadOnlySpan<int> errors)
    {
        route.WithGroupName(ApiDocument.Name).WithName(name).WithSummary(summary).WithTags("Direct Line");
        foreach (var status in errors)
            route.Produces<DirectLineError>(status);
        return route;
    }
}
