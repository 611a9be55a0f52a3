using OnnxChat.Gpt2.Export;
using OnnxChat.Testing;
using OnnxChat.Training.Prepare;
using OnnxChat.Training.Samples;

namespace OnnxChat.Training.Tests.Prepare;

public sealed class PreparedFolderTests
{
    [Fact]
    public void Write_DiskIsFull_LeavesTheEarlierFolderAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["prepared"]);
        File.WriteAllText(folder["prepared", "prepared.json"], "earlier");
        var tokenizer = new PreparedTokenizer(TokenizerFolder.Read(Repository.Fixture("gpt2-tiny", "tokenizer")).WithCardTokens(), PromptTemplate.Card);
        var report = new PreparedReport("tool", new Dictionary<string, PreparedFile>(), 1, 0.05, 0.9, null, 1, new SampleCounts());

        Assert.Throws<IOException>(() => PreparedFolder.Write(folder["prepared"], [new Sample("hi", "Hello.")], FullDisk(), tokenizer, report));

        Assert.Equal("earlier", File.ReadAllText(folder["prepared", "prepared.json"]));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    private static IEnumerable<Sample> FullDisk()
    {
        yield return new Sample("hi", "Hello.");
        throw new IOException("No space left on device");
    }
}
