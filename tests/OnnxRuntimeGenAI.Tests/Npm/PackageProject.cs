using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OnnxChat.OnnxRuntimeGenAI.Tests.Builds;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Npm;

/// <summary>A project that takes one npm package, that package's tarball, and an empty cache, all in one temporary folder.</summary>
internal sealed class PackageProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="sha512">The hash that the project states; the tarball's own when left out.</param>
    /// <param name="members">What the project takes.</param>
    /// <param name="withoutIt">The way to do without the package, when the project knows one.</param>
    public PackageProject(string? sha512 = null, string members = "dist LICENSE", string withoutIt = "")
    {
        WriteTarball(Tarball, "package.json", "LICENSE", "dist/tiny.js", "dist/deep/tiny.js", "other/left-out.js");
        Directory.CreateDirectory(_folder["tmp"]);
        Hash = Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(Tarball)));
        File.WriteAllText(_folder["tiny.proj"], $"""
            <Project>
              <ItemGroup>
                <NpmPackage Include="@house/tiny" Version="1.2.3" Sha512="{sha512 ?? Hash}" Members="{members}" WithoutIt="{withoutIt}" />
              </ItemGroup>
              <Import Project="{Path.Combine(Repository.Root, "eng", "NpmPackage.targets")}" />
            </Project>
            """);
    }

    /// <summary>The tarball's SHA-512.</summary>
    public string Hash { get; }

    /// <summary>What an npm that works would bring.</summary>
    public string Tarball => _folder["house-tiny-1.2.3.tgz"];

    /// <summary>Where the packages of the cache are.</summary>
    public string Packages => _folder["cache", "npm"];

    /// <summary>Every file in the cache, with forward slashes, without the name of the package's own folder.</summary>
    public IEnumerable<string> Kept => Directory.EnumerateFiles(Packages, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Packages, file).Replace('\\', '/').Split('/', 2)[1])
        .Order(StringComparer.Ordinal);

    /// <summary>The folders in the cache, finished or not.</summary>
    public IReadOnlyList<string> Folders => Directory.Exists(Packages) ? [.. Directory.EnumerateDirectories(Packages).Select(folder => Path.GetFileName(folder)!)] : [];

    /// <summary>An npm that does what the script says; an empty script brings the tarball.</summary>
    public FakeNpm Npm(string script = "") => new(_folder["bin"], script.Length > 0 ? script : $"cp '{Tarball}' .");

    /// <summary>A path beside the project.</summary>
    public string Beside(string name) => _folder[name];

    /// <summary>Runs the fetch as a build does.</summary>
    public Task<BuildResult> FetchAsync(string searchPath) => DotNet.RunAsync(
        _folder.Path,
        ["msbuild", "tiny.proj", "-t:FetchNpmPackages", "-nologo", "-m:1", "-nodeReuse:false", "-tl:off", "-clp:NoSummary"],
        new Dictionary<string, string> { ["PATH"] = searchPath, ["ONNXCHAT_CACHE"] = _folder["cache"], ["TMPDIR"] = _folder["tmp"], ["TMP"] = _folder["tmp"] },
        TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();

    private static void WriteTarball(string path, params IEnumerable<string> members)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Pax);
        foreach (var member in members)
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes($"// {member}\n"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"package/{member}") { DataStream = content });
        }
    }
}
