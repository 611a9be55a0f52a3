namespace OnnxChat.BotHost.Tests.Fuzz;

/// <summary>A request that something is wrong with.</summary>
internal sealed record MutatedRequest(string Method, string Path, string Query, string? ContentType, string? Authorization, byte[] Body)
{
    /// <summary>Enough to send it again.</summary>
    public override string ToString() =>
        $"{Method} {Path}{Query}\nContent-Type: {ContentType}\nAuthorization: {Authorization}\n\n{Convert.ToBase64String(Body)}\n{System.Text.Encoding.UTF8.GetString(Body)}";
}
