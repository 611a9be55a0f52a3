using OnnxChat.Connector.Prompting;

namespace OnnxChat.Connector.Chat;

/// <summary>A conversation as the service reads it.</summary>
/// <param name="Turns">What user and model said; the last is the user's.</param>
/// <param name="System">All system messages joined; null for the template's own.</param>
/// <param name="LeftOut">Messages that are no turn: what a tool said, and what stands after the user's last.</param>
internal sealed record ChatRequest(IReadOnlyList<Turn> Turns, string? System, int LeftOut)
{
    /// <summary>One question.</summary>
    public static ChatRequest Of(string user, string? system) => new([new Turn(TurnRole.User, user)], system, 0);
}
