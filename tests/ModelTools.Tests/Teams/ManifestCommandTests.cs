using System.IO.Compression;
using System.Text.Json;
using OnnxChat.ModelTools.Tests.Fixtures;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Teams;

public sealed class ManifestCommandTests : IDisposable
{
    private const string AppId = "7e57b07a-1111-4222-8333-444455556666";

    private readonly TemporaryFolder _folder = new();

    private string Package => _folder["teams.zip"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Manifest_IdAndDomain_StandEverywhere()
    {
        var run = await RunAsync("--name", "Trail \"Haven\"");

        Assert.True(run.ExitCode == 0, run.Error);
        using var zip = await ZipFile.OpenReadAsync(Package, TestContext.Current.CancellationToken);
        Assert.Equal(["color.png", "manifest.json", "outline.png", "zh.json"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        var manifest = Json(zip, "manifest.json");
        Assert.Equal("1.30", manifest.GetProperty("manifestVersion").GetString());
        Assert.Equal(AppId, manifest.GetProperty("id").GetString());
        Assert.Equal(AppId, manifest.GetProperty("bots")[0].GetProperty("botId").GetString());
        Assert.Equal("bot.example.com", Assert.Single(manifest.GetProperty("validDomains").EnumerateArray()).GetString());
        Assert.Equal("Trail \"Haven\"", manifest.GetProperty("name").GetProperty("short").GetString());
        Assert.Equal("https://bot.example.com/privacy", manifest.GetProperty("developer").GetProperty("privacyUrl").GetString());
        Assert.Equal("Trail \"Haven\" 客户服务", Json(zip, "zh.json").GetProperty("name.full").GetString());
        Assert.DoesNotContain('{', Strings(manifest));
        Assert.Equal((192, 192), Size(zip, "color.png"));
        Assert.Equal((32, 32), Size(zip, "outline.png"));
    }

    [Fact]
    public async Task Manifest_Twice_ReplacesTheFileWithTheSameBytes()
    {
        await RunAsync();
        var first = await File.ReadAllBytesAsync(Package, TestContext.Current.CancellationToken);

        await RunAsync();

        Assert.Equal(first, await File.ReadAllBytesAsync(Package, TestContext.Current.CancellationToken));
        Assert.Equal([Package], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("--domain", "localhost", "tunnel")]
    [InlineData("--domain", "https://bot.example.com", "alone")]
    [InlineData("--domain", "10.0.0.1", "public name")]
    [InlineData("--app-id", "00000000-0000-0000-0000-000000000000", "Microsoft App ID")]
    [InlineData("--name", "A name of more than thirty characters", "it has 37")]
    [InlineData("--developer", " ", "1 to 32 characters")]
    [InlineData("--website", "http://example.com", "https://")]
    [InlineData("--privacy", "privacy", "https://")]
    [InlineData("--accent", "blue", "#2456d6")]
    [InlineData("--app-version", "1.0", "1.0.0")]
    public async Task Manifest_ValueThatTeamsRefuses_NamesItAndWritesNothing(string option, string value, string expected)
    {
        var run = await RunAsync(option, value);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{option} '{value}'", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Manifest_NoSuchFolder_SaysSo()
    {
        var run = await RunAsync("--output", _folder["none", "teams.zip"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Give a file in a folder that is there", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_Json_SaysWhatWasWritten()
    {
        var run = await RunAsync("--json");

        Assert.Equal(Package, JsonElement.Parse(run.Output).GetProperty("file").GetString());
    }

    private Task<CommandRun> RunAsync(params string[] more)
    {
        string[] usual = ["--app-id", AppId, "--domain", "bot.example.com", "--output", Package];
        return CommandRun.StartAsync(
            ["manifest", .. usual.Chunk(2).Where(pair => !more.Contains(pair[0])).SelectMany(pair => pair), .. more], cancellationToken: TestContext.Current.CancellationToken);
    }

    private static JsonElement Json(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return JsonElement.Parse(reader.ReadToEnd());
    }

    private static string Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => string.Concat(element.EnumerateObject().Select(member => Strings(member.Value))),
        JsonValueKind.Array => string.Concat(element.EnumerateArray().Select(Strings)),
        JsonValueKind.String => element.GetString()!,
        _ => "",
    };

    /// <summary>Width and height in a PNG's first chunk.</summary>
    private static (int Width, int Height) Size(ZipArchive zip, string name)
    {
        var header = new byte[24];
        using var stream = zip.GetEntry(name)!.Open();
        stream.ReadExactly(header);
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20)));
    }
}
