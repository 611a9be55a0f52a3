using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxChat.Gpt2.Export;
using OnnxChat.Testing;

namespace OnnxChat.Gpt2.Tests.Export;

public sealed class TokenizerFolderTests
{
    private static readonly string Plain = Repository.Fixture("gpt2-tiny", "tokenizer");
    private static readonly string Saved = Repository.Fixture("gpt2-tiny", "tokenizer-saved");

    [Fact]
    public void WithCardTokens_PlainVocabulary_IsTheSavedTokenizer()
    {
        var saved = TokenizerFolder.Read(Saved);

        var tokenizer = TokenizerFolder.Read(Plain).WithCardTokens();

        Assert.Equal(saved.Vocabulary.OrderBy(token => token.Value), tokenizer.Vocabulary.OrderBy(token => token.Value));
        Assert.Equal(saved.Merges, tokenizer.Merges);
        Assert.Equal(saved.AddedTokens, tokenizer.AddedTokens);
        Assert.Equal(1005, tokenizer.Count);
        Assert.Equal(
            [("[PAD]", 1000), ("<|End|>", 1001), ("<|USER|>", 1002), ("<|SYSTEM|>", 1003), ("<|ASSISTANT|>", 1004)],
            tokenizer.NewTokens.Select(token => (token.Content, token.Id)));
    }

    [Fact]
    public void WithCardTokens_SavedTokenizer_AddsNothing()
    {
        var saved = TokenizerFolder.Read(Saved);

        var tokenizer = saved.WithCardTokens();

        Assert.Empty(tokenizer.NewTokens);
        Assert.Equal(saved.AddedTokens, tokenizer.AddedTokens);
    }

    [Fact]
    public void WithCardTokens_SomeThereInAnotherOrder_KeepsTheirIds()
    {
        using var folder = CopyOf(Plain);
        File.WriteAllText(folder["added_tokens.json"], """{ "<|USER|>": 1000, "[PAD]": 1001 }""");

        var tokenizer = TokenizerFolder.Read(folder.Path).WithCardTokens();

        Assert.Equal(
            [("<|endoftext|>", 0), ("<|USER|>", 1000), ("[PAD]", 1001), ("<|End|>", 1002), ("<|SYSTEM|>", 1003), ("<|ASSISTANT|>", 1004)],
            tokenizer.SpecialTokens.Select(token => (token.Content, token.Id)));
        Assert.Equal(["<|End|>", "<|SYSTEM|>", "<|ASSISTANT|>"], tokenizer.NewTokens.Select(token => token.Content));
    }

    [Fact]
    public void WithCardTokens_TokenOnlyInTheVocabulary_MakesItSpecialWithItsId()
    {
        using var folder = Changed(root =>
        {
            var added = root["added_tokens"]!.AsArray();
            added.Clear();
            var vocabulary = root["model"]!["vocab"]!.AsObject();
            vocabulary["<|End|>"] = 1000;
        });

        var tokenizer = TokenizerFolder.Read(folder.Path).WithCardTokens();

        Assert.Contains(new AddedToken("<|End|>", 1000), tokenizer.SpecialTokens);
        Assert.Contains(new AddedToken("[PAD]", 1001), tokenizer.NewTokens);
    }

    [Fact]
    public void Write_PlainVocabularyWithCardTokens_GivesTheSavedFile()
    {
        using var folder = new TemporaryFolder();

        TokenizerFolder.Read(Plain).WithCardTokens().Write(folder.Path);

        Assert.True(JsonElement.DeepEquals(Json(Path.Combine(Saved, "tokenizer.json")), Json(folder["tokenizer.json"])));
        var expected = Json(Path.Combine(Saved, "tokenizer_config.json"));
        var config = Json(folder["tokenizer_config.json"]);
        foreach (var member in config.EnumerateObject())
            Assert.True(JsonElement.DeepEquals(expected.GetProperty(member.Name), member.Value), member.Name);
        Assert.Equal(8, config.EnumerateObject().Count());
        Assert.Contains("Ġ", File.ReadAllText(folder["tokenizer.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MergesAsStrings_GivesTheSameTokenizer()
    {
        using var folder = Changed(root => root["model"]!["merges"] = new JsonArray(
            [.. root["model"]!["merges"]!.AsArray().Select(merge => (JsonNode)$"{merge![0]} {merge[1]}")]));

        var tokenizer = TokenizerFolder.Read(folder.Path);

        Assert.Equal(TokenizerFolder.Read(Saved).Merges, tokenizer.Merges);
    }

    [Fact]
    public void Read_WrittenTokenizer_KeepsEveryFlag()
    {
        using var folder = new TemporaryFolder();
        var plain = TokenizerFolder.Read(Plain);
        var odd = new AddedToken("odd one", 1000) { Special = false, SingleWord = true, StripLeft = true, StripRight = true, Normalized = true };

        new TokenizerFolder(plain.Vocabulary, plain.Merges, [odd, .. plain.AddedTokens]).Write(folder.Path);

        Assert.Equal([.. plain.AddedTokens, odd], TokenizerFolder.Read(folder.Path).AddedTokens);
    }

    [Fact]
    public void Read_TokensInTokenizerConfigAndSpecialTokensMap_FindsThem()
    {
        using var folder = CopyOf(Plain);
        File.WriteAllText(folder["added_tokens.json"], """{ "word": 1000, "<|x|>": 1001 }""");
        File.WriteAllText(folder["tokenizer_config.json"], """{ "added_tokens_decoder": { "1002": { "content": "[PAD]", "special": true } } }""");
        File.WriteAllText(folder["special_tokens_map.json"], """{ "eos_token": { "content": "<|x|>" }, "additional_special_tokens": ["<|End|>"] }""");

        var tokenizer = TokenizerFolder.Read(folder.Path);

        Assert.Equal(["<|endoftext|>", "<|x|>", "[PAD]"], tokenizer.SpecialTokens.Select(token => token.Content));
        Assert.True(tokenizer.TryGetId("word", out var id));
        Assert.Equal(1000, id);
    }

    [Theory]
    [InlineData("WordPiece")]
    [InlineData("Unigram")]
    [InlineData("WordLevel")]
    public void Read_OtherModel_NamesIt(string type)
    {
        using var folder = Changed(root => root["model"]!["type"] = type);

        AssertRefused<NotSupportedException>(folder, type);
    }

    [Theory]
    [InlineData("""{ "type": "Metaspace" }""", "Metaspace")]
    [InlineData("""{ "type": "ByteLevel", "use_regex": false }""", "without its regex")]
    [InlineData("""{ "type": "ByteLevel", "add_prefix_space": true }""", "add_prefix_space")]
    [InlineData("null", "none")]
    public void Read_OtherPreTokenizer_NamesIt(string preTokenizer, string reason)
    {
        using var folder = Changed(root => root["pre_tokenizer"] = JsonNode.Parse(preTokenizer));

        AssertRefused<NotSupportedException>(folder, reason);
    }

    [Fact]
    public void Read_Normalizer_NamesIt()
    {
        using var folder = Changed(root => root["normalizer"] = JsonNode.Parse("""{ "type": "NFKC" }"""));

        AssertRefused<NotSupportedException>(folder, "NFKC");
    }

    [Theory]
    [InlineData("vocab.txt", "WordPiece")]
    [InlineData("tokenizer.model", "SentencePiece")]
    public void Read_FileOfAnotherKind_NamesTheKind(string file, string kind)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[file], "x");

        AssertRefused<NotSupportedException>(folder, kind);
    }

    [Fact]
    public void Read_EmptyFolder_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();

        AssertRefused<FileNotFoundException>(folder, "neither tokenizer.json nor vocab.json");
    }

    public static TheoryData<string, string> Damages() => new()
    {
        { """{ "model.vocab.hich": null }""", "but the vocabulary has no token 'hich'" },
        { """{ "model.vocab.Ġtri": 5000 }""", "'Ġtri' has the id 5000, outside 0 to 1004" },
        { """{ "model.vocab.Ġtri": -1 }""", "'Ġtri' has the id -1" },
        { """{ "model.vocab.Ġtri": 998 }""", "both have the id 998" },
        { """{ "model.vocab.Ġtri": 1.5 }""", "the id 1.5" },
        { """{ "model.vocab.Ġtri": 99999999999 }""", "the id 99999999999" },
        { """{ "model.vocab.Ġ": null }""", "no token for the byte 0x20" },
        { """{ "model.vocab.[PAD]": 7 }""", "'[PAD]' has two ids, 7 and 1000" },
        { """{ "model.merges": ["a b c"] }""", "Merge 1 is 'a b c'" },
        { """{ "model.merges": [["a"]] }""", "Merge 1 is" },
        { """{ "model.merges": [["a", null]] }""", "A token is null" },
        { """{ "added_tokens": [{ "content": null, "id": 7 }] }""", "A token is null" },
        { """{ "added_tokens": [{ "content": "!", "id": 1 }, { "content": "!", "id": 1 }] }""", "'!' stands twice" },
        { """{ "model.merges": 3 }""", "not a complete tokenizer.json" },
        { """{ "model.vocab": null }""", "not a complete tokenizer.json" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Read_DamagedTokenizerJson_NamesTheDamage(string change, string reason)
    {
        using var folder = Changed(root =>
        {
            var (path, value) = JsonNode.Parse(change)!.AsObject().Single();
            var names = path.Split('.', 3);
            var parent = names[..^1].Aggregate((JsonNode)root, (node, name) => node[name]!).AsObject();
            if (value is null)
                parent.Remove(names[^1]);
            else
                parent[names[^1]] = value.DeepClone();
        });

        AssertRefused<InvalidDataException>(folder, reason);
    }

    [Theory]
    [InlineData("merges.txt", "#version: 0.2\nĠ a\nĠ  b\n", "Merge 2 is 'Ġ  b'")]
    [InlineData("added_tokens.json", """{ "<|End|>": 1001 }""", "outside 0 to 1000")]
    [InlineData("added_tokens.json", """{ "<|endoftext|>": 1000 }""", "two ids, 0 and 1000")]
    [InlineData("tokenizer_config.json", """{ "added_tokens_decoder": { "99999999999": { "content": "x" } } }""", "the id '99999999999'")]
    [InlineData("tokenizer_config.json", """{ "added_tokens_decoder": 3 }""", "cannot be used")]
    [InlineData("special_tokens_map.json", """{ "sep_token": "[SEP]" }""", "'[SEP]'")]
    [InlineData("vocab.json", "[1]", "must hold a JSON object")]
    [InlineData("vocab.json", "{", "is not JSON")]
    public void Read_DamagedVocabularyFiles_NamesTheDamage(string file, string content, string reason)
    {
        using var folder = CopyOf(Plain);
        File.WriteAllText(folder[file], content);

        AssertRefused<InvalidDataException>(folder, reason);
    }

    private static void AssertRefused<TException>(TemporaryFolder folder, string reason)
        where TException : Exception
    {
        var error = Assert.Throws<TException>(() => TokenizerFolder.Read(folder.Path));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static TemporaryFolder CopyOf(string folder)
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(folder))
            File.Copy(file, copy[Path.GetFileName(file)]);
        return copy;
    }

    private static TemporaryFolder Changed(Action<JsonNode> change)
    {
        var folder = CopyOf(Saved);
        var root = JsonNode.Parse(File.ReadAllText(folder["tokenizer.json"]))!;
        change(root);
        File.WriteAllText(folder["tokenizer.json"], root.ToJsonString());
        return folder;
    }

    private static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }
}
