using System.Security.Cryptography;
using FsCheck.Xunit;
using OnnxChat.Connector;
using OnnxChat.Connector.Confidence;
using OnnxChat.ModelTools.Calibrate.Indexing;
using OnnxChat.Testing;

namespace OnnxChat.ModelTools.Tests.Calibrate;

public class QuestionIndexFileTests
{
    private static readonly byte[] File = QuestionIndexFile.Write(new IndexBuilder(InventedShop.WithTopics(6, 12), 4_000_000).Build(CancellationToken.None));

    [Fact]
    public void Parse_WhatWasWritten_MatchesAsBefore()
    {
        var known = InventedShop.WithTopics(6, 12);
        var built = new IndexBuilder(known, 4_000_000).Build(CancellationToken.None);
        var read = QuestionIndexFile.Parse(QuestionIndexFile.Write(built));

        Assert.All(known, c => Assert.Equal(built.Match(c.User + " x", c.Assistant), read.Match(c.User + " x", c.Assistant)));
        Assert.Equal(QuestionIndexFile.Write(built), QuestionIndexFile.Write(read));
    }

    [Property(MaxTest = 200)]
    public void Parse_AnyByteChanged_IsRefused(uint at, byte change)
    {
        if (change != 0)
            Assert.Throws<InvalidDataException>(() => QuestionIndexFile.Parse(Changed(at, change)));
    }

    // What no damage can do, a forger can: the hash fits, the content does not.
    [Property(MaxTest = 2000)]
    public void Parse_ChangedAndHashedAnew_IsRefusedOrWorks(uint at, byte change, uint second, byte other)
    {
        var bytes = Changed(at, change);
        bytes[second % bytes.Length] ^= other;
        SHA256.HashData(bytes.AsSpan(..^32), bytes.AsSpan(bytes.Length - 32));

        UseOrRefuse(bytes);
    }

    [Property(MaxTest = 300)]
    public void Parse_CutAndHashedAnew_IsRefusedOrWorks(uint length)
    {
        var content = File.AsSpan(0, (int)(length % (uint)File.Length));

        UseOrRefuse([.. content, .. SHA256.HashData(content)]);
    }

    [Property(MaxTest = 300)]
    public void Parse_AnyBytes_AreRefused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => QuestionIndexFile.Parse(bytes));

    [Theory]
    [InlineData(false, "questions.index")]
    [InlineData(true, "SHA-256")]
    public void Read_MissingOrDamaged_NamesFileAndRemedy(bool exists, string expected)
    {
        using var folder = new TemporaryFolder();
        if (exists)
            System.IO.File.WriteAllBytes(folder["questions.index"], Changed(100, 1));

        var error = Assert.Throws<OnnxChatModelException>(() => QuestionIndexFile.Read(folder["questions.index"]));

        Assert.Contains(folder["questions.index"], error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("onnxchat calibrate", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Changed(uint at, byte change)
    {
        var bytes = File.ToArray();
        bytes[at % bytes.Length] ^= change;
        return bytes;
    }

    private static void UseOrRefuse(byte[] bytes)
    {
        QuestionIndex index;
        try
        {
            index = QuestionIndexFile.Parse(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }

        var match = index.Match(InventedShop.Question(2, 3), InventedShop.Answer(2, 0));
        Assert.InRange(match.Probability, 0, 1);
        Assert.InRange(match.SameSimilarity, 0, 1);
        Assert.InRange(match.Margin, -1, 1);
    }
}
