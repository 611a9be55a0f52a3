using System.Reflection;
using OnnxChat.BotHost.Bot;
using OnnxChat.BotHost.Security;
using OnnxChat.Connector;

namespace OnnxChat.BotHost.Tests.Kubernetes;

/// <summary>Whether a name in a manifest is a setting of the host: one that nobody reads would be a mistake that nobody sees.</summary>
internal static class Setting
{
    // Not ours: the framework reads them, and names them in its documentation.
    private static readonly string[] OfTheFramework = ["ASPNETCORE_HTTP_PORTS", "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "DOTNET_EnableDiagnostics"];

    private static readonly Dictionary<string, Type> Sections = typeof(RemoteAccess).Assembly.GetTypes()
        .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)))
        .Where(found => found.Section is { IsLiteral: true } && found.Type.Name.EndsWith("Options", StringComparison.Ordinal))
        .Select(found => ((string)found.Section!.GetRawConstantValue()!, found.Type))
        .Append((ModelServices.Section, typeof(OnnxChatOptions)))
        .ToDictionary();

    /// <param name="variable">As it stands in the environment, with two underscores between the parts.</param>
    public static bool Exists(string variable)
    {
        if (OfTheFramework.Contains(variable))
            return true;

        var key = variable.Replace("__", ":", StringComparison.Ordinal);
        var end = key.LastIndexOf(':');
        return key == RemoteAccess.AllowKey
            || key == RemoteAccess.AppIdKey
            || (end > 0 && Sections.TryGetValue(key[..end], out var options) && options.GetProperty(key[(end + 1)..]) is not null);
    }
}
