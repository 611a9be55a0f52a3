namespace OnnxChat.BotHost.Desk;

/// <summary>Whether somebody has the desk's page open, at this host or at another that shares its conversations.</summary>
internal interface IDeskAttendance
{
    ValueTask<bool> IsAttendedAsync();

    /// <summary>Notes a sign of life from the page.</summary>
    ValueTask NoteAsync();
}
