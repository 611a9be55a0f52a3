namespace OnnxChat.EndToEnd;

/// <summary>Where this machine has the programs that the tests drive; null where it has not.</summary>
internal static class InstalledPrograms
{
    public const string ChromiumVariable = "ONNXCHAT_TEST_CHROMIUM";
    public const string PlaygroundVariable = "ONNXCHAT_TEST_PLAYGROUND";

    public const string AppManifestVariable = "ONNXCHAT_TEST_APP_MANIFEST";

    public const string AxeVariable = "ONNXCHAT_TEST_AXE";

    public const string JavaScriptSdkVariable = "ONNXCHAT_TEST_JS_CONNECTOR";

    public const string OpenAIVariable = "ONNXCHAT_TEST_OPENAI";

    public const string McpVariable = "ONNXCHAT_TEST_MCP";

    public const string KubectlVariable = "ONNXCHAT_TEST_KUBECTL";

    public const string RedisVariable = "ONNXCHAT_TEST_REDIS";

    private static readonly string[] BrowserNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    public static string? Chromium { get; } = Named(ChromiumVariable) ?? BrowserNames.Select(OnPath).FirstOrDefault(path => path is not null);

    public static string? Node { get; } = OnPath("node");

    public static string? Playground { get; } = Named(PlaygroundVariable, "node_modules", "@microsoft", "m365agentsplayground", "cli.js");

    /// <summary>The <c>node_modules</c> with Microsoft's validation of Teams manifests.</summary>
    public static string? AppManifest { get; } = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(
        Named(AppManifestVariable, "node_modules", "@microsoft", "app-manifest", "package.json"))));

    /// <summary>The accessibility rules of axe, one script.</summary>
    public static string? Axe { get; } = Named(AxeVariable, "node_modules", "axe-core", "axe.min.js");

    /// <summary>The <c>node_modules</c> with the connector of the Bot Framework SDK for JavaScript.</summary>
    public static string? JavaScriptSdk { get; } = Path.GetDirectoryName(Path.GetDirectoryName(
        Named(JavaScriptSdkVariable, "node_modules", "botframework-connector", "package.json")));

    /// <summary>The <c>node_modules</c> with OpenAI's client for JavaScript.</summary>
    public static string? OpenAI { get; } = Path.GetDirectoryName(Path.GetDirectoryName(Named(OpenAIVariable, "node_modules", "openai", "package.json")));

    /// <summary>The <c>node_modules</c> with the inspector of MCP servers and both generations of the client for JavaScript.</summary>
    public static string? Mcp { get; } = Named(McpVariable, "node_modules", "@modelcontextprotocol", "inspector", "cli", "build", "cli.js") is not null
        ? Path.Combine(Environment.GetEnvironmentVariable(McpVariable)!, "node_modules")
        : null;

    /// <summary>kubectl, which has kustomize in it.</summary>
    public static string? Kubectl { get; } = Named(KubectlVariable) ?? OnPath("kubectl");

    public static string? Redis { get; } = Named(RedisVariable) ?? OnPath("redis-server") ?? OnPath("valkey-server");

    private static string? Named(string variable, params string[] below) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? Existing(Path.Combine([path, .. below])) : null;

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Existing(Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
        .FirstOrDefault(path => path is not null);

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
