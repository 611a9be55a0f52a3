namespace OnnxChat.Connector.Chat;

/// <summary>A setting of a request that is left out.</summary>
/// <param name="Name">As the caller wrote it.</param>
/// <param name="Reason">Why.</param>
internal sealed record IgnoredSetting(string Name, string Reason)
{
    public static IgnoredSetting Unknown(string name) => new(name, "this service has no such setting");

    public static IgnoredSetting Functions(string name) => new(name, "the model cannot call functions");
}
