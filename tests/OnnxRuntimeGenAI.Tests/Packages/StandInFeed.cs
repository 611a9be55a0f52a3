using System.IO.Compression;
using System.Text;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>
/// A folder of NuGet packages with the official names and layout, made from what the default build has: the same C# API
/// and this platform's natives, which compute on the processor whatever the package is called.
/// </summary>
internal sealed class StandInFeed
{
    public const string Version = "0.15.2";

    private const string OnnxRuntimeVersion = "1.31.1";

    private static readonly string[] Platforms = ["linux-x64", "win-x64", "win-arm64", "osx-arm64"];

    private readonly string _folder;

    public StandInFeed(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>What this process runs on, as NuGet names it; null where the default build has no natives.</summary>
    public static string? Platform { get; } = Platforms.FirstOrDefault(p => p == System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier);

    /// <summary>Writes the package of a variant, such as <c>Cuda</c>, and those that it depends on.</summary>
    public void Write(string variant, string onnxRuntime)
    {
        Pack("Microsoft.ML.OnnxRuntimeGenAI.Managed", Version, [], ("lib/net8.0/Microsoft.ML.OnnxRuntimeGenAI.dll", "Microsoft.ML.OnnxRuntimeGenAI.dll"));
        Pack(onnxRuntime, OnnxRuntimeVersion, [], Native("onnxruntime"));
        Pack(
            $"Microsoft.ML.OnnxRuntimeGenAI.{variant}",
            Version,
            [("Microsoft.ML.OnnxRuntimeGenAI.Managed", Version), (onnxRuntime, OnnxRuntimeVersion)],
            Native("onnxruntime-genai"));
    }

    private static (string Entry, string File) Native(string library)
    {
        var name = OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";
        return ($"runtimes/{Platform}/native/{name}", name);
    }

    private void Pack(string id, string version, IReadOnlyList<(string Id, string Version)> dependencies, (string Entry, string File) content)
    {
        using var package = ZipFile.Open(Path.Combine(_folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        var listed = string.Concat(dependencies.Select(d => $"""<dependency id="{d.Id}" version="{d.Version}" />"""));
        using (var nuspec = new StreamWriter(package.CreateEntry($"{id}.nuspec").Open(), Encoding.UTF8))
        {
            nuspec.Write(
                $"""
                <?xml version="1.0" encoding="utf-8"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{id}</id>
                    <version>{version}</version>
                    <authors>OnnxChat's tests</authors>
                    <description>Stands in for the official package in a test.</description>
                    <dependencies><group targetFramework="net8.0">{listed}</group></dependencies>
                  </metadata>
                </package>
                """);
        }

        package.CreateEntryFromFile(Path.Combine(AppContext.BaseDirectory, content.File), content.Entry, CompressionLevel.Fastest);
    }
}
