using OnnxChat.BotHost.Desk;

namespace OnnxChat.BotHost.Turns;

/// <summary>Messages that were given up, for an operator: without what the customer wrote. For whom the desk is for.</summary>
internal static class DeadTurnEndpoints
{
    private const int Most = 1_000;

    public static void MapDeadTurns(this IEndpointRouteBuilder routes)
    {
        var dead = routes.MapGroup("/api/turns/dead").AddEndpointFilter<DeskAccess>().ExcludeFromDescription();
        dead.MapGet("", async (ITurnInbox inbox) => Results.Json(await inbox.ListDeadAsync(Most)));
        dead.MapPost("/{id:long}/replay", async (long id, ITurnInbox inbox) =>
            await inbox.ReplayAsync(id) ? Results.NoContent() : DeskError.Result(StatusCodes.Status404NotFound, $"There is no dead letter {id}; /api/turns/dead has those there are."));
    }
}
