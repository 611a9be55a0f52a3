namespace OnnxChat.EndToEnd;

/// <summary>
/// Programs that a test needs and that a machine may lack. The test is skipped where one is missing, and says why;
/// with <c>ONNXCHAT_TEST_REQUIRE_ALL=1</c> it fails instead.
/// </summary>
internal static class Requires
{
    public static void Chromium() =>
        Found(InstalledPrograms.Chromium, $"Chromium is not on this machine; install it, or name it in {InstalledPrograms.ChromiumVariable}.");

    /// <returns>The command line of Microsoft 365 Agents Playground: Node.js and its script.</returns>
    public static (string Node, string Script) Playground() => (
        Found(InstalledPrograms.Node, "Node.js is not on the PATH."),
        Found(InstalledPrograms.Playground, $"Microsoft 365 Agents Playground is not there; npm install @microsoft/m365agentsplayground in a folder, and name the folder in {InstalledPrograms.PlaygroundVariable}."));

    /// <returns>Node.js, and where it finds Microsoft's validation of Teams manifests.</returns>
    public static (string Node, string Modules) AppManifest() => (
        Found(InstalledPrograms.Node, "Node.js is not on the PATH."),
        Found(InstalledPrograms.AppManifest, $"@microsoft/app-manifest is not there; npm install @microsoft/app-manifest fs-extra in a folder, and name the folder in {InstalledPrograms.AppManifestVariable}."));

    /// <returns>The script with axe's accessibility rules.</returns>
    public static string Axe() =>
        Found(InstalledPrograms.Axe, $"axe-core is not there; npm install axe-core in a folder, and name the folder in {InstalledPrograms.AxeVariable}.");

    /// <returns>Node.js, and where it finds the connector of the Bot Framework SDK for JavaScript.</returns>
    public static (string Node, string Modules) JavaScriptSdk() => (
        Found(InstalledPrograms.Node, "Node.js is not on the PATH."),
        Found(InstalledPrograms.JavaScriptSdk, $"botframework-connector is not there; npm install botframework-connector in a folder, and name the folder in {InstalledPrograms.JavaScriptSdkVariable}."));

    /// <returns>Node.js, and where it finds OpenAI's client for JavaScript.</returns>
    public static (string Node, string Modules) OpenAI() => (
        Found(InstalledPrograms.Node, "Node.js is not on the PATH."),
        Found(InstalledPrograms.OpenAI, $"openai is not there; npm install openai in a folder, and name the folder in {InstalledPrograms.OpenAIVariable}."));

    /// <returns>Node.js, where it finds the official clients of the Model Context Protocol, and the script of the inspector.</returns>
    public static (string Node, string Modules, string Inspector) Mcp()
    {
        var node = Found(InstalledPrograms.Node, "Node.js is not on the PATH.");
        var modules = Found(InstalledPrograms.Mcp, $"MCP's clients are not there; npm install @modelcontextprotocol/inspector@1.0.3 @modelcontextprotocol/sdk @modelcontextprotocol/client in a folder, and name the folder in {InstalledPrograms.McpVariable}.");
        return (node, modules, Path.Combine(modules, "@modelcontextprotocol", "inspector", "cli", "build", "cli.js"));
    }

    public static string Kubectl() =>
        Found(InstalledPrograms.Kubectl, $"kubectl is not on the PATH; install it, or name it in {InstalledPrograms.KubectlVariable}.");

    public static string Redis() =>
        Found(InstalledPrograms.Redis, $"redis-server is not on the PATH; install it, or name it in {InstalledPrograms.RedisVariable}.");

    private static string Found(string? path, string reason)
    {
        if (path is not null)
            return path;
        if (Environment.GetEnvironmentVariable("ONNXCHAT_TEST_REQUIRE_ALL") == "1")
            Assert.Fail(reason);
        Assert.Skip(reason);
        return "";
    }
}
