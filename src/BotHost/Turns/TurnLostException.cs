namespace OnnxChat.BotHost.Turns;

/// <summary>The turn is another worker's by now: nothing may be sent for it.</summary>
internal sealed class TurnLostException() : Exception("The lease of the turn was lost to another worker.");
