using OnnxChat.BotHost.Desk;

namespace OnnxChat.BotHost.Privacy;

internal static class PrivacyEndpoints
{
    /// <summary>What a customer may ask of the company, for those who may use the desk.</summary>
    public static void MapPrivacy(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/api/privacy/conversations", DeleteAsync).AddEndpointFilter<DeskAccess>();

    // Ids of other channels have slashes in them, so they are no part of the path.
    private static async Task<IResult> DeleteAsync(string? channelId, string? conversationId, ConversationEraser eraser)
    {
        if (string.IsNullOrEmpty(channelId) || string.IsNullOrEmpty(conversationId))
            return DeskError.Result(StatusCodes.Status400BadRequest, "Say which conversation: ?channelId=webchat&conversationId=ID");

        // Whoever asked may have gone; the half of a deletion helps nobody.
        var (deleted, isComplete) = await eraser.DeleteAsync(channelId, conversationId, CancellationToken.None);
        return isComplete
            ? Results.Json(new DeletedConversation(deleted))
            : DeskError.Result(StatusCodes.Status500InternalServerError, $"{deleted} records were deleted, and not all could be; the host's log has what is left and why. Mend it and ask again.");
    }
}
