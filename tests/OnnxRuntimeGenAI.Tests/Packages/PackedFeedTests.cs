using System.IO.Compression;
using System.Reflection.Metadata;
using OnnxChat.Testing;

namespace OnnxChat.OnnxRuntimeGenAI.Tests.Packages;

/// <summary>What <c>dotnet pack</c> makes, and that a project which has nothing of this repository can use it.</summary>
public sealed class PackedFeedTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    private const string Ask = """
        using Microsoft.Extensions.AI;
        using OnnxChat.Connector;

        await using var chat = new OnnxChatService(args[0]);
        var answer = await chat.GetResponseAsync(args[1], new ChatOptions { Temperature = 0 });
        Console.WriteLine(answer.Text);
        """;

    [Fact]
    public async Task Connector_ConsoleAppOutsideTheRepository_AnswersAsTheReferenceDoes()
    {
        Assert.SkipWhen(StandInFeed.Platform is null, "The package has no natives for this platform.");
        using var app = new ConsumerProject(feed.Folder, "Microsoft.NET.Sdk", "OnnxChat.Connector")
            .With("Program.cs", Ask)
            .With("Readme.cs", PackageReadme.AsMethods("Connector"));
        var (question, reply) = KnownAnswer.OfStarter;

        (await app.BuildAsync()).AssertSucceeded();
        var answer = await app.RunProgramAsync(Path.Combine(Repository.Root, "models", "starter"), question);

        answer.AssertSucceeded();
        Assert.Equal(reply, answer.Output.Trim());
        Assert.Equal(["onnxchat.connector", "onnxchat.onnxruntimegenai"], app.Installed().Order(StringComparer.Ordinal));
        Assert.Equal(2, PackageReadme.Code("Connector").Count);
    }

    [Fact]
    public async Task BotFramework_BotOfItsReadme_Compiles()
    {
        using var app = new ConsumerProject(feed.Folder, "Microsoft.NET.Sdk.Web", "OnnxChat.BotFramework")
            .With("Program.cs", Assert.Single(PackageReadme.Code("BotFramework")));

        (await app.BuildAsync()).AssertSucceeded();
    }

    [Theory]
    [InlineData("OnnxChat.Connector")]
    [InlineData("OnnxChat.BotFramework")]
    [InlineData("OnnxChat.OnnxRuntimeGenAI")]
    public void Package_ForAFeed_SaysWhatItIs(string id)
    {
        var package = BuiltPackage.Find(feed.Folder, id);

        Assert.All(["description", "authors", "copyright", "tags"], name => Assert.NotEqual("", package.Value(name)));
        Assert.Equal("MIT", package.Value("license"));
        Assert.Contains(package.Value("readme"), package.Entries);
        Assert.Contains(package.Value("icon"), package.Entries);
        Assert.Single(package.Entries, e => e.StartsWith("lib/net10.0/", StringComparison.Ordinal) && e.EndsWith(".dll", StringComparison.Ordinal));
        Assert.Single(package.Entries, e => e.StartsWith("lib/net10.0/", StringComparison.Ordinal) && e.EndsWith(".xml", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OnnxChat.Connector")]
    [InlineData("OnnxChat.BotFramework")]
    public void Symbols_ForADebugger_NameTheSources(string id)
    {
        using var symbols = ZipFile.OpenRead(BuiltPackage.Find(feed.Folder, id, "snupkg").File);
        using var pdb = new MemoryStream();
        using (var entry = symbols.GetEntry($"lib/net10.0/{id}.pdb")!.Open())
            entry.CopyTo(pdb);
        pdb.Position = 0;

        using var provider = MetadataReaderProvider.FromPortablePdbStream(pdb);

        Assert.True(provider.GetMetadataReader().Documents.Count > 50);
    }

    [Fact]
    public void OnnxRuntimeGenAI_Natives_AreThereForEveryPlatformOfNpm()
    {
        var package = BuiltPackage.Find(feed.Folder, "OnnxChat.OnnxRuntimeGenAI");

        Assert.Equal(
            [
                "runtimes/linux-x64/native/libonnxruntime-genai.so",
                "runtimes/osx-arm64/native/libonnxruntime-genai.dylib",
                "runtimes/win-arm64/native/onnxruntime-genai.dll",
                "runtimes/win-x64/native/onnxruntime-genai.dll",
            ],
            package.Entries.Where(e => e.StartsWith("runtimes/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("onnxruntime-genai/LICENSE", package.Entries);
        Assert.Contains("onnxruntime-genai/ThirdPartyNotices.txt", package.Entries);
        // More than a quarter of what the public feed takes would be a reason to part it.
        Assert.InRange(new FileInfo(package.File).Length, 1, 64 << 20);
    }
}
