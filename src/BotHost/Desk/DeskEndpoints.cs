using Microsoft.Extensions.Options;
using OnnxChat.BotHost.Channels.DirectLine;
using OnnxChat.BotHost.Page;

namespace OnnxChat.BotHost.Desk;

internal static class DeskEndpoints
{
    /// <summary>The desk's page and what it asks for.</summary>
    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var directLine = routes.ServiceProvider.GetRequiredService<IOptions<DirectLineOptions>>().Value;
        if (!directLine.Enabled || !routes.ServiceProvider.GetRequiredService<IOptions<DeskOptions>>().Value.Enabled)
            return;

        var desk = routes.MapGroup("/desk").AddEndpointFilter<DeskAccess>();
        desk.MapGet("", (HttpContext context, PageFiles files) => DeskPage.Serve(context, DeskPage.Html, files));
        desk.MapGet("/{file}", (HttpContext context, string file, PageFiles files) => DeskPage.Serve(context, file, files));

        var api = desk.MapGroup("/api/conversations");
        api.MapGet("", ListAsync);
        api.MapGet("/{id}/activities", ReadAsync);
        api.MapPost("/{id}/take", TakeAsync);
        api.MapPost("/{id}/messages", SayAsync);
        api.MapPost("/{id}/return", GiveBackAsync);
    }

    private static async Task<IResult> ListAsync(DeskService desk, IDeskAttendance attendance, CancellationToken cancellationToken)
    {
        await attendance.NoteAsync();
        return Results.Json(await desk.ListAsync(cancellationToken));
    }

    private static async Task<IResult> ReadAsync(string id, string? watermark, DeskService desk, CancellationToken cancellationToken)
    {
        if (!Watermarks.TryParse(watermark, out var seen))
            return DeskError.Result(StatusCodes.Status400BadRequest, $"The watermark '{watermark}' is none of this endpoint.");

        return await desk.FindAsync(id, cancellationToken) is var (conversation, _)
            ? Results.Bytes(conversation.ReadAfter(seen, out _).ToJson(), "application/json; charset=utf-8")
            : DeskError.NoConversation();
    }

    private static async Task<IResult> TakeAsync(string id, DeskRequest request, DeskService desk, CancellationToken cancellationToken)
    {
        if (!request.HasName)
            return NoName();
        if (await desk.FindAsync(id, cancellationToken) is not var (conversation, handOff))
            return DeskError.NoConversation();

        return await desk.TryTakeAsync(conversation, request.Name, cancellationToken) ? Results.NoContent() : DeskError.OtherPerson(handOff.Person ?? "Somebody else");
    }

    private static async Task<IResult> SayAsync(string id, DeskRequest request, DeskService desk, IOptions<DeskOptions> options, CancellationToken cancellationToken)
    {
        var text = (request.Text ?? "").Trim();
        var limit = options.Value.MaxMessageCharacters;
        if (text.Length == 0 || text.Length > limit)
            return DeskError.Result(StatusCodes.Status400BadRequest, $"The message has {text.Length} characters; it must have 1 to {limit}.");
        if (await desk.FindAsync(id, cancellationToken) is not var (conversation, handOff))
            return DeskError.NoConversation();
        if (!request.HasName || handOff.Person != request.Name)
            return DeskError.OtherPerson(handOff.Person);

        await desk.SayAsync(conversation, handOff, text, cancellationToken);
        return Results.NoContent();
    }

    // Somebody else's too: who went home without giving a conversation back must not leave a customer alone.
    private static async Task<IResult> GiveBackAsync(string id, DeskRequest request, DeskService desk, CancellationToken cancellationToken)
    {
        if (!request.HasName)
            return NoName();
        if (await desk.FindAsync(id, cancellationToken) is not var (conversation, _))
            return DeskError.NoConversation();

        await desk.GiveBackAsync(conversation, cancellationToken);
        return Results.NoContent();
    }

    private static IResult NoName() =>
        DeskError.Result(StatusCodes.Status400BadRequest, $"The person's name must have 1 to {DeskRequest.MaxPersonCharacters} characters.");
}
